"""Partnerships with other VIOs: propose, agree, end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from webapp import clock
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Partnership, PutForward
from webapp.services import match_review
from webapp.services import partnerships as service
from webapp.services.errors import Refused
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.forms import PartnershipForm
from webapp.views.coordinator.telling import named


@blueprint.get("/partnerships")
def partnerships() -> str:
    """List the own VIO's partnerships, open proposals first."""
    found = service.partnerships_of(Session(), g.account)
    return render_template("coordinator/partnerships.html", partnerships=found, today=clock.today(), state_of=_state)


@blueprint.route("/partnerships/new", methods=["GET", "POST"])
def new_partnership() -> Any:
    """Propose a partnership."""
    form = PartnershipForm()
    form.other_vio.choices = [SelectChoice(vio.id, vio.name) for vio in service.other_vios(Session(), g.account)]
    if not form.validate_on_submit():
        return render_template("coordinator/new_partnership.html", form=form), 422 if form.is_submitted() else 200
    try:
        we_send = form.direction.data == "send"
        made = service.propose(Session(), g.account, form.other_vio.data, we_send, form.values())
    except Refused as refused:
        form.ends_on.errors = [translate(refused.words)]
        return render_template("coordinator/new_partnership.html", form=form), 422
    flash(_("Proposed. It gives no access before the other side agrees."), "success")
    return redirect(url_for("coordinator.partnership", partnership_id=made.id))


@blueprint.get("/partnerships/<int:partnership_id>")
def partnership(partnership_id: int) -> str:
    """Show the terms, who was put forward, and what can be done."""
    found = service.partnership_of(Session(), g.account, partnership_id)
    today = clock.today()
    return render_template(
        "coordinator/partnership.html",
        partnership=found,
        state=_state(found),
        we_send=found.sending_vio_id == g.account.vio_id,
        is_ours=found.proposed_by_vio_id == g.account.vio_id,
        people=_people(service.put_forward_under(Session(), g.account, found, today)),
    )


@blueprint.post("/partnerships/<int:partnership_id>/agree")
def agree_partnership(partnership_id: int) -> Any:
    """Say yes to a proposal."""
    service.agree(Session(), g.account, service.partnership_of(Session(), g.account, partnership_id))
    flash(_("You have agreed. The partnership holds from its first day."), "success")
    return redirect(url_for("coordinator.partnership", partnership_id=partnership_id))


@blueprint.post("/partnerships/<int:partnership_id>/end")
def end_partnership(partnership_id: int) -> Any:
    """End it, or say no to a proposal."""
    service.end(Session(), g.account, service.partnership_of(Session(), g.account, partnership_id))
    flash(_("Ended. Access under it is closed from this moment."), "success")
    return redirect(url_for("coordinator.partnership", partnership_id=partnership_id))


def _state(found: Partnership) -> str:
    """Return how a partnership stands today."""
    if found.ended_at is not None or found.ends_on < clock.today():
        return "ended"
    if found.agreed_at is None:
        return "proposed"
    return "active" if found.is_active(clock.today()) else "agreed"


def _people(rows: Sequence[PutForward]) -> list[tuple[PutForward, str, str]]:
    """Return who was put forward, the names as they may be shown, and the pages of matches for the receiving side."""
    matches = match_review.matches_of(Session(), g.account.vio_id, rows)
    pages = {pair: url_for("coordinator.match", match_id=match.id) for pair, match in matches.items()}
    return [(one, name, pages.get((one.volunteer_id, one.assignment_id), "")) for one, name in named(rows)]
