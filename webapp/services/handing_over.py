"""A host hands its finished shortlist to the coordinators, who decide."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from webapp.models import Assignment, User
from webapp.services import audit, shortlists
from webapp.services.correspondence import write_to_coordinators
from webapp.services.errors import Refused
from webapp.services.letter_kinds import QUEUE
from webapp.services.locks import hold
from webapp.words import counted, lazy

HANDED_OVER = "shortlist_handed_over"


def tell_coordinators(session: Session, account: User, assignment: Assignment, today: date) -> int:
    """Hand the shortlist to the coordinators, who decide; return how many people stand on it.

    Refused where they have it already and nobody has come onto it since.
    """
    hold(session, assignment)  # of two clicks, the second finds that the first went
    people = [
        one
        for one in shortlists.applicants(session, account, assignment, today)
        if one.application.state == "shortlisted"
    ]
    if not people:
        raise Refused(lazy("Nobody stands on the shortlist yet."))
    told = handed_over_at(session, assignment)
    if told is not None and all(one.application.state_at <= told for one in people):
        raise Refused(
            lazy("The coordinators have had your letter since %(day)s, and nobody is new on the list.", day=told.date())
        )
    audit.record(session, account, HANDED_OVER, assignment, people=len(people))
    write_to_coordinators(
        session,
        assignment.vio_id,
        QUEUE,
        lazy("Shortlist ready: %(title)s", title=assignment.title),
        counted(
            "%(host)s has finished its shortlist for “%(title)s”: %(number)s person. Sign in to see whom.",
            "%(host)s has finished its shortlist for “%(title)s”: %(number)s people. Sign in to see whom.",
            len(people),
            host=assignment.host.name,
            title=assignment.title,
        ),
        about=assignment,
    )
    return len(people)


def handed_over_at(session: Session, assignment: Assignment) -> datetime | None:
    """Return when the host last told the coordinators that the shortlist is ready."""
    told = [event.at for event in audit.history_of(session, assignment) if event.action == HANDED_OVER]
    return told[-1] if told else None
