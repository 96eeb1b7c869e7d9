"""Placements: the list by state with what is due, one of them, and its moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from webapp import clearance_words, clock, list_pages
from webapp.check_in_words import DRIFTS
from webapp.db import Session
from webapp.duty_words import who_does_what
from webapp.i18n import translate
from webapp.models import Placement
from webapp.models.placements import PLACEMENT_STATES, UNDER_WAY_STATES
from webapp.services import (
    check_ins,
    clearances,
    companions,
    drift,
    holds,
    moves,
    placement_lists,
    placement_sight,
    readiness,
    service_certificates,
    signings,
    visa_time,
    visibility,
)
from webapp.services import placements as service
from webapp.services.clearance_items import title_of
from webapp.services.paging import Start
from webapp.services.placement_reasons import ALL
from webapp.services.timeline import timeline
from webapp.stay_pages import told
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.acting import refusal
from webapp.views.coordinator.placement_forms import CancelForm, EndEarlyForm, ExtendForm
from webapp.views.coordinator.telling import name_of, named
from webapp.words import Words

FORMS: dict[str, type[FlaskForm]] = {"extend": ExtendForm, "end": EndEarlyForm, "cancel": CancelForm}


@blueprint.get("/placements")
def placements() -> str:
    """List placements, those that run by their first day, and the offers that wait for an answer."""
    state = request.args.get("state", "")
    state = state if state in PLACEMENT_STATES else ""
    start = list_pages.asked()
    found, is_first = placement_lists.placements_seen(Session(), g.account, state, start), start == Start()
    waiting = [] if state or not is_first else placement_lists.waiting_offers(Session(), g.account)
    return render_template(
        "coordinator/placements.html",
        placements=[(one, name, placement_lists.due(g.account, one, clock.today())) for one, name in named(found.rows)],
        offers=named(waiting),
        differing=[] if state or not is_first else _differing(),
        undecided=holds.count_undecided(Session(), g.account),
        counts=placement_lists.count_by_state(Session(), g.account),
        states=PLACEMENT_STATES,
        state=state,
        **list_pages.beside(found),
    )


@blueprint.get("/placements/<int:placement_id>")
def placement(placement_id: int) -> str:
    """Show one placement: dates, people, what happened, and what can be done now."""
    return _page(placement_sight.placement_for(Session(), g.account, placement_id), {})


@blueprint.post("/placements/<int:placement_id>/start")
def start_placement(placement_id: int) -> Any:
    """Say that the person has begun."""
    return _act(placement_id, "start", lambda found, _form: service.start(Session(), g.account, found))


@blueprint.post("/placements/<int:placement_id>/extend")
def extend_placement(placement_id: int) -> Any:
    """Let it go on until a later day."""

    def extend(found: Placement, form: Any) -> None:
        for one in service.extend(Session(), g.account, found, form.ends_on.data):
            title = translate(title_of(one))
            flash(_("%(item)s is open again: it does not cover the new days.", item=title), "warning")

    return _act(placement_id, "extend", extend)


@blueprint.post("/placements/<int:placement_id>/complete")
def complete_placement(placement_id: int) -> Any:
    """Say that it was served to its last day."""
    return _act(placement_id, "complete", lambda found, _form: service.complete(Session(), g.account, found))


@blueprint.post("/placements/<int:placement_id>/end")
def end_placement(placement_id: int) -> Any:
    """End it before its last day."""
    return _act(
        placement_id,
        "end",
        lambda found, form: service.end_early(Session(), g.account, found, form.reason_code.data, form.words.data),
    )


@blueprint.post("/placements/<int:placement_id>/cancel")
def cancel_placement(placement_id: int) -> Any:
    """Call it off before it begins."""
    return _act(
        placement_id,
        "cancel",
        lambda found, form: service.cancel(Session(), g.account, found, form.reason_code.data, form.words.data),
    )


@blueprint.post("/placements/<int:placement_id>/goes-on")
def go_on_alone(placement_id: int) -> Any:
    """Decide that it goes on although somebody who was to be there too is not."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    service.go_on_alone(Session(), g.account, found)
    flash(_("Decided. The volunteer and the host have a letter."), "success")
    return redirect(url_for("coordinator.placement", placement_id=placement_id))


@blueprint.post("/placements/<int:placement_id>/certificate")
def issue_certificate(placement_id: int) -> Any:
    """Have the certificate of service made, which then is the volunteer's."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    service_certificates.issue(Session(), g.account, found)
    flash(_("The certificate is made. The volunteer finds it on the page of the placement."), "success")
    return redirect(url_for("coordinator.placement", placement_id=placement_id))


def _act(placement_id: int, verb: str, act: Callable[[Placement, Any], None]) -> Any:
    """Do what was asked and come back to the page; what is wrong stands in the form that was sent."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    placement_sight.check_decides(g.account, found.assignment)
    if closed := refusal(found, verb, FORMS.get(verb, FlaskForm)(), act, _page):
        return closed
    flash(_("Done. Everybody concerned has a letter."), "success")
    return redirect(url_for("coordinator.placement", placement_id=placement_id))


def _page(found: Placement, sent: dict[str, Any]) -> str:
    application = placement_lists.application_of(Session(), found)
    is_ours = placement_sight.decides(g.account, found)
    return render_template(
        "coordinator/placement.html",
        placement=found,
        application=application,
        name=_name(found),
        sight=visibility.sight_of(Session(), g.account, found.volunteer, found.assignment),
        is_ours=is_ours,
        can={state for state in PLACEMENT_STATES if is_ours and moves.can_move(found, state)},
        can_extend=is_ours and found.state in UNDER_WAY_STATES,
        obstacles=_beside(sent, readiness.obstacles(Session(), found)) if found.state == "preparing" else [],
        held=[one for one in holds.to_decide(Session(), g.account) if one.placement_id == found.id],
        visa=visa_time.warning(Session(), found, clock.today()),
        extension=_extension(found, sent),
        due=placement_lists.due(g.account, found, clock.today()),
        today=clock.today(),
        forms_of={verb: sent.get(verb) or form(formdata=None) for verb, form in FORMS.items()},
        sent=sent,
        reason=translate(ALL[found.reason_code]) if found.reason_code in ALL else "",
        can_certify=service_certificates.may_issue(g.account, found),
        certificate=service_certificates.of(Session(), found),
        steps=timeline(Session(), application),
        stay=told(Session(), g.account, found),
        duties=who_does_what(Session(), g.account, found),
        with_whom=[(one, _name(one)) for one in companions.placed_with(Session(), found)],
    )


def _beside(sent: dict[str, Any], obstacles: Sequence[Words]) -> list[str]:
    """Return what else stands in the way than the error of the form that was sent says already."""
    said = {words for form in sent.values() for words in form.form_errors}
    return [words for words in map(translate, obstacles) if words not in said]


def _extension(found: Placement, sent: dict[str, Any]) -> dict[str, Any] | None:
    """Return what a coordinator should know before the stay goes on until the later day that is proposed or signed."""
    later = signings.later_day(Session(), found) if found.state in UNDER_WAY_STATES else None
    if later is None:
        return None
    return {
        "ends_on": later,
        "obstacles": _beside(sent, readiness.obstacles_to_extend(Session(), found)),
        "rows": clearance_words.all_shown(clearances.outrun(Session(), found, later), clock.today()),
        "visa": visa_time.extension_warning(Session(), found, later, clock.today()),
    }


def _differing() -> list[dict[str, Any]]:
    """Return the check-ins that somebody has to look into, with whose they are."""
    found = check_ins.to_look_into(Session(), g.account)
    names, drifts = named([one.placement for one in found]), drift.of_check_ins(Session(), found)
    return [
        {"check_in": one, "name": name, "words": [translate(DRIFTS[code]) for code in codes]}
        for one, (_placement, name), codes in zip(found, names, drifts, strict=True)
    ]


def _name(stay: Any) -> str:
    volunteer, assignment = stay.volunteer, stay.assignment
    return name_of(visibility.sight_of(Session(), g.account, volunteer, assignment), volunteer, assignment)
