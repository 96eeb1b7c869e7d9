"""What the volunteer, the host and the community say of a placement when it ends, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Debrief, Placement, User
from webapp.models.placements import SERVED_STATES, UNDER_WAY_STATES
from webapp.services import audit
from webapp.services.debrief_questions import QUESTIONS
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.services.placement_sight import check_decides
from webapp.services.stay_sides import OFFICE, side_of
from webapp.words import lazy

MARKS = range(1, 6)
OPEN_DAYS = 7  # before the last day
READ_DAYS = 30  # after the end each side reads the other's, also where only one has answered
LONGEST_WORDS = 3000


def voice_of(account: User, placement: Placement) -> str:
    """Return for whom the account speaks (volunteer, host, community); NotFound where for nobody here."""
    side = side_of(account, placement)
    if side != OFFICE:
        return side
    check_decides(account, placement.assignment)
    return "community"  # which a coordinator of the receiving office asks, and writes down here


def is_open(placement: Placement, today: date | None = None) -> bool:
    """Whether it can be said how it was: in the last week, or when it is over."""
    if placement.state in SERVED_STATES:
        return True
    opens = placement.ends_on - timedelta(days=OPEN_DAYS)
    return placement.state in UNDER_WAY_STATES and (today or clock.today()) >= opens


def given(session: Session, account: User, placement: Placement) -> Debrief | None:
    """Return what the account's side has said already."""
    return said_by(session, placement, voice_of(account, placement))


def said_by(session: Session, placement: Placement, side: str) -> Debrief | None:
    """Return what a side has said."""
    return session.scalar(select(Debrief).where(Debrief.placement_id == placement.id, Debrief.side == side))


def standing(session: Session, account: User, placement: Placement) -> str:
    """Return what the account can do now: `say` how it was, `read` what was said, or nothing yet (blank)."""
    return standings(session, account, [placement])[0]


def standings(session: Session, account: User, placements: Sequence[Placement]) -> list[str]:
    """Return the same for each of several placements, read at once."""
    query = select(Debrief.placement_id, Debrief.side).where(Debrief.placement_id.in_([one.id for one in placements]))
    said = {(placement_id, side) for placement_id, side in session.execute(query)}
    given_by = [(one.id, voice_of(account, one)) for one in placements]
    return [
        "read" if pair in said else "say" if is_open(one) else ""
        for one, pair in zip(placements, given_by, strict=True)
    ]


def give(
    session: Session,
    account: User,
    placement: Placement,
    overall: int,
    as_expected: int,
    words: str = "",
    says: Mapping[str, str] | None = None,
) -> Debrief:
    """Keep what a side says: marks from 1 (poor) to 5 (very good), answers by question, and words; once."""
    side = voice_of(account, placement)
    made = Debrief(overall=overall, as_expected=as_expected, words=words.strip(), says=dict(says or {}))
    made.is_from_talk = side == "community"
    return keep(session, account, placement, side, made)


def keep(session: Session, account: User | None, placement: Placement, side: str, made: Debrief) -> Debrief:
    """Keep a debrief of a side after checking it; without an account it came by a link."""
    hold(session, placement)  # of two at once, the second finds the first
    if not is_open(placement):
        raise Refused(lazy("Say how it was in the last week, or once the placement is over."))
    if said_by(session, placement, side) is not None:
        raise Refused(lazy("You have said how it was already. Thank you."))
    _check(side, made)
    made.placement_id, made.side, made.given_at = placement.id, side, clock.now()
    session.add(made)
    audit.record(
        session,
        account,
        "debrief_given",
        made,
        placement.receiving_vio_id,
        side=side,
        from_talk=bool(made.is_from_talk),
    )
    session.expire(placement, ["debriefs"])
    return made


def seen(session: Session, account: User, placement: Placement, now: datetime | None = None) -> list[Debrief]:
    """Return what the account may read: coordinators of both offices all, a side its own and later the others'."""
    found = session.scalars(select(Debrief).where(Debrief.placement_id == placement.id).order_by(Debrief.id)).all()
    if side_of(account, placement) == OFFICE:
        return list(found)
    side = voice_of(account, placement)
    if is_shared({one.side for one in found}, placement, now or clock.now()):
        return list(found)
    return [one for one in found if one.side == side]


def is_shared(sides: set[str], placement: Placement, now: datetime) -> bool:
    """Whether volunteer and host read one another: both have answered, or it ended 30 days ago."""
    is_long_over = placement.ended_at is not None and now - placement.ended_at >= timedelta(days=READ_DAYS)
    return {"volunteer", "host"} <= sides or is_long_over


def _check(side: str, made: Debrief) -> None:
    if made.overall not in MARKS or made.as_expected not in MARKS:
        raise Refused(lazy("Give each mark from 1 to 5."))
    asked, says = QUESTIONS[side], made.says
    if says and (set(says) != set(asked) or any(says[code] not in asked[code].answers for code in says)):
        raise Refused(lazy("Answer each of the eight questions. “I cannot say” is an answer too."))
    if len(made.words) > LONGEST_WORDS:
        raise Refused(lazy("This is too long: write at most %(most)s characters.", most=LONGEST_WORDS))
