"""Suspending a host: what it means is shown first. Lifting it. And the stays for which somebody has to decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.db import Session
from webapp.i18n import translate
from webapp.models import HeldStay, Host
from webapp.services import holds, moves, own_rows, stay_decisions
from webapp.services import suspensions as service
from webapp.services.errors import Refused
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.holding_forms import DecisionForm, LiftForm, SuspendForm
from webapp.views.coordinator.telling import named


@blueprint.get("/hosts/<int:host_id>/suspension")
def suspension(host_id: int) -> str:
    """Show what a suspension would touch, or how one stands."""
    return _page(own_rows.vio_host(Session(), g.account, host_id))


@blueprint.post("/hosts/<int:host_id>/suspend")
def suspend_host(host_id: int) -> Any:
    """Stop the host now."""
    found, form = own_rows.vio_host(Session(), g.account, host_id), SuspendForm()
    if form.validate():
        try:
            service.suspend(
                Session(), g.account, found, form.reason_code.data, form.note.data or "", form.words.data or ""
            )
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("%(host)s is suspended. Everybody concerned has a letter.", host=found.name), "success")
            return redirect(url_for("coordinator.suspension", host_id=host_id))
    return _page(found, form), 422


@blueprint.post("/hosts/<int:host_id>/lift")
def lift_suspension(host_id: int) -> Any:
    """Let the host go on."""
    found, form = own_rows.vio_host(Session(), g.account, host_id), LiftForm()
    if form.validate():
        try:
            service.lift(Session(), g.account, found, form.note.data or "")
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("%(host)s goes on. Everybody concerned has a letter.", host=found.name), "success")
            return redirect(url_for("coordinator.suspension", host_id=host_id))
    return _page(found, form), 422


@blueprint.get("/held")
def held_stays() -> str:
    """List the stays that wait for a decision."""
    return render_template("coordinator/held_stays.html", rows=_rows(holds.to_decide(Session(), g.account)))


@blueprint.route("/held/<int:held_id>", methods=["GET", "POST"])
def held_stay(held_id: int) -> Any:
    """Decide how one goes on."""
    held = holds.held_for(Session(), g.account, held_id)
    form = DecisionForm(held.placement)
    if form.validate_on_submit():
        try:
            stay_decisions.decide(
                Session(),
                g.account,
                held,
                form.decision.data,
                form.note.data or "",
                form.words.data or "",
                form.reason_code.data or "",
            )
        except Refused as refused:
            form.form_errors.append(translate(refused.words))
        else:
            flash(_("Decided. The volunteer has a letter with your words."), "success")
            return redirect(url_for("coordinator.held_stays"))
    page = render_template("coordinator/held_stay.html", row=_rows([held])[0], form=form, can_decide=_can_decide(held))
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/held/<int:held_id>/take-over")
def take_over_stay(held_id: int) -> Any:
    """Become the owner of a held stay."""
    held = holds.held_for(Session(), g.account, held_id)
    holds.take_over(Session(), g.account, held)
    flash(_("You look after it now."), "success")
    return redirect(url_for("coordinator.held_stay", held_id=held_id))


def _can_decide(held: HeldStay) -> bool:
    return (
        any(moves.can_move(held, state) for state in stay_decisions.choices(held.placement))
        and held.placement.is_running
    )


def _rows(stays: Sequence[HeldStay]) -> list[dict[str, Any]]:
    """Return held stays with what a page may print of them; why a person was barred stays with the sending office."""
    names = named([one.placement for one in stays])
    return [_row(held, name) for held, (_placement, name) in zip(stays, names, strict=True)]


def _row(held: HeldStay, name: str) -> dict[str, Any]:
    placement = held.placement
    return {
        "held": held,
        "state": "ended" if held.state in holds.UNDECIDED and not placement.is_running else held.state,
        "placement": placement,
        "name": name,
        "cause": _("The host is suspended") if held.suspension_id else _("The sending organization barred the person"),
        "owner": held.owner.display_name or held.owner.email if held.owner else "",
    }


def _page(found: Host, form: LiftForm | SuspendForm | None = None) -> str:
    standing = service.standing_of(Session(), found)
    effect = service.effect(Session(), g.account, found)
    people = {kind: named(getattr(effect, kind)) for kind in ("waiting", "offers", "preparing", "under_way")}
    return render_template(
        "coordinator/suspension.html",
        host=found,
        standing=standing,
        reason=translate(service.REASONS[standing.reason_code]) if standing else "",
        open=effect.open,
        people=people,
        held=_rows(holds.held_by(Session(), standing)) if standing else [],
        history=service.history_of(Session(), g.account, found),
        form=_fitting(LiftForm if standing else SuspendForm, form),
    )


def _fitting(wanted: type[LiftForm | SuspendForm], sent: LiftForm | SuspendForm | None) -> LiftForm | SuspendForm:
    """Return what was sent, or an empty form where it does not fit any more: a colleague was faster."""
    if isinstance(sent, wanted):
        return sent
    form = wanted(formdata=None)
    form.form_errors.extend(sent.form_errors if sent else [])
    return form
