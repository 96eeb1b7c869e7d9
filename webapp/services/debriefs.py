"""What the volunteer, the host and the community say of a placement when it is over, each once."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Debrief, Placement, User
from webapp.models.accounts import COORDINATOR, HOST, VOLUNTEER
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.words import lazy

MARKS = range(1, 6)


def side_of(account: User, placement: Placement) -> str:
    """Return for whom the account speaks (volunteer, host, community); NotFound where for nobody here."""
    if account.role == VOLUNTEER and placement.volunteer.user_id == account.id:
        return "volunteer"
    if account.role == HOST and placement.assignment.host_id == account.host_id:
        return "host"
    if account.role == COORDINATOR and placement.receiving_vio_id == account.vio_id:
        return "community"  # which a coordinator asks, and writes down here
    raise NotFound


def given(session: Session, account: User, placement: Placement) -> Debrief | None:
    """Return what the account's side has said already."""
    side = side_of(account, placement)
    return session.scalar(select(Debrief).where(Debrief.placement_id == placement.id, Debrief.side == side))


def give(
    session: Session, account: User, placement: Placement, overall: int, as_expected: int, words: str = ""
) -> Debrief:
    """Keep what a side says: two marks from 1 (poor) to 5 (very good), and words; once, after the placement."""
    side = side_of(account, placement)
    if placement.state not in ("completed", "ended_early"):
        raise Refused(lazy("Say how it was once the placement is over."))
    if given(session, account, placement) is not None:
        raise Refused(lazy("You have said how it was already. Thank you."))
    if overall not in MARKS or as_expected not in MARKS:
        raise Refused(lazy("Give each mark from 1 to 5."))
    debrief = Debrief(
        placement_id=placement.id,
        side=side,
        overall=overall,
        as_expected=as_expected,
        words=words.strip(),
        given_at=clock.now(),
    )
    session.add(debrief)
    audit.record(session, account, "debrief_given", debrief, placement.receiving_vio_id, side=side)
    session.expire(placement, ["debriefs"])
    return debrief
