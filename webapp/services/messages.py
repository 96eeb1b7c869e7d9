"""Messages between the people of one placement: the volunteer, the host, and the offices on both ends."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import HostLink, Message, MessageMark, Placement, User
from webapp.models.messages import LONGEST_MESSAGE
from webapp.services.by_mail import asking, links
from webapp.services.correspondence import write_to_account
from webapp.services.errors import Refused
from webapp.services.letter_choices import is_day
from webapp.services.letter_kinds import MESSAGES
from webapp.services.placement_sight import readers_of
from webapp.services.stay_sides import HOST, VOLUNTEER, may_share, shared_with, side_of
from webapp.words import Words, counted, lazy

OPEN_AFTER = timedelta(days=90)  # how long one can write once the placement is over
TOLD_OF = timedelta(days=7)  # a letter tells of messages that are not older
LIGHT, AROUND = 14_000, 350  # bytes of messages on a page that has to stay small; those around the text of each


def closes_on(placement: Placement) -> date | None:
    """Return the last day on which one can write; None while the placement runs."""
    return placement.ended_at.date() + OPEN_AFTER if placement.ended_at else None


def is_closed(placement: Placement, today: date) -> bool:
    """Whether the messages can only be read."""
    last = closes_on(placement)
    return last is not None and last < today


def thread(session: Session, placement: Placement) -> list[Message]:
    """Return the messages of a placement, the first one first."""
    return list(session.scalars(select(Message).where(Message.placement_id == placement.id).order_by(Message.id)))


def part_of(session: Session, placement: Placement, before: int | None = None) -> tuple[list[Message], int | None]:
    """Return the newest messages below the id `before` that fit a light page, and the id below which older ones lie."""
    found = [one for one in thread(session, placement) if before is None or one.id < before]
    shown: list[Message] = []
    left = LIGHT
    for one in reversed(found):
        left -= len(one.text.encode()) + AROUND
        if shown and left < 0:
            return shown[::-1], shown[-1].id
        shown.append(one)
    return shown[::-1], None


def write(session: Session, account: User, placement: Placement, text: str, today: date | None = None) -> Message:
    """Send plain text to all others of the placement; Refused when that is long over, or the text empty or too long."""
    side = side_of(account, placement)
    if is_closed(placement, today or clock.today()):
        raise Refused(lazy("The placement has been over for a while, so its messages can only be read."))
    text = text.strip()
    if not text or len(text) > LONGEST_MESSAGE:
        raise Refused(lazy("Write between 1 and %(most)s characters.", most=LONGEST_MESSAGE))
    message = Message(
        placement_id=placement.id,
        author_id=account.id,
        side=side,
        author=_name(account, placement, side),
        text=text,
        sent_at=clock.now(),
    )
    session.add(message)
    session.flush()
    return message


def mark_read(session: Session, account: User, placement: Placement) -> int:
    """Note that the account has read everything up to now; return the newest message that it had read before."""
    newest = session.scalar(select(func.max(Message.id)).where(Message.placement_id == placement.id)) or 0
    before = session.scalar(select(_read(account, placement.id))) or 0
    link = session.get_one(HostLink, account.link_id) if account.link_id else None
    mark = link or _mark(session, account, placement)
    mark.read_id = newest
    session.flush()
    return before


def count_unread(session: Session, account: User, placement: Placement | None = None) -> int:
    """Return how many messages of others the account has not read, of one placement or of all that it may open."""
    query = unread(account)
    if placement is not None:
        query = query.where(Message.placement_id == placement.id)
    return session.scalar(query) or 0


def send_digests(session: Session, today: date | None = None) -> int:
    """Write to everybody who has new messages how many, once for each message and never what they say.

    Who wants this once a week hears of them on Monday.
    """
    since = clock.now() - TOLD_OF
    query = select(Placement).where(Placement.id.in_(select(Message.placement_id).where(Message.sent_at >= since)))
    new: dict[User, int] = {}
    by_mail = 0
    for placement in session.scalars(query.order_by(Placement.id)).all():
        by_mail += _tell_by_mail(session, placement)
        for account in _people(session, placement):
            if not is_day(session, account, MESSAGES, today or clock.today()):
                continue
            count = _count_untold(session, account, placement)
            if count:
                new[account] = new.get(account, 0) + count
    for account, count in new.items():
        write_to_account(session, account, MESSAGES, *_digest(count))
    return len(new) + by_mail


def _digest(count: int) -> tuple[Words, Words]:
    subject = counted("You have %(number)s new message", "You have %(number)s new messages", count)
    return subject, lazy("Sign in and open your placement to read and to answer.")


def _count_untold(session: Session, account: User, placement: Placement) -> int:
    """Return how many messages the account has neither read nor been told of, and note that it is told now."""
    mark = _mark(session, account, placement)
    seen = max(mark.read_id, mark.told_id)
    theirs = (Message.placement_id == placement.id, Message.id > seen, _of_others(account))
    count, newest = session.execute(select(func.count(), func.max(Message.id)).where(*theirs)).one()
    if count:
        mark.told_id = newest
    return int(count)


def _tell_by_mail(session: Session, placement: Placement) -> bool:
    """Ask for a letter to a host without an account where messages are new; they lie behind its link."""
    host = placement.assignment.host
    account = links.as_host(host)
    if not asking.answers_by_mail(session, host) or not may_share(session, account, placement):
        return False
    known = select(func.max(HostLink.read_id), func.max(HostLink.told_id)).where(HostLink.placement_id == placement.id)
    seen = max(number or 0 for number in session.execute(known).one())
    theirs = (Message.placement_id == placement.id, Message.id > seen, Message.side != HOST)
    newest = session.scalar(select(func.max(Message.id)).where(*theirs))
    if newest is None:
        return False
    asking.ask(session, placement.assignment, placement, "messages").told_id = newest
    return True


def _people(session: Session, placement: Placement) -> list[User]:
    """Return the accounts that may read the messages of a placement."""
    return [one for one in readers_of(session, placement) if may_share(session, one, placement)]


def unread(account: User) -> Select[int]:
    """Return the count of messages of others that the account has not read, of all placements that it may open."""
    return (
        select(func.count())
        .select_from(Message)
        .join(Placement, Placement.id == Message.placement_id)
        .where(shared_with(account), _of_others(account), Message.id > func.coalesce(_read(account), 0))
    )


def _read(account: User, placement_id: int | None = None) -> ScalarSelect[int]:
    """Return the newest message read of a placement, else of that of each message; behind one link it counts for all.

    What a host without an account has read stands with its links.
    """
    here = Message.placement_id if placement_id is None else placement_id
    if account.link_id:
        read = select(func.max(HostLink.read_id)).where(HostLink.placement_id == here)
    else:
        mine = (MessageMark.placement_id == here, MessageMark.user_id == account.id)
        read = select(MessageMark.read_id).where(*mine)
    return (read.correlate(Message) if placement_id is None else read).scalar_subquery()


def _of_others(account: User) -> ColumnElement[bool]:
    if account.link_id:
        return Message.side != HOST
    return or_(Message.author_id.is_(None), Message.author_id != account.id)


def _mark(session: Session, account: User, placement: Placement) -> MessageMark:
    query = select(MessageMark).where(MessageMark.placement_id == placement.id, MessageMark.user_id == account.id)
    found = session.scalar(query)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            session.add(MessageMark(placement_id=placement.id, user_id=account.id, read_id=0, told_id=0))
    except IntegrityError:
        pass  # another page of the same account was opened at this moment
    return session.scalars(query).one()


def _name(account: User, placement: Placement, side: str) -> str:
    """Return the sender's name; of an organization also whose it is."""
    if side == VOLUNTEER:
        return placement.volunteer.call_me or placement.volunteer.full_name
    where = placement.assignment.host.name if side == HOST else account.vio.name if account.vio else ""
    return f"{account.display_name} · {where}" if account.display_name else where
