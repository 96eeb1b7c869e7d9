"""Supporters: named for a placement, outside its line; what they and the volunteer write, nobody else reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, selectinload

from webapp import clock
from webapp.models import Placement, SupporterLink, SupportMessage, SupportPrompt, User, Volunteer
from webapp.models.accounts import SUPPORTER
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import audit
from webapp.services.correspondence import write_to_account, write_to_volunteer
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import SAFETY
from webapp.services.placement_sight import seen_by
from webapp.services.relations import OWN_PROFILE, relations
from webapp.services.safeguarding import people
from webapp.words import lazy

NAME = "safety_people.keep"  # the action in the table of permissions
SOON = timedelta(days=30)  # before the first day: the supporter writes two weeks before it


@dataclass(frozen=True)
class Supported:
    """A placement of the VIO's own volunteer, and who stands beside the person."""

    placement: Placement
    link: SupporterLink | None

    @property
    def is_supported(self) -> bool:
        """Whether somebody is there who reads what the person writes."""
        return self.link is not None and is_there(self.link)


def placements_of(session: Session, account: User) -> list[Supported]:
    """Return the running placements of the account's own VIO's volunteers, the first to begin first."""
    relations(account, NAME)
    query = select(Placement).where(seen_by(account, NAME), Placement.state.in_(RUNNING_PLACEMENT_STATES))
    beside = (selectinload(Placement.volunteer), selectinload(Placement.assignment))
    found = list(session.scalars(query.order_by(Placement.starts_on, Placement.id).options(*beside)))
    standing = (
        select(SupporterLink).where(SupporterLink.ended_at.is_(None)).options(selectinload(SupporterLink.supporter))
    )
    links = session.scalars(standing.where(SupporterLink.placement_id.in_([one.id for one in found])))
    by_placement = {link.placement_id: link for link in links}
    return [Supported(one, by_placement.get(one.id)) for one in found]


def standing(session: Session, placement: Placement) -> SupporterLink | None:
    """Return the link that stands for a placement."""
    query = select(SupporterLink).where(SupporterLink.placement_id == placement.id, SupporterLink.ended_at.is_(None))
    return session.scalar(query)


def name(session: Session, account: User, placement_id: int, supporter_id: int) -> SupporterLink:
    """Name a supporter for a placement in the place of an earlier one, and tell both."""
    chosen = [one for one in placements_of(session, account) if one.placement.id == placement_id]
    supporter = next((one for one in people.supporters(session, account.vio_id or 0) if one.id == supporter_id), None)
    if not chosen or supporter is None:
        raise NotFound
    before = chosen[0].link
    if before is not None and before.supporter_id == supporter.id:
        return before
    if before is not None:
        before.ended_at = clock.now()
        audit.record(session, account, "supporter_ended", before)
        if is_there(before):
            words = lazy(
                "Somebody else stands beside one of your volunteers from now on. Thank you for having done so."
            )
            write_to_account(session, before.supporter, SAFETY, lazy("One volunteer less for you"), words)
    placement = chosen[0].placement
    link = SupporterLink(
        placement=placement, supporter=supporter, named_by_id=account.id, created_at=clock.now(), ended_at=None
    )
    session.add(link)
    audit.record(session, account, "supporter_named", link)
    _introduce(session, link)
    return link


def _introduce(session: Session, link: SupporterLink) -> None:
    subject = lazy("You have a supporter")
    body = lazy(
        "%(name)s stands beside you, from before you leave until after you are home. You can write to each other in "
        "Caravanserai, under My supporter. Nobody else reads it: not your coordinator, not your host.",
        name=link.supporter.display_name or "",
    )
    write_to_volunteer(session, link.placement.volunteer, SAFETY, subject, body)
    words = lazy("You are asked to stand beside one more volunteer. Sign in to see who it is.")
    write_to_account(session, link.supporter, SAFETY, lazy("One more volunteer for you"), words)


def links_of(session: Session, account: User) -> list[SupporterLink]:
    """Return for whom a supporter stands, or who stood beside a volunteer: the newest first."""
    query = select(SupporterLink).where(_mine(account)).order_by(SupporterLink.id.desc())
    stay = selectinload(SupporterLink.placement)
    beside = (stay.selectinload(Placement.volunteer), stay.selectinload(Placement.assignment))
    threads = (selectinload(SupporterLink.messages), selectinload(SupporterLink.prompts))
    return list(session.scalars(query.options(*beside, *threads)))


def link_for(session: Session, account: User, link_id: int) -> SupporterLink:
    """Return a thread to its supporter while the link stands, or to its volunteer."""
    link = session.scalar(select(SupporterLink).where(SupporterLink.id == link_id, _mine(account)))
    if link is None:
        raise NotFound
    return link


def _mine(account: User) -> ColumnElement[bool]:
    own = select(Placement.id).join(Volunteer, Volunteer.id == Placement.volunteer_id)
    in_queries = {
        "supporter_of": and_(SupporterLink.supporter_id == account.id, SupporterLink.ended_at.is_(None)),
        OWN_PROFILE: SupporterLink.placement_id.in_(own.where(Volunteer.user_id == account.id)),
    }
    return or_(*(in_queries[one] for one in relations(account, "support.read")))


def write(session: Session, account: User, link_id: int, text: str) -> SupportMessage:
    """Write to the other of the two, who gets a letter that says no more than that."""
    link = link_for(session, account, link_id)
    if link.ended_at is not None:
        raise Refused(lazy("This supporter no longer stands beside you. Write to your new one."))
    if not is_there(link):
        raise Refused(
            lazy(
                "This supporter is not here any more, so nobody would read it. Your office names somebody new. Press "
                "“I need help” if it cannot wait."
            )
        )
    message = SupportMessage(author_id=account.id, text=text, at=clock.now())
    link.messages.append(message)
    session.flush()
    subject, body = lazy("Somebody wrote to you"), lazy("Sign in to Caravanserai to read it. Nobody else can.")
    if account.role == SUPPORTER:
        for prompt in open_prompts(link):
            prompt.answered_at = message.at
        write_to_volunteer(session, link.placement.volunteer, SAFETY, subject, body)
    else:
        write_to_account(session, link.supporter, SAFETY, subject, body)
    return message


def is_there(link: SupporterLink) -> bool:
    """Whether the supporter still has an account as one, and so reads what is written."""
    return link.supporter.active and link.supporter.role == SUPPORTER


def lacking(account: User, today: date) -> Select[int, date]:
    """Return the stays of the VIO's volunteers that run or begin soon and have no supporter who is there."""
    stands = (SupporterLink.placement_id == Placement.id, SupporterLink.ended_at.is_(None))
    reads = (User.id == SupporterLink.supporter_id, User.active, User.role == SUPPORTER)
    query = select(Placement.id, Placement.starts_on).where(
        Placement.sending_vio_id == account.vio_id,
        Placement.state.in_(RUNNING_PLACEMENT_STATES),
        Placement.starts_on <= today + SOON,
        ~exists().where(*stands, *reads),
    )
    return query.order_by(Placement.starts_on, Placement.id)


def open_prompts(link: SupporterLink) -> list[SupportPrompt]:
    """Return the times to write that the supporter has not answered, oldest first."""
    return [prompt for prompt in link.prompts if prompt.answered_at is None]


def count_waiting(session: Session, account: User) -> int:
    """Return how many people wait for their supporter: it is time to write, or theirs is the last word."""
    return sum(1 for link in links_of(session, account) if open_prompts(link) or is_last_word_theirs(link))


def is_last_word_theirs(link: SupporterLink) -> bool:
    """Whether the volunteer wrote last."""
    return bool(link.messages) and link.messages[-1].author_id != link.supporter_id
