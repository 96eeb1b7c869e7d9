"""Writing an assignment, section by section: save, go on later, and see what is missing."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock, vocabulary
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Assignment
from webapp.services import assignments, linking
from webapp.services.coach import to_fill_in
from webapp.services.errors import Refused
from webapp.services.own_rows import host_assignment
from webapp.suggestion_words import suggestion_words
from webapp.views.host import blueprint
from webapp.views.host.coaching import panel
from webapp.views.host.forms.facts import MOST_ROWS as MOST_MONEY_ROWS
from webapp.views.host.forms.facts import MoneyForm
from webapp.views.host.forms.fields import Section
from webapp.views.host.forms.work import SkillsForm
from webapp.views.host.parts import PARTS, Part, next_part, part_of, progress
from webapp.views.host.supply import supply_beside
from webapp.views.host.telling import language

# Buttons inside a form that change its rows and show it again.
ROW_ACTIONS = ("add_row", "remove_row", "search", "add_skill", "add_language")
MONEY_ROWS_AT_FIRST = 3
MOST_FOUND = 12

Answer = str | tuple[str, int] | Response


@blueprint.route("/assignments/<int:assignment_id>/edit/<code>", methods=["GET", "POST"])
def edit(assignment_id: int, code: str) -> Answer:
    """Show one section; keep it and go on."""
    assignment = host_assignment(Session(), g.account, assignment_id)
    part = part_of(code)
    form = form_of(part, assignment)
    if request.method == "GET":
        _offer_rows(form)
        return _page(assignment, part, form)
    if any(action in request.form for action in ROW_ACTIONS):
        return _change_rows(assignment, part, form)
    if form.validate() and _keep(assignment, form):
        flash(_("Saved."), "success")
        following = next_part(part) if request.form.get("go") == "next" and assignment.state != "open" else None
        if following:
            return redirect(url_for(".edit", assignment_id=assignment.id, code=following.code))
        return redirect(url_for(".assignment", assignment_id=assignment.id))
    return _page(assignment, part, form), 422


def form_of(part: Part, assignment: Assignment) -> Section:
    """Return the form of a section, filled with what was sent, else with what is kept."""
    form = part.form(obj=assignment)
    form.prepare(language())
    return form


def _keep(assignment: Assignment, form: Section) -> bool:
    """Keep the answers; a rule that is broken stands at the head of the form."""
    try:
        assignments.edit(Session(), g.account, assignment, form.changes())
    except Refused as error:
        form.form_errors.append(translate(error.words))
        return False
    return True


def _change_rows(assignment: Assignment, part: Part, form: Section) -> Answer:
    """Keep what can be kept, then add or remove a row and show the form again with all that was written."""
    if form.validate():
        _keep(assignment, form)
    again = form_of(part, assignment)  # read again, without the errors of what is not finished yet
    removed = request.form.get("remove_row", "")
    for name in ("skills", "languages", "money"):
        if name in again and removed.startswith(f"{name}-"):
            kept = [entry.data for entry in again[name] if entry.name != removed]
            again[name].process(None, kept)
    is_room = isinstance(again, MoneyForm) and len(again.money) < MOST_MONEY_ROWS
    if request.form.get("add_row") == "money" and is_room:
        again.money.append_entry()
    if isinstance(again, SkillsForm):
        again.add_skill(request.form.get("add_skill", ""))
        if "add_language" in request.form:
            again.add_language(request.form.get("new_language", ""))
    if removed or "add_skill" in request.form or "add_language" in request.form:
        _keep_rows(assignment, again)
    return _page(assignment, part, again)


def _keep_rows(assignment: Assignment, form: Section) -> None:
    """Keep the rows alone, which are whole in themselves; the rest of the form waits for its button."""
    rows = {name: value for name, value in form.changes().items() if name in ("skills", "languages")}
    if rows:
        assignments.edit(Session(), g.account, assignment, rows)


def _offer_rows(form: Section) -> None:
    """Begin an empty list of money with a few blank rows."""
    if isinstance(form, MoneyForm) and not form.money.entries:
        for _number in range(MONEY_ROWS_AT_FIRST):
            form.money.append_entry()


def _suggested(assignment: Assignment) -> list[tuple[str, str]]:
    return suggestion_words(linking.suggest_asked(assignment), language())


def _blanks(form: Section) -> dict[str, tuple[str, ...]]:
    """Return what is to be filled in, by field, as the texts stand on the page."""
    return {
        field.short_name: found for field in form if isinstance(field.data, str) and (found := to_fill_in(field.data))
    }


def _page(assignment: Assignment, part: Part, form: Section) -> str:
    search = request.form.get("find", "") if request.method == "POST" else ""
    extra: dict[str, Any] = {}
    if isinstance(form, SkillsForm):
        chosen = {entry.form.skill.data for entry in form.skills}
        found = vocabulary.find_skills(search, language(), MOST_FOUND + len(chosen))
        extra = {
            "find": search,
            "found": [pair for pair in found if pair[0] not in chosen][:MOST_FOUND],
            "suggested": [pair for pair in _suggested(assignment) if pair[0] not in chosen],
            "language_choices": vocabulary.language_choices(language()),
        }
    standing = progress(assignment, clock.today())
    return render_template(
        "host/skills.html" if isinstance(form, SkillsForm) else "host/section.html",
        assignment=assignment,
        part=part,
        parts=standing,
        here=next(one for one in standing if one.part is part),
        form=form,
        number=PARTS.index(part) + 1,
        wording=assignments.WORDING,
        coach=panel(assignment, part.fields),
        blanks=_blanks(form),
        beside=supply_beside(assignment, part),
        **extra,
    )
