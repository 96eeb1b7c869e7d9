"""A profile that bears marks of a bar. The same address or number: the bar holds. The same name: a person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp import clock
from webapp.models import Bar, BarLikeness, BarMark, User, Volunteer
from webapp.services import audit
from webapp.services.bars import bar_letters, effects, marks, sight
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.words import lazy


def look(session: Session, vio_id: int, people: Iterable[Volunteer]) -> None:
    """Look whether profiles of a VIO that were made or changed bear marks of a bar that stands in it."""
    session.flush()
    standing = select(Bar.id).where(Bar.vio_id == vio_id, Bar.state == "standing")
    if session.scalar(standing.limit(1)) is not None:
        for volunteer in people:
            _look_at(session, volunteer, standing)


def look_back(session: Session, bar: Bar) -> None:
    """Look whether profiles that the VIO had before bear the marks of a new bar.

    An address counts once it was confirmed; until then anybody may have typed it.
    """
    of_bar = select(BarMark.kind, BarMark.hash).where(BarMark.bar_id == bar.id)
    kept = {(kind, value) for kind, value in session.execute(of_bar)}
    person = Volunteer
    facts = (person.email, User.email, person.phone, person.full_name, person.residence)
    query = select(person.id, *facts).outerjoin(User, User.id == person.user_id)
    query = query.where(person.vio_id == bar.vio_id, person.id.is_distinct_from(bar.volunteer_id))
    query = query.where(or_(person.user_id.is_(None), User.confirmed_at.is_not(None))).order_by(person.id)
    rows = session.execute(query).all()  # no objects: an office may have a hundred thousand people
    for row in rows:
        kinds = {kind for kind, _value in kept & marks.marks_of_facts(session, bar.vio_id, marks.Facts(*row[1:]))}
        if kinds:
            volunteer = session.get_one(Volunteer, row[0])
            _hold(session, volunteer, bar)
            _note(session, bar, volunteer, kinds)


def _look_at(session: Session, volunteer: Volunteer, standing: Select[int]) -> None:
    others = standing.where(Bar.volunteer_id.is_distinct_from(volunteer.id))
    hashes = [value for _kind, value in marks.marks_of(session, volunteer)]
    found: dict[int, set[str]] = defaultdict(set)
    for one in session.scalars(select(BarMark).where(BarMark.hash.in_(hashes), BarMark.bar_id.in_(others))):
        found[one.bar_id].add(one.kind)
    for bar_id, kinds in found.items():
        bar = session.get_one(Bar, bar_id)
        _hold(session, volunteer, bar)
        if bar.state == "standing":  # it may have been lifted while we waited
            _note(session, bar, volunteer, kinds)


def _note(session: Session, bar: Bar, volunteer: Volunteer, kinds: set[str]) -> None:
    """Keep what is the same; what somebody has decided stays decided."""
    query = select(BarLikeness).where(BarLikeness.bar_id == bar.id, BarLikeness.volunteer_id == volunteer.id)
    kept = session.scalar(query)
    if kept is None:
        kept = BarLikeness(vio_id=bar.vio_id, bar=bar, volunteer=volunteer, state="waiting", made_at=clock.now())
        kept.kinds = sorted(kinds)
        session.add(kept)
        audit.record(session, None, "bar_likeness_waiting", kept, kinds=kept.kinds)
    kept.kinds = sorted(kinds)
    if kept.state == "waiting" and kinds & marks.STRONG:
        move(session, None, kept, "same", kinds=kept.kinds)
        _stop(session, None, kept)


def decide(
    session: Session, account: User, likeness: BarLikeness, is_same: bool, note: str, is_answer: bool = False
) -> None:
    """Say as a person who looked whether this is the barred person; one that was taken for them is freed.

    They are told, but where it `is_answer` to their appeal: then the answer says so.
    """
    sight.check_decides(account, likeness.vio_id)
    if not note.strip():
        raise Refused(lazy("Write down what you looked at."))
    _hold(session, likeness.volunteer, likeness.bar)
    hold(session, likeness)
    sight.check_stands(likeness.bar)
    was_stopped = likeness.state == "same"
    move(session, account, likeness, "same" if is_same else "other", by="person")
    likeness.note, likeness.decided_by_id, likeness.decided_at = note.strip(), account.id, clock.now()
    if is_same:
        _stop(session, account, likeness)
    else:
        session.flush()
        is_free = effects.let_one_go(session, account, likeness.bar, likeness.volunteer)
        if was_stopped and is_free and not is_answer:
            bar_letters.tell_not_meant(session, likeness.bar, likeness.volunteer)


def _hold(session: Session, volunteer: Volunteer, bar: Bar) -> None:
    """Hold what a stop touches: whoever makes an offer or begins a stay goes first, or sees it."""
    effects.hold_everything(session, volunteer)
    hold(session, bar)


def _stop(session: Session, account: User | None, likeness: BarLikeness) -> None:
    volunteer = likeness.volunteer
    volunteer.barred_at = clock.now()
    session.flush()
    stopped = effects.stop(session, account, likeness.bar, volunteer)
    bar_letters.tell_again(session, likeness.bar, volunteer, *stopped)


def likeness_for(session: Session, account: User, likeness_id: int) -> BarLikeness:
    """Return one likeness to those of the own VIO who decide."""
    found = session.get(BarLikeness, likeness_id)
    if found is None:
        raise NotFound
    sight.check_decides(account, found.vio_id)
    return found


def of_vio(session: Session, account: User) -> list[BarLikeness]:
    """Return the VIO's likenesses to bars that stand, those that wait for a person first."""
    query = select(BarLikeness).join(Bar, Bar.id == BarLikeness.bar_id)
    query = query.where(BarLikeness.vio_id == account.vio_id, Bar.state == "standing", BarLikeness.state != "other")
    query = query.options(selectinload(BarLikeness.volunteer))
    return list(session.scalars(query.order_by(BarLikeness.state != "waiting", BarLikeness.id)))


def waiting(account: User) -> Select[int, datetime]:
    """Return the VIO's likenesses that wait for a person, with since when, the oldest first."""
    query = select(BarLikeness.id, BarLikeness.made_at).join(Bar, Bar.id == BarLikeness.bar_id)
    query = query.where(BarLikeness.vio_id == account.vio_id, BarLikeness.state == "waiting", Bar.state == "standing")
    return query.order_by(BarLikeness.made_at, BarLikeness.id)
