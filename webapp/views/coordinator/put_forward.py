"""Putting an own volunteer forward to a partner's assignment; she is asked first."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from webapp import clock
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Partnership
from webapp.services import partnerships as service
from webapp.services.errors import Refused
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.forms import PutForwardForm
from webapp.views.coordinator.telling import is_blind


@blueprint.route("/partnerships/<int:partnership_id>/put-forward", methods=["GET", "POST"])
def put_forward(partnership_id: int) -> Any:
    """Choose one of the partner's open assignments and one own volunteer."""
    found = service.partnership_of(Session(), g.account, partnership_id)
    form = _form(found)
    if not form.validate_on_submit():
        return _page(found, form), 422 if form.is_submitted() else 200
    try:
        service.put_forward(
            Session(),
            g.account,
            found,
            form.assignment.data,
            form.volunteer.data,
            form.words.data or "",
            clock.today(),
        )
    except Refused as refused:
        form.volunteer.errors = [translate(refused.words)]
        return _page(found, form), 422
    flash(_("Asked. The partner sees nothing before the volunteer says yes."), "success")
    return redirect(url_for("coordinator.partnership", partnership_id=partnership_id))


@blueprint.post("/put-forward/<int:put_forward_id>/take-back")
def take_back(put_forward_id: int) -> Any:
    """Take back what was put forward."""
    found = service.withdraw_put_forward(Session(), g.account, put_forward_id)
    flash(_("Taken back. The partner no longer sees this person."), "success")
    return redirect(url_for("coordinator.partnership", partnership_id=found.partnership_id))


def _form(found: Partnership) -> PutForwardForm:
    form, session, today = PutForwardForm(), Session(), clock.today()
    open_ones = service.open_assignments(session, g.account, found, today, request.values.get("work", ""))
    form.has_more = len(open_ones) > service.MOST_FOUND
    open_ones = open_ones[: service.MOST_FOUND]
    chosen = request.form.get("assignment", 0, int)
    if chosen and chosen not in [one.id for one in open_ones]:  # others were opened since it was chosen
        one_more = service.open_assignment(session, g.account, found, today, chosen)
        open_ones = [*open_ones, one_more] if one_more else open_ones
    form.assignment.choices = [SelectChoice(one.id, f"{one.title} · {one.host.name}") for one in open_ones]
    people = [] if is_blind() else service.people_to_put_forward(session, g.account, request.values.get("search", ""))
    form.volunteer.choices = [SelectChoice(one.id, one.full_name) for one in people]
    asked = request.args.get("volunteer", default=0, type=int)
    if request.method == "GET" and asked:
        form.volunteer.data = asked
    return form


def _page(found: Partnership, form: PutForwardForm) -> str:
    return render_template(
        "coordinator/put_forward.html",
        partnership=found,
        form=form,
        search=request.values.get("search", ""),
        work=request.values.get("work", ""),
        most=service.MOST_FOUND,
    )
