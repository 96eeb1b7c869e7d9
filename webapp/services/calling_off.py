"""An assignment does not take place: its offers, placements and applications end with it, and everybody is told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, User
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.models.placements import SERVED_STATES
from webapp.services import kind_answers, offers, placements, stays
from webapp.services.correspondence import write_to_volunteer
from webapp.services.letter_kinds import APPLICATIONS
from webapp.services.locks import hold
from webapp.services.moves import check_can_move, move
from webapp.words import lazy

REASON = "assignment_cancelled"


def running_applications(session: Session, assignment: Assignment) -> list[Application]:
    """Return the applications that would end with the assignment; not those whose placement was served."""
    live = (Application.assignment_id == assignment.id, Application.state.in_(LIVE_APPLICATION_STATES))
    found = session.scalars(select(Application).where(*live).order_by(Application.id))
    return [one for one in found if not _was_served(session, one)]


def call_off(session: Session, account: User, assignment: Assignment, words: str, **detail: Any) -> int:
    """Cancel it with all that runs; return how many people were told. Refused while somebody is there."""
    hold(session, assignment)
    check_can_move(assignment, "cancelled")
    placements.check_none_has_begun(session, assignment)
    applications = running_applications(session, assignment)
    move(session, account, assignment, "cancelled", **detail)
    offers.withdraw_all(session, account, assignment, words)
    placements.cancel_all(session, account, assignment, words)
    for application in applications:
        _decline(session, account, application, words)
    return len(applications)


def _was_served(session: Session, application: Application) -> bool:
    placement = stays.placement_of(session, application)
    return placement is not None and placement.state in SERVED_STATES


def _decline(session: Session, account: User, application: Application, words: str) -> None:
    application.reason_code = REASON
    application.words = words
    application.state_at = clock.now()
    move(session, account, application, "declined", reason=REASON)
    write_to_volunteer(
        session,
        application.volunteer,
        APPLICATIONS,
        lazy("An assignment does not take place: %(title)s", title=application.assignment.title),
        lazy(
            "“%(title)s” at %(host)s, for which you applied, does not take place. This says nothing about you.\n\n"
            "%(words)s\n\n%(more)s",
            host=application.assignment.host.name,
            title=application.assignment.title,
            words=words,
            more=kind_answers.closing(session, application, REASON, clock.today()),
        ),
    )
