"""Which state may follow which: one table for each state machine. A status moves only through `move`."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy.orm import Session

from webapp.models import (
    Application,
    Assignment,
    Bar,
    BarAppeal,
    BarLikeness,
    Base,
    Bond,
    Clearance,
    HeldStay,
    HelpCall,
    Host,
    HostSuspension,
    Incident,
    Lesson,
    Mentorship,
    Offer,
    Placement,
    Reference,
    Report,
    RollCall,
    ScoreModel,
    User,
    Wording,
)
from webapp.services import audit
from webapp.services.errors import IllegalMove
from webapp.words import lazy

# design.md section 3 names the states. `selected` stays while an offer and its placement run.
MOVES: dict[type[Base], dict[str, frozenset[str]]] = {
    Assignment: {
        "draft": frozenset({"submitted", "cancelled"}),
        "submitted": frozenset({"changes_requested", "open", "draft", "cancelled"}),
        "changes_requested": frozenset({"submitted", "cancelled"}),
        "open": frozenset({"filled", "closed", "cancelled", "changes_requested"}),
        "filled": frozenset({"open", "closed", "cancelled"}),
        "closed": frozenset(),
        "cancelled": frozenset(),
    },
    Application: {
        "submitted": frozenset({"shortlisted", "declined", "withdrawn"}),
        "shortlisted": frozenset({"interview", "selected", "declined", "withdrawn"}),
        "interview": frozenset({"selected", "declined", "withdrawn"}),
        "selected": frozenset({"declined", "withdrawn"}),
        "declined": frozenset(),
        "withdrawn": frozenset(),
    },
    Offer: {
        "made": frozenset({"accepted", "declined", "expired", "withdrawn"}),
        "accepted": frozenset(),
        "declined": frozenset(),
        "expired": frozenset(),
        "withdrawn": frozenset(),
    },
    Placement: {
        "preparing": frozenset({"active", "cancelled"}),
        "active": frozenset({"extended", "completed", "ended_early"}),
        "extended": frozenset({"completed", "ended_early"}),
        "completed": frozenset(),
        "ended_early": frozenset(),
        "cancelled": frozenset(),
    },
    Bond: {
        "asked": frozenset({"standing", "ended"}),
        "standing": frozenset({"kept", "ended"}),
        "kept": frozenset(),
        "ended": frozenset(),
    },
    Clearance: {
        "open": frozenset({"submitted", "cleared", "refused", "waived"}),
        "submitted": frozenset({"open", "cleared", "refused", "waived"}),
        "cleared": frozenset({"cleared", "open", "expired"}),  # again: a newer paper before the old one runs out
        "refused": frozenset({"open", "submitted", "cleared", "waived"}),
        "expired": frozenset({"open", "submitted", "cleared", "waived"}),
        "waived": frozenset({"open"}),
    },
    Wording: {
        "proposed": frozenset({"signed", "declined", "replaced"}),
        "signed": frozenset(),
        "declined": frozenset(),
        "replaced": frozenset(),
    },
    Host: {
        "unverified": frozenset({"asked"}),
        "asked": frozenset({"verified", "declined"}),
        "verified": frozenset({"asked", "declined"}),
        "declined": frozenset({"asked"}),
    },
    Reference: {
        "named": frozenset({"asked", "withdrawn"}),
        "asked": frozenset({"answered", "declined", "withdrawn"}),
        "answered": frozenset(),
        "declined": frozenset(),
        "withdrawn": frozenset(),
    },
    Lesson: {
        "kept": frozenset({"waiting"}),
        "waiting": frozenset({"published", "declined", "withdrawn"}),
        "published": frozenset({"declined", "withdrawn"}),
        "declined": frozenset(),
        "withdrawn": frozenset({"waiting"}),
    },
    Mentorship: {
        "asked": frozenset({"accepted", "declined", "ended"}),
        "accepted": frozenset({"ended"}),
        "declined": frozenset(),
        "ended": frozenset(),
    },
    ScoreModel: {
        "proposed": frozenset({"approved", "rejected"}),
        "approved": frozenset({"retired"}),
        "retired": frozenset({"approved"}),
        "rejected": frozenset(),
    },
    Report: {
        "received": frozenset({"in_hand"}),
        "in_hand": frozenset({"referred", "closed"}),
        "referred": frozenset({"in_hand", "closed"}),
        "closed": frozenset({"in_hand"}),
    },
    HelpCall: {
        "open": frozenset({"taken", "closed"}),
        "taken": frozenset({"closed", "open"}),  # open again: its owner is gone
        "closed": frozenset(),
    },
    Incident: {
        "open": frozenset({"acting", "closed"}),
        "acting": frozenset({"closed"}),
        "closed": frozenset({"acting"}),
    },
    HostSuspension: {"standing": frozenset({"lifted"}), "lifted": frozenset()},
    HeldStay: {
        "waiting": frozenset({"watched", "moving", "ended", "released"}),
        "watched": frozenset({"moving", "ended", "released"}),
        "moving": frozenset({"watched", "ended", "released"}),
        "ended": frozenset(),
        "released": frozenset(),
    },
    Bar: {
        "proposed": frozenset({"standing", "dropped"}),
        "standing": frozenset({"lifted", "ended"}),
        "dropped": frozenset(),
        "lifted": frozenset(),
        "ended": frozenset(),
    },
    BarAppeal: {
        "waiting": frozenset({"granted", "refused", "closed"}),
        "granted": frozenset(),
        "refused": frozenset(),
        "closed": frozenset(),
    },
    BarLikeness: {"waiting": frozenset({"same", "other"}), "same": frozenset({"other"}), "other": frozenset()},
    RollCall: {"open": frozenset({"closed"}), "closed": frozenset()},
}


class HasState(Protocol):
    """Anything with a state."""

    state: str


def can_move(subject: Any, state: str) -> bool:
    """Whether the table allows `subject` to go to `state` from where it stands."""
    return state in MOVES[type(subject)][subject.state]


def check_can_move(subject: Any, state: str) -> None:
    """Raise IllegalMove where the table forbids `subject` to go to `state` from where it stands."""
    if not can_move(subject, state):
        raise IllegalMove(
            lazy("This is %(before)s and cannot become %(after)s. Reload the page.", before=subject.state, after=state)
        )


def move(session: Session, actor: User | None, subject: Any, state: str, **detail: Any) -> None:
    """Move `subject` to `state` and leave an audit line; raise IllegalMove where the table forbids it."""
    check_can_move(subject, state)
    before = subject.state
    subject.state = state
    audit.record(session, actor, f"{subject.__tablename__}_{state}", subject, before=before, **detail)
