"""Incidents: made by a focal point of a report or a call that they hold, and read by their handler alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, selectinload

from webapp import clock
from webapp.models import HelpCall, Incident, IncidentMeasure, Placement, Report, ReportExclusion, User
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.services.safeguarding import people, routing, safety_letters
from webapp.words import lazy


@dataclass(frozen=True)
class Facts:
    """What a focal point says of an incident; `placement_id` where it belongs to a stay."""

    kind: str
    gravity: str
    text: str
    placement_id: int | None = None


def of_report(session: Session, account: User, report: Report, facts: Facts) -> Incident:
    """Make an incident of a report that the account holds."""
    people.check_focal_point(account)
    if report.handler_id != account.id:
        raise NotFound
    return _make(session, account, facts, report=report)


def of_call(session: Session, account: User, call: HelpCall, facts: Facts) -> Incident:
    """Make an incident of a call for help that the account took up; its placement is the call's."""
    people.check_focal_point(account)
    if call.owner_id != account.id:
        raise NotFound
    own = Facts(facts.kind, facts.gravity, facts.text, call.placement_id)
    return _make(session, account, own, call=call)


def _make(
    session: Session, account: User, facts: Facts, report: Report | None = None, call: HelpCall | None = None
) -> Incident:
    behind = Incident.report_id == report.id if report else Incident.call_id == call.id if call else None
    if behind is not None and session.scalar(select(Incident.id).where(behind)) is not None:
        raise Refused(lazy("There is an incident for this already. Open it instead."))
    if facts.placement_id is not None and facts.placement_id not in {one.id for one in placements(session, account)}:
        raise NotFound
    now = clock.now()
    made = Incident(
        vio_id=people.check_focal_point(account),
        report=report,
        call=call,
        handler=account,
        state="open",
        created_at=now,
        state_at=now,
        **vars(facts),
    )
    session.add(made)
    audit.record(session, account, "incident_open", made)
    return made


def placements(session: Session, account: User) -> list[Placement]:
    """Return the stays to which an incident can belong: of the VIO's volunteers or at its hosts, not cancelled."""
    vio_id = people.check_focal_point(account)
    here = (Placement.sending_vio_id == vio_id) | (Placement.receiving_vio_id == vio_id)
    query = select(Placement).where(here, Placement.state != "cancelled")
    beside = (selectinload(Placement.volunteer), selectinload(Placement.assignment))
    return list(session.scalars(query.order_by(Placement.starts_on.desc(), Placement.id.desc()).options(*beside)))


def incidents_of(session: Session, account: User) -> list[Incident]:
    """Return the incidents of a focal point, those that are not closed first, then the newest."""
    vio_id = people.check_focal_point(account)
    barred = exists().where(ReportExclusion.report_id == Incident.report_id, ReportExclusion.user_id == account.id)
    query = select(Incident).where(Incident.handler_id == account.id, Incident.vio_id == vio_id, ~barred)
    return list(session.scalars(query.order_by(Incident.state == "closed", Incident.id.desc())))


def incident_for(session: Session, account: User, incident_id: int) -> Incident:
    """Return an incident to its handler."""
    found = next((one for one in incidents_of(session, account) if one.id == incident_id), None)
    if found is None:
        raise NotFound
    return found


def of_subject(session: Session, account: User, subject: Report | HelpCall) -> Incident | None:
    """Return the incident that was made of a report or a call, where the account may read it."""
    for one in incidents_of(session, account):
        if subject.id == (one.report_id if isinstance(subject, Report) else one.call_id):
            return one
    return None


def add_measure(session: Session, account: User, incident: Incident, text: str, by_on: date | None) -> None:
    """Say what is to be done. An incident that was only open is then acted upon."""
    _check(account, incident)
    if incident.state == "closed":
        raise Refused(lazy("This incident is closed. Open it again first."))
    incident.measures.append(IncidentMeasure(text=text, by_on=by_on))
    audit.record(session, account, "incident_measure_added", incident)
    if incident.state == "open":
        act(session, account, incident)


def finish_measure(session: Session, account: User, incident: Incident, measure_id: int) -> None:
    """Say that a measure is done."""
    _check(account, incident)
    measure = next((one for one in incident.measures if one.id == measure_id and one.done_at is None), None)
    if measure is None:
        raise NotFound
    measure.done_at = clock.now()
    audit.record(session, account, "incident_measure_done", incident, measure=measure.id)


def act(session: Session, account: User, incident: Incident) -> None:
    """Say that something is being done: about a new incident, or a closed one again."""
    _move(session, account, incident, "acting")


def close(session: Session, account: User, incident: Incident, outcome: str) -> None:
    """Close it and say how it ended; refused while a measure is not done."""
    if any(measure.done_at is None for measure in incident.measures):
        raise Refused(lazy("A measure is not done yet. Finish it first."))
    _move(session, account, incident, "closed")
    incident.outcome = outcome
    session.flush()


def _move(session: Session, account: User, incident: Incident, state: str) -> None:
    hold(session, incident)
    _check(account, incident)
    check_can_move(incident, state)
    incident.state_at = clock.now()
    incident.closed_at = incident.state_at if state == "closed" else None
    move(session, account, incident, state)


def others(session: Session, account: User, incident: Incident) -> list[User]:
    """Return to whom it can be handed: focal points of the VIO whom its report does not rule out."""
    barred = (routing.ruled_out(incident.report) if incident.report else set()) | {account.id}
    return [one for one in people.focal_points(session, incident.vio_id) if one.id not in barred]


def hand_over(session: Session, account: User, incident: Incident, user_id: int) -> None:
    """Hand it to another focal point; whoever hands it over does not see it any more."""
    hold(session, incident)
    _check(account, incident)
    reader = next((one for one in others(session, account, incident) if one.id == user_id), None)
    if reader is None:
        raise Refused(lazy("Choose another focal point of your organization, whom the report does not rule out."))
    incident.handler = reader
    audit.record(session, account, "incident_handed_over", incident)
    safety_letters.something_waits(session, reader)


def find_readers(session: Session) -> int:
    """Hand on open incidents whose handler is gone, where somebody may read them; return how many."""
    query = select(Incident).outerjoin(User, User.id == Incident.handler_id)
    lost = query.where(Incident.state != "closed", Incident.handler_id.is_(None) | User.active.is_(False))
    found = 0
    for incident in session.scalars(lost.order_by(Incident.id)):
        barred = routing.ruled_out(incident.report) if incident.report else set()
        reader = routing.first_reader(session, incident.vio_id, barred)
        if reader is not None:
            incident.handler = reader
            audit.record(session, None, "incident_handed_on", incident)
            safety_letters.something_waits(session, reader)
            found += 1
    return found


def _check(account: User, incident: Incident) -> None:
    if incident.handler_id != account.id:
        raise NotFound
