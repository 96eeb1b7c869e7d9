"""What lies behind a host's link, and as whom one acts there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Host, HostLink, User
from webapp.models.accounts import HOST
from webapp.services.correspondence import has_accounts
from webapp.services.errors import NotFound, Refused
from webapp.services.one_time_links import hash_of
from webapp.words import lazy


def find(session: Session, token: str) -> HostLink:
    """Return the link of a token, whether it still works or not; NotFound where there is none."""
    found = session.scalar(select(HostLink).where(HostLink.token_hash == hash_of(token)))
    if found is None:
        raise NotFound
    return found


def check_works(session: Session, found: HostLink) -> None:
    """Raise Refused, with kind words, where the page behind a link does not open any more."""
    if has_accounts(session, found.host):
        raise Refused(lazy("Your organization has an account now. Sign in with it: everything is there."))
    if found.email != found.host.contact_email:
        raise Refused(lazy("Your organization has another address now. The link went to the old one, so it is closed."))
    if found.ended_at is not None:
        raise Refused(lazy("We have sent you a newer letter. Use the link in that one."))
    if not found.works(clock.now()):
        raise Refused(lazy("This link is too old. What you have answered is kept."))


def host_by(found: HostLink) -> User:
    """Return the host as services know one: a User that is never stored, so nobody can sign in with it.

    What it does stands in the audit trail with the number of the link, and without an account.
    """
    account = as_host(found.host)
    account.email, account.link_id = found.email, found.id
    return account


def as_host(host: Host) -> User:
    """Return an organization as services know a host, to ask what it may see."""
    return User(role=HOST, host_id=host.id, vio_id=host.vio_id)


def masked(address: str) -> str:
    """Return an address so that its owner knows it and nobody else learns it, such as a…@h….example."""
    name, _at, domain = address.partition("@")
    _first, dot, last = domain.rpartition(".")
    return f"{name[:1]}…@{domain[:1]}…{dot}{last if dot else ''}"


def told(session: Session, link_id: int) -> str:
    """Return to whom a link was sent, masked, for the audit trail; blank where it is kept no longer."""
    found = session.get(HostLink, link_id)
    return masked(found.email) if found else ""
