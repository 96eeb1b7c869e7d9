"""Two people who know the volunteer: named here, once the application is on the shortlist."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.models import Application, Reference
from webapp.recruitment_words import reference_facts, said
from webapp.services import moves, own_rows
from webapp.services.errors import Refused
from webapp.services.recruitment import access, referees
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms.recruitment import RefereeForm


@blueprint.route("/applications/<int:application_id>/references", methods=["GET", "POST"])
def references(application_id: int) -> Any:
    """Show who was named and how far it is; name somebody."""
    found = own_rows.own_application(Session(), g.account, application_id)
    form = RefereeForm()
    if form.validate_on_submit() and _named(found, form):
        flash(_("Named. The office writes to %(name)s; you need not do anything.", name=form.own_name.data), "success")
        return redirect(url_for("volunteer.references", application_id=application_id))
    named = referees.references_of(Session(), found)
    page = render_template(
        "volunteer/references.html",
        application=found,
        form=form,
        named=[_told(one) for one in named],
        can_name=referees.can_name(found, named),
        must_be_earlier_host=referees.must_be_earlier_host(named),
        needed=referees.NEEDED,
        office=found.assignment.vio,
    )
    return page, 422 if form.is_submitted() else 200


def _named(found: Application, form: RefereeForm) -> bool:
    try:
        referees.name(Session(), g.account, found, form.own_name.data or "", form.email.data or "", form.relation.data)
    except Refused as refused:
        form.refuse(refused.words)
        return False
    return True


def _told(one: Reference) -> dict[str, Any]:
    """Return somebody who was named; the answer only where its author lets the volunteer read it."""
    answer = one.answer if one.answer is not None and one.answer.may_be_read else None
    return {
        **reference_facts(one),
        "can_take_back": one.is_named and moves.can_move(one, "withdrawn"),
        "said": said(answer) if answer else [],
        "words": answer.words if answer else "",
    }


@blueprint.post("/applications/<int:application_id>/references/<int:reference_id>/take-back")
def take_back_reference(application_id: int, reference_id: int) -> Response:
    """Take somebody back who has not answered."""
    found = access.own_reference(Session(), g.account, application_id, reference_id)
    referees.take_back(Session(), g.account, found)
    flash(_("%(name)s is not asked any more. You can name another person.", name=found.name), "success")
    return redirect(url_for("volunteer.references", application_id=application_id))
