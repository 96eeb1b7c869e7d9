"""Asking volunteers how it went on, 6 and 12 months after a placement, each once, by a link that works once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import FollowUp, Placement, User, Volunteer
from webapp.models.follow_ups import MONTHS
from webapp.models.placements import SERVED_STATES
from webapp.services import audit
from webapp.services.correspondence import write_to_volunteer
from webapp.services.debrief_questions import HELD
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import FOLLOW_UPS
from webapp.services.one_time_links import Link, hash_of, new_token
from webapp.services.placement_sight import relation_to
from webapp.words import Words, lazy

DAYS = {6: 182, 12: 365}  # after the end
LINK_DAYS = 60  # a link works; and so late a letter may still go
LONGEST_WORDS = 2000
QUESTIONS: dict[str, Words] = {
    "in_touch": lazy("Are you still in touch with people from there?"),
    "learned": lazy("Do you use what you learned there?"),
    "lasting": lazy("Does what you did there together go on, as far as you know?"),
}
ANSWERS = HELD

SUBJECT = lazy("How did it go on? %(months)s months after %(host)s")
BODY = lazy(
    "%(months)s months ago your placement at %(host)s ended: %(title)s. How did it go on? Three short questions, "
    "without signing in:\n\n%(link)s\n\nThe link works once, until %(day)s. If you do not want to be asked, say so "
    "there: we do not write again about this."
)


def ask_due(session: Session, now: datetime, link: Link) -> int:
    """Write to volunteers whose placement ended 6 or 12 months ago; return how many letters."""
    due = [(placement, months) for months in MONTHS for placement in _due(session, now, months)]
    for placement, months in due:
        token, token_hash = new_token()
        address = link(token)
        made = FollowUp(placement_id=placement.id, months=months, token_hash=token_hash, sent_at=now)
        session.add(made)
        audit.record(session, None, "follow_up_asked", made, placement.receiving_vio_id, months=months)
        values = {
            "months": months,
            "host": placement.assignment.host.name,
            "title": placement.assignment.title,
            "link": address,
            "day": (now + timedelta(days=LINK_DAYS)).date(),
        }
        words = Words(SUBJECT.text, values), Words(BODY.text, values)
        write_to_volunteer(session, placement.volunteer, FOLLOW_UPS, *words, secrets=[address])
    return len(due)


def find(session: Session, token: str) -> FollowUp:
    """Return what lies behind a link; NotFound where nothing does, Refused with kind words where it is over."""
    query = select(FollowUp).where(FollowUp.token_hash == hash_of(token))
    found = session.scalar(query.with_for_update(of=FollowUp))
    if found is None:
        raise NotFound
    if found.answered_at is not None:
        raise Refused(lazy("You have answered already. Thank you: nothing more is asked of you."))
    if found.sent_at + timedelta(days=LINK_DAYS) <= clock.now():
        raise Refused(lazy("This link is too old. If you still want to answer, write to the office."))
    return found


def answer(session: Session, found: FollowUp, says: Mapping[str, str], words: str) -> None:
    """Keep the three answers and words."""
    if set(says) != set(QUESTIONS) or any(code not in ANSWERS for code in says.values()):
        raise Refused(lazy("Answer each of the three questions. “I cannot say” is an answer too."))
    if len(words) > LONGEST_WORDS:
        raise Refused(lazy("This is too long: write at most %(most)s characters.", most=LONGEST_WORDS))
    found.says, found.words, found.answered_at = dict(says), words.strip(), clock.now()
    audit.record(session, None, "follow_up_answered", found, found.placement.receiving_vio_id)


def decline(session: Session, found: FollowUp) -> None:
    """Keep that the person is not to be asked again about this placement."""
    found.is_declined, found.answered_at = True, clock.now()
    audit.record(session, None, "follow_up_declined", found, found.placement.receiving_vio_id)


def answered(session: Session, account: User, placement: Placement) -> list[FollowUp]:
    """Return what was answered, to coordinators of both offices; nothing to others."""
    if relation_to(account, "debrief.read", placement) is None:
        return []
    query = select(FollowUp).where(FollowUp.placement_id == placement.id, FollowUp.answered_at.is_not(None))
    return list(session.scalars(query.where(~FollowUp.is_declined).order_by(FollowUp.months)))


def _due(session: Session, now: datetime, months: int) -> list[Placement]:
    latest = now - timedelta(days=DAYS[months])
    about = FollowUp.placement_id == Placement.id
    query = select(Placement).join(Volunteer, Volunteer.id == Placement.volunteer_id)
    query = query.where(
        Placement.state.in_(SERVED_STATES),
        Placement.ended_at <= latest,
        Placement.ended_at > latest - timedelta(days=LINK_DAYS),
        Volunteer.user_id.is_not(None),
        ~exists().where(about, FollowUp.months == months),
        ~exists().where(about, FollowUp.is_declined),
    )
    return list(session.scalars(query.order_by(Placement.id)))
