"""Beginning an assignment with more than a title: from a template of a sector, or from an earlier one."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import list_pages, vocabulary
from webapp.assignment_templates import Template
from webapp.config import LANGUAGES
from webapp.db import Session
from webapp.i18n import isolated, translate
from webapp.services import assignment_lists
from webapp.services.template_starts import by_sector, start_from_template, template_of
from webapp.views.host import blueprint
from webapp.views.host.telling import language


@blueprint.get("/assignments/new/templates")
def templates() -> str:
    """List the templates under their sectors."""
    here = language()
    groups = [(vocabulary.sector_label(sector, here), found) for sector, found in by_sector()]
    return render_template("host/templates.html", groups=groups, here=here)


@blueprint.get("/assignments/new/templates/<template_code>")
def template(template_code: str) -> str:
    """Show what a template holds, in the reader's language or in one that they choose."""
    chosen, found = request.args.get("in", ""), template_of(template_code)
    tongue = chosen if chosen in LANGUAGES else language()
    return render_template("host/template.html", template=found, here=language(), tongue=tongue, facts=_facts(found))


@blueprint.post("/assignments/new/templates/<template_code>")
def start(template_code: str) -> Response:
    """Begin an assignment from a template."""
    draft = start_from_template(Session(), g.account, template_code, request.form.get("in", ""))
    flash(_("Your draft is begun. Fill in what stands in square brackets, and change what differs."), "success")
    return redirect(url_for(".edit", assignment_id=draft.id, code="work"))


@blueprint.get("/assignments/new/earlier")
def earlier() -> str:
    """List the organization's assignments, to begin from a copy of one."""
    found = assignment_lists.summaries(Session(), g.account, list_pages.asked())
    return render_template("host/earlier.html", summaries=found.rows, **list_pages.beside(found))


def _facts(found: Template) -> list[tuple[str, str]]:
    """Return the facts of a template in the reader's language."""
    targets = dict(vocabulary.target_choices())  # in English, whatever stands around them
    served = (isolated(targets[code]) for code in found.sdg_targets)
    return [
        (_("Sector"), vocabulary.sector_label(found.sector, language())),
        (_("Skills, essential"), _skills(found.essential)),
        (_("Skills, desirable"), _skills(found.desirable)),
        (_("Hours of work a week"), str(found.hours)),
        (_("Shortest stay that works, in weeks"), str(found.weeks)),
        (_("Hours of supervision a week"), str(found.supervision_hours)),
        (_("Contact with children under 18"), translate(vocabulary.CONTACT[found.contact_children])),
        (_("Targets of the Sustainable Development Goals"), "; ".join(served)),
    ]


def _skills(asked: Mapping[str, int]) -> str:
    told = ((vocabulary.skill_label(code, language()), vocabulary.LEVELS[level]) for code, level in asked.items())
    return ", ".join(f"{label} ({translate(level)})" for label, level in told)
