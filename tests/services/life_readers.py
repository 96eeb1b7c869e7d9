"""Who reads a letter of a life, said anew here, and what is counted of a letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from tests.factories import AnySession
from webapp.models import Host, Mail, User, Volunteer
from webapp.models.accounts import COORDINATOR, FOCAL_POINT

Due = Counter[tuple[str, str]]
VOLUNTEER, HOST, OFFICES = "volunteer", "host", "offices"
LINK = "a link"  # in place of the subject of a letter that carries one


def written(letters: Iterable[Mail]) -> Due:
    """Return the letters that were written, as they are counted."""
    return Counter((one.to, LINK if one.secrets else one.subject) for one in letters)


def mail_of(volunteer: Volunteer) -> str:
    """Return the address of a volunteer."""
    assert volunteer.user is not None
    return volunteer.user.email


class Readers:
    """The letters that are due, and the addresses of those who read them."""

    def __init__(self, session: AnySession) -> None:
        self.session, self.due = session, Due()

    def _add(self, people: Iterable[str | None], subject: str) -> None:
        self.due.update((one, subject) for one in people if one)

    def _people(self, audience: str, stay: Any, actor: User | None) -> list[str | None]:
        if audience == VOLUNTEER:
            return [mail_of(stay.volunteer)]
        if audience == HOST:
            return self._host(stay.assignment.host)
        vios = {stay.assignment.vio_id, stay.volunteer.vio_id}
        return self._offices(vios, actor)

    def _host(self, host: Host) -> list[str | None]:
        found = list(self.session.scalars(select(User.email).where(User.host_id == host.id, User.active)))
        return [*found] or [host.contact_email]

    def _offices(self, vios: set[int], actor: User | None) -> list[str | None]:
        own = {actor.vio_id} if actor is not None and actor.role in (COORDINATOR, FOCAL_POINT) else set()
        return [*self.session.scalars(select(User.email).where(User.vio_id.in_(vios - own), User.role == COORDINATOR))]

    def _deciding(self, vio_id: int, without: set[int | None]) -> list[str | None]:
        """Return coordinators and focal points of a VIO, without those who took part."""
        query = select(User).where(User.vio_id == vio_id, User.role.in_((COORDINATOR, FOCAL_POINT)))
        return [one.email for one in self.session.scalars(query) if one.id not in without]
