"""An appeal against a bar: by the person on the site, answered by somebody who took no part in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Bar, BarAppeal, User, Volunteer
from webapp.services import audit
from webapp.services.bars import bar_letters, deciding, likenesses, sight
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.own_rows import volunteer_of
from webapp.services.placement_reasons import SHORTEST_WORDS
from webapp.words import lazy

AGAIN_DAYS = 180  # after an answer one can appeal again
LONGEST = 5000


def own_bar(session: Session, account: User) -> tuple[Volunteer, Bar]:
    """Return the account's profile with the bar that stops it; NotFound where none does."""
    volunteer = volunteer_of(session, account)
    bar = sight.standing_for(session, volunteer)
    if bar is None:
        raise NotFound
    return volunteer, bar


def again_from(appeals: list[BarAppeal]) -> datetime | None:
    """Return from when the person can appeal (again); None: now."""
    if not appeals or appeals[0].decided_at is None:
        return None
    moment = appeals[0].decided_at + timedelta(days=AGAIN_DAYS)
    return moment if moment > clock.now() else None


def appeal(session: Session, account: User, words: str) -> BarAppeal:
    """Appeal against the bar that stops the own profile."""
    volunteer, bar = own_bar(session, account)
    hold(session, bar)
    sight.check_stands(bar)
    earlier = sight.appeals_of(session, volunteer, bar)
    if earlier and earlier[0].state == "waiting":
        raise Refused(lazy("Your appeal is with the office. You get a letter when it is answered."))
    if (moment := again_from(earlier)) is not None:
        raise Refused(lazy("You can appeal again from %(day)s on.", day=moment.date()))
    if not SHORTEST_WORDS <= len(words.strip()) <= LONGEST:
        raise Refused(
            lazy("Write in a few sentences what is not right, with at most %(most)s characters.", most=LONGEST)
        )
    made = BarAppeal(bar=bar, volunteer=volunteer, state="waiting", words=words.strip(), made_at=clock.now())
    session.add(made)
    audit.record(session, account, "bar_appeal_waiting", made, bar.vio_id, bar=bar.id)
    bar_letters.tell_of_appeal(session, bar)
    return made


def waiting_of(bar: Bar) -> BarAppeal | None:
    """Return the appeal that waits for an answer."""
    return next((one for one in bar.appeals if one.state == "waiting"), None)


def answer(session: Session, account: User, made: BarAppeal, granted: bool, words: str) -> None:
    """Grant an appeal, which lifts the bar, or refuse it, with words to the person."""
    bar = made.bar
    sight.check_decides(account, bar.vio_id)
    sight.check_took_no_part(account, bar)
    if len(words.strip()) < SHORTEST_WORDS:
        raise Refused(lazy("Write a sentence or two to the person: what you looked at, and why you decide so."))
    hold(session, bar, made)
    sight.check_stands(bar)
    made.answer, made.decided_at, made.decided_by_id = words.strip(), clock.now(), account.id
    move(session, account, made, "granted" if granted else "refused", bar=bar.id)
    if granted:
        _grant(session, account, made, bar)
    bar_letters.tell_of_answer(session, made)


def _grant(session: Session, account: User, made: BarAppeal, bar: Bar) -> None:
    """Lift the bar; for somebody who was taken for another person, only the tie between the two."""
    likeness = sight.likeness_of(session, made.volunteer) if made.volunteer else None
    if likeness is not None and bar.volunteer_id is not None and bar.volunteer_id != made.volunteer_id:
        likenesses.decide(session, account, likeness, False, made.answer, is_answer=True)
    else:
        deciding.lift(session, account, bar, made.answer, made.volunteer)
