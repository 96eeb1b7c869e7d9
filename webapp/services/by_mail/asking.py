"""When a host without an account has something to do, a link is asked for; the job sends it with a letter."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, Host, HostLink, Placement, User
from webapp.services import audit
from webapp.services.by_mail.events import kind_of, standing, told_of, with_event
from webapp.services.by_mail.letters import letter
from webapp.services.correspondence import has_accounts, write_to_host
from webapp.services.delegations import at_own_work
from webapp.services.errors import NotFound, Refused
from webapp.services.letters import write_letter
from webapp.services.one_time_links import Link, new_token
from webapp.services.readers import without_account
from webapp.words import Words, joined, lazy

DAYS = 21  # a link works
BETWEEN = timedelta(hours=1)  # between two letters that somebody asks for
WAITS = (HostLink.sent_at.is_(None), HostLink.ended_at.is_(None))
WRITE = lazy("You need no account for it: write to %(office)s, %(address)s.")


def answers_by_mail(session: Session, host: Host) -> bool:
    """Whether the organization answers by links: it has a contact address, and nobody of it can sign in."""
    return bool(host.contact_email) and not has_accounts(session, host)


def tell_to_act(
    session: Session,
    assignment: Assignment,
    event: str,
    kind: str,
    subject: Words,
    body: Words,
    placement: Placement | None = None,
) -> None:
    """Tell a host that there is something to do: with these words where it signs in, else with a link and its own."""
    if answers_by_mail(session, assignment.host):
        ask(session, assignment, placement, event)
    else:
        write_to_host(session, assignment.host, kind, subject, body)


def tell_to_write(session: Session, host: Host, kind: str, subject: Words, body: Words, by_mail: Words) -> None:
    """Tell a host of what has no page behind a link: who cannot sign in reads `by_mail`, and whom to write to."""
    if answers_by_mail(session, host):
        body = joined((by_mail, lazy(WRITE.text, office=host.vio.name, address=host.vio.contact_email)))
    write_to_host(session, host, kind, subject, body)


def ask(session: Session, assignment: Assignment, placement: Placement | None = None, event: str = "") -> HostLink:
    """Ask for a letter with a link that tells of `event`; one that waits already and has not gone yet tells of both."""
    session.flush()
    waiting = _about(assignment.id, placement.id if placement else None)
    waiting = waiting.where(*WAITS).with_for_update().execution_options(populate_existing=True)
    found = session.scalars(waiting).first()
    if found is None:
        try:
            with session.begin_nested():
                session.add(_link(assignment, placement))
        except IntegrityError:
            pass  # somebody else has asked at this moment
        found = session.scalars(waiting).one()
    found.events = with_event(found.events, event)
    session.flush()
    session.info["wake"] = True
    return found


def _link(assignment: Assignment, placement: Placement | None) -> HostLink:
    host = assignment.host
    made = HostLink(host_id=host.id, assignment_id=assignment.id, email=host.contact_email or "", asked_at=clock.now())
    made.placement_id = placement.id if placement else None
    return made


def ask_again(session: Session, found: HostLink, account: User | None = None) -> HostLink:
    """Ask for the letter once more, to the address that the office knows now; at most once an hour."""
    host = found.host
    if not answers_by_mail(session, host):
        raise Refused(lazy("This organization signs in now, or it has no address. No link is sent any more."))
    if host.suspended_at is not None and (found.placement is None or found.placement.state == "preparing"):
        raise Refused(lazy("The work of this organization is paused, so no link is sent. Ask again when it goes on."))
    newest = session.scalars(
        _about(found.assignment_id, found.placement_id).order_by(HostLink.id.desc()).limit(1)
    ).one()
    if clock.now() - (newest.sent_at or newest.asked_at) < BETWEEN:
        raise Refused(lazy("A letter went out less than an hour ago. Look at the newest one, also among the spam."))
    made = ask(session, found.assignment, found.placement)
    audit.record(session, account, "host_link_asked", made, host.vio_id)
    return made


def send_due(session: Session, link: Link) -> int:
    """Write the letters that were asked for; each takes the place of the older ones. Return how many.

    While a host is suspended only stays that have begun go on: other letters rest until that is lifted. What another
    process writes, or adds to, at this moment is left to it: no letter goes twice.
    """
    query = select(HostLink).join(Host, Host.id == HostLink.host_id).outerjoin(HostLink.placement)
    goes_on = or_(Host.suspended_at.is_(None), Placement.state != "preparing")
    query = query.where(*WAITS, goes_on).order_by(HostLink.id).with_for_update(skip_locked=True, of=HostLink)
    found = session.scalars(query.execution_options(populate_existing=True)).all()
    return sum(_send(session, one, link) for one in found)


def links_of(session: Session, account: User, host: Host) -> list[HostLink]:
    """Return the newest link for each assignment and stay of a host, to a coordinator of its VIO."""
    newest = select(func.max(HostLink.id)).where(HostLink.host_id == host.id)
    newest = newest.group_by(HostLink.assignment_id, HostLink.placement_id)
    query = select(HostLink).join(Host).where(HostLink.id.in_(newest), at_own_work(account, HostLink.assignment_id))
    return list(session.scalars(query.order_by(HostLink.id.desc())))


def link_of(session: Session, account: User, host: Host, link_id: int) -> HostLink:
    """Return a link of the host to a coordinator of its VIO."""
    found = next((one for one in links_of(session, account, host) if one.id == link_id), None)
    if found is None:
        raise NotFound
    return found


def _send(session: Session, found: HostLink, link: Link) -> bool:
    now, (token, token_hash) = clock.now(), new_token()
    until = now + timedelta(days=DAYS)
    stands = standing(session, found.assignment_id)
    told = told_of(found, stands)
    if not told or not answers_by_mail(session, found.host):
        found.ended_at = now  # what it tells of is over, or somebody of the organization signs in since
        return False
    found.sent_at, found.expires_at, found.token_hash = now, until, token_hash
    found.email = found.host.contact_email or ""
    older = _about(found.assignment_id, found.placement_id).where(HostLink.id < found.id, HostLink.ended_at.is_(None))
    for one in session.scalars(older):
        one.ended_at = now
    audit.record(session, None, "host_link_sent", found, found.host.vio_id)
    address = link(token)
    words = letter(found, told, stands, address, until)
    write_letter(session, without_account(found.email, found.host.vio), kind_of(told), *words, secrets=[address])
    return True


def _about(assignment_id: int, placement_id: int | None) -> Select[HostLink]:
    same = HostLink.placement_id.is_(None) if placement_id is None else HostLink.placement_id == placement_id
    return select(HostLink).where(HostLink.assignment_id == assignment_id, same)
