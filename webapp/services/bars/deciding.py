"""Barring a person: proposed by a coordinator, confirmed by somebody else, told in plain words, and how it ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Bar, User, Volunteer
from webapp.services import audit
from webapp.services.bars import bar_letters, effects, likenesses, marks, sight
from webapp.services.bars.reasons import REASONS
from webapp.services.errors import Refused
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.placement_reasons import SHORTEST_WORDS
from webapp.services.relations import check_vio
from webapp.words import lazy

MOST_YEARS = 10  # also one without end: then it is over


def propose(
    session: Session,
    account: User,
    volunteer: Volunteer,
    reason_code: str,
    note: str,
    words: str,
    ends_on: date | None,
    today: date | None = None,
) -> Bar:
    """Propose to bar somebody of the own VIO, until `ends_on` (included) or without end. It has no effect yet."""
    check_vio(account, "bar.propose", volunteer.vio_id)
    _check(reason_code, note, words, ends_on, today or clock.today())
    hold(session, volunteer)
    if sight.running_of(session, volunteer) is not None:
        raise Refused(lazy("A bar is proposed or stands already. Reload the page."))
    made = Bar(vio_id=volunteer.vio_id, volunteer=volunteer, state="proposed", reason_code=reason_code)
    made.note, made.words, made.ends_on = note.strip(), words.strip(), ends_on
    made.proposed_by, made.proposed_at = account, clock.now()
    session.add(made)
    audit.record(session, account, "bar_proposed", made, reason=reason_code)
    bar_letters.tell_deciders(session, made, bar_letters.PROPOSED, [account.id])
    return made


def confirm(session: Session, account: User, bar: Bar) -> None:
    """Confirm as the second person: from now on the person is not matched, and is told why and how to appeal."""
    sight.check_decides(account, bar.vio_id)
    volunteer = bar.volunteer
    if volunteer is None:
        raise Refused(lazy("This profile is gone. Drop the proposal."))
    effects.hold_everything(session, volunteer)
    hold(session, bar)
    if account.id == bar.proposed_by_id:
        raise Refused(lazy("You proposed this. Somebody else of your office has to confirm it."))
    bar.confirmed_by, bar.confirmed_at = account, clock.now()
    move(session, account, bar, "standing", reason=bar.reason_code)
    volunteer.barred_at = bar.confirmed_at
    marks.keep(session, bar, volunteer)
    bar_letters.tell_person(session, bar, volunteer, *effects.stop(session, account, bar, volunteer))
    likenesses.look_back(session, bar)


def drop(session: Session, account: User, bar: Bar, note: str) -> None:
    """Drop a proposal; whoever made it may too."""
    sight.check_decides(account, bar.vio_id)
    _check_note(note)
    hold(session, bar)
    _over(session, account, bar, "dropped", note)
    bar_letters.tell_proposer(session, bar, account)


def lift(session: Session, account: User, bar: Bar, note: str, answered: Volunteer | None = None) -> None:
    """Lift a bar before its end; the person is told, and can be matched from now on.

    `answered` is the profile that reads it in the answer to its appeal: one letter is enough.
    """
    sight.check_decides(account, bar.vio_id)
    _check_note(note)
    hold(session, bar)
    _over(session, account, bar, "lifted", note)
    freed = effects.let_go_on(session, account, bar)
    bar_letters.tell_of_end(session, bar, [one for one in freed if one is not answered])


def end_due(session: Session, now: datetime) -> int:
    """End the bars whose last day is past, and those without end after ten years; return how many."""
    longest = now - timedelta(days=366 * MOST_YEARS)
    is_past = or_(Bar.ends_on < now.date(), and_(Bar.ends_on.is_(None), Bar.confirmed_at < longest))
    due = session.scalars(select(Bar).where(Bar.state == "standing", is_past).order_by(Bar.id)).all()
    for bar in due:
        hold(session, bar)
        _over(session, None, bar, "ended", "")
        bar_letters.tell_of_end(session, bar, effects.let_go_on(session, None, bar))
    return len(due)


def _over(session: Session, account: User | None, bar: Bar, state: str, note: str) -> None:
    bar.over_at, bar.over_by_id, bar.over_note = clock.now(), account.id if account else None, note.strip()
    move(session, account, bar, state)


def _check(reason_code: str, note: str, words: str, ends_on: date | None, today: date) -> None:
    if reason_code not in REASONS:
        raise Refused(lazy("Choose the reason."))
    if not note.strip():
        raise Refused(lazy("Write down what happened. Those who decide with you read it."))
    if len(words.strip()) < SHORTEST_WORDS:
        raise Refused(lazy("Write a sentence or two to the person: what happened, and what it means."))
    if ends_on is not None and not today < ends_on <= today + timedelta(days=366 * MOST_YEARS):
        raise Refused(lazy("Choose a last day to come, within ten years, or none."))


def _check_note(note: str) -> None:
    if not note.strip():
        raise Refused(lazy("Write down why, so that a colleague understands it later."))
