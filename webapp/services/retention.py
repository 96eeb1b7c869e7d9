"""What is thrown away, and when. The job runs it once a day; retention_words says the same in words."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select
from sqlalchemy.orm import Session

from webapp.db import Sessions, begin_reading
from webapp.models import (
    Application,
    Assignment,
    Bond,
    BondMember,
    CheckIn,
    CommunityAsk,
    Host,
    HostLink,
    Invitation,
    JointOffer,
    Mail,
    MatchInvitation,
    Mentorship,
    Message,
    MessageMark,
    Placement,
    Reminder,
    Review,
    User,
    Vio,
    Volunteer,
)
from webapp.services import (
    audit,
    claims,
    clearance_forgetting,
    documents,
    file_looks,
    letters,
    old_matches,
    profile_links,
    sign_in,
    signed_in,
)
from webapp.services.bars import bar_retention
from webapp.services.imports import keeping as lists_kept
from webapp.services.recruitment import keeping
from webapp.services.recruitment.keeping import A_MONTH
from webapp.services.replay import forgetting
from webapp.services.roll_calls import listing
from webapp.services.safeguarding import safety_retention

log = logging.getLogger(__name__)
Rule = Callable[[Session], int]
KEPT_DAYS = 30
A_YEAR_DAYS = 366
MATCHES = "old_matches"


def clear(sessions: Sessions, now: datetime, imports_dir: Path, documents_dir: Path) -> dict[str, int]:
    """Throw away what is due on `now`, rule by rule, each in a transaction of its own; return how much of each kind.

    A rule that fails is logged and tried again the next night; it keeps no other one from its turn.
    """
    thrown: dict[str, int] = {}
    for name, rule in _rules(now, imports_dir, documents_dir).items():
        with _logged(name):
            with sessions() as session:
                number = rule(session)
            thrown[name] = number
    with _logged(MATCHES):  # of these there may be half a million: in many transactions
        thrown[MATCHES] = old_matches.forget(sessions, now)
    return thrown


@contextmanager
def _logged(name: str) -> Iterator[None]:
    try:
        yield
    except Exception:
        log.exception("could not throw away what is due", extra={"facts": {"rule": name}})


class _Undone(Exception):
    """Takes back what a rule did in a trial."""


def foresee(sessions: Sessions, now: datetime) -> dict[str, int]:
    """Return how much of each kind `clear` would throw away on `now`; nothing goes. Files that no row names count not.

    Each rule is followed and then taken back; files wait for a commit that does not come.
    """
    found = {}
    with TemporaryDirectory() as nowhere:
        for name, rule in _rules(now, Path(nowhere), Path(nowhere)).items():
            with suppress(_Undone), sessions() as session:
                found[name] = rule(session)
                raise _Undone
    with sessions() as session:
        begin_reading(session)
        found[MATCHES] = old_matches.number(session, now)
    return found


def _rules(now: datetime, imports_dir: Path, documents_dir: Path) -> dict[str, Rule]:
    before = now - timedelta(days=KEPT_DAYS)
    return {
        "unclaimed": lambda session: _by_vio(session, _unclaimed, now),
        "unconfirmed": lambda session: _unconfirmed(session, before),
        "imports": lambda session: lists_kept.forget_lists(session, now, imports_dir),
        "list_rows": lambda session: lists_kept.forget_rows(session, now),
        "invitations": lambda session: _invitations(session, before),
        "bonds": lambda session: _bonds(session, before),
        "references": lambda session: keeping.forget_references(session, now),
        "recruitment": lambda session: _by_vio(session, keeping.forget_recruitment, now),
        "stays": lambda session: _by_vio(session, _stays, now),
        "community": lambda session: _community(session, before),
        "host_links": lambda session: _rows(
            session, delete(HostLink).where(HostLink.asked_at < now - timedelta(days=A_YEAR_DAYS))
        ),
        "mentorships": lambda session: _mentorships(session, now - timedelta(days=A_YEAR_DAYS)),
        "signed_in": signed_in.forget,
        "letters": lambda session: _letters(session, before),
        "documents": lambda session: documents.throw_away(session, now, documents_dir),
        "clearances": lambda session: clearance_forgetting.forget(session, now),
        "reminders": lambda session: _reminders(session, now - timedelta(days=A_YEAR_DAYS)),
        "bars": lambda session: bar_retention.forget(session, now),
        "roll_calls": lambda session: listing.forget(session, now),
        "file_looks": lambda session: file_looks.forget(session, now),
        "run_inputs": lambda session: forgetting.forget_old(session, now),
        "failures": sign_in.forget_old_failures,
        "incidents": lambda session: safety_retention.forget_incidents(session, now),
        "reports": lambda session: safety_retention.forget_reports(session, now),
        "help_calls": lambda session: safety_retention.forget_help_calls(session, now),
        "support": lambda session: safety_retention.forget_support(session, now),
    }


def _by_vio(session: Session, rule: Callable[[Session, Vio, datetime], int], now: datetime) -> int:
    """Follow a rule whose time each VIO sets."""
    return sum(rule(session, vio, now) for vio in session.scalars(select(Vio)).all())


def _rows(session: Session, statement: object) -> int:
    return int(session.execute(statement).rowcount)  # type: ignore[call-overload]


def _unclaimed(session: Session, vio: Vio, now: datetime) -> int:
    """Delete the VIO's unclaimed profiles without change, review or invitation since its months began."""
    since = now - vio.retention_months * A_MONTH
    reviewed = exists().where(Review.volunteer_id == Volunteer.id, Review.at >= since)
    invited = exists().where(MatchInvitation.volunteer_id == Volunteer.id, MatchInvitation.sent_at >= since)
    query = (
        select(Volunteer)
        .where(
            Volunteer.vio_id == vio.id, Volunteer.user_id.is_(None), Volunteer.updated_at < since, ~reviewed, ~invited
        )
        .where(~_has_applied())
    )
    gone = list(session.scalars(query))
    for volunteer in gone:
        claims.delete_unclaimed(session, volunteer)
    profile_links.drop_letters_to(session, vio.name, [one.email for one in gone if one.email])
    if gone:
        audit.record(session, None, "retention_unclaimed", vio, vio.id, people=len(gone))
    return len(gone)


def _has_applied() -> ColumnElement[bool]:
    """Return the condition that a volunteer has applied: offers and placements hang on it, and no clock ends those."""
    return exists().where(Application.volunteer_id == Volunteer.id)


def _unconfirmed(session: Session, before: datetime) -> int:
    """Delete accounts that nobody confirmed, with letters to them; a host goes too where nothing else hangs on it."""
    applied = exists().where(Volunteer.user_id == User.id, _has_applied())
    query = select(User).where(User.confirmed_at.is_(None), User.created_at < before, ~applied)
    gone = list(session.scalars(query))
    for account in gone:
        host_id = account.host_id
        session.execute(delete(Mail).where(Mail.user_id == account.id))
        if account.volunteer is not None:
            session.delete(account.volunteer)
            session.flush()
        session.delete(account)
        session.flush()
        if host_id is not None:
            _drop_empty_host(session, host_id)
    return len(gone)


def _drop_empty_host(session: Session, host_id: int) -> None:
    hanging = (
        select(User.id).where(User.host_id == host_id),
        select(Assignment.id).where(Assignment.host_id == host_id),
        select(Invitation.id).where(Invitation.host_id == host_id),
    )
    host = session.get_one(Host, host_id)
    if host.state == "unverified" and all(session.scalar(query.limit(1)) is None for query in hanging):
        session.delete(host)
        session.flush()


def _reminders(session: Session, before: datetime) -> int:
    return _rows(session, delete(Reminder).where(Reminder.sent_at < before))


def _stays(session: Session, vio: Vio, now: datetime) -> int:
    """Delete what the people of the VIO's placements wrote to one another and answered, when its months are over."""
    since = now - vio.retention_months * A_MONTH
    over = select(Placement.id).where(Placement.receiving_vio_id == vio.id, Placement.ended_at < since)
    tables = (Message, MessageMark, CheckIn)
    return sum(_rows(session, delete(table).where(table.placement_id.in_(over))) for table in tables)


def _invitations(session: Session, before: datetime) -> int:
    old = or_(Invitation.accepted_at < before, Invitation.expires_at < before)
    return _rows(session, delete(Invitation).where(old))


def _bonds(session: Session, before: datetime) -> int:
    """Delete who was to go with whom where it came to nothing; offers made together keep theirs."""
    offered = exists().where(JointOffer.bond_id == Bond.id)
    works = exists().where(BondMember.bond_id == Bond.id, BondMember.expires_at >= before)
    over = or_(and_(Bond.state == "ended", Bond.state_at < before), and_(Bond.state == "asked", ~works))
    gone = list(session.scalars(select(Bond.id).where(over, ~offered)))
    session.execute(delete(BondMember).where(BondMember.bond_id.in_(gone)))
    return _rows(session, delete(Bond).where(Bond.id.in_(gone)))


def _community(session: Session, before: datetime) -> int:
    old = or_(CommunityAsk.used_at < before, CommunityAsk.expires_at < before)
    return _rows(session, delete(CommunityAsk).where(old))


def _letters(session: Session, before: datetime) -> int:
    unsent = or_(Mail.stays_here, letters.GIVEN_UP) & Mail.sent_at.is_(None) & (Mail.created_at < before)
    return _rows(session, delete(Mail).where(or_(Mail.sent_at < before, unsent)))


def _mentorships(session: Session, before: datetime) -> int:
    over = (Mentorship.state.in_(("declined", "ended")), Mentorship.state_at < before)
    return _rows(session, delete(Mentorship).where(*over))
