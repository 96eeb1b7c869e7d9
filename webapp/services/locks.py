"""Take rows for oneself until the end of the transaction, so that two clicks at once come one after the other.

Always in this order, so that nobody waits in a circle: the host, the assignment, the volunteer, then the rest. SQLite's
writers come one after the other anyway.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.models import (
    Application,
    Assignment,
    Bar,
    BarAppeal,
    BarLikeness,
    Bond,
    Clearance,
    HelpCall,
    Host,
    ImportFile,
    Incident,
    Lesson,
    Mentorship,
    Offer,
    Placement,
    Reference,
    Report,
    RollCall,
    Volunteer,
)

# Read again once the row is ours: what somebody else changed while we waited.
FRESH: dict[type, tuple[str, ...]] = {
    Host: ("state", "suspended_at"),
    Assignment: ("state", "places_international", "places_national", "places_local"),
    Volunteer: ("user_id", "barred_at"),
    Application: ("state",),
    Bond: ("state",),
    Offer: ("state", "agreed_at"),
    Placement: ("state", "ends_on", "alone_since"),
    Clearance: ("state", "waiver_by_id"),
    Lesson: ("state",),
    Mentorship: ("state",),
    Reference: ("state",),
    Report: ("state", "handler_id"),
    HelpCall: ("state", "owner_id", "due_at", "step"),
    Incident: ("state", "handler_id"),
    Bar: ("state",),
    BarAppeal: ("state",),
    BarLikeness: ("state",),
    RollCall: ("state",),
    ImportFile: ("state",),
}
Held = (
    Application
    | Assignment
    | Bar
    | BarAppeal
    | BarLikeness
    | Bond
    | Clearance
    | HelpCall
    | Host
    | ImportFile
    | Incident
    | Lesson
    | Mentorship
    | Offer
    | Placement
    | Reference
    | Report
    | RollCall
    | Volunteer
)


def hold(session: Session, *rows: Held) -> None:
    """Lock rows in the order given and read their state anew; rows that only point at them are not kept waiting."""
    session.flush()
    for row in rows:
        session.refresh(row, FRESH[type(row)], with_for_update={"key_share": True})
