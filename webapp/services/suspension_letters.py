"""Who is told what when a host is suspended or goes on. Why it was suspended is told to nobody outside the office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from webapp.models import Application, Host, HostSuspension, Placement, User, Volunteer
from webapp.services.correspondence import write_to_coordinators, write_to_host, write_to_volunteer
from webapp.services.letter_kinds import OFFERS, PUBLISHING
from webapp.words import Words, joined, lazy

if TYPE_CHECKING:
    from webapp.services.suspensions import Effect

# For each volunteer: what a pause means for what they have with the host.
MEANS: dict[str, Words] = {
    "waiting": lazy(
        "Your application “%(title)s” stays where it is. It does not count against you, and you can withdraw it. We "
        "write as soon as we know more."
    ),
    "offers": lazy(
        "The offer of a place, “%(title)s”, is taken back for now, because nobody can promise you this place at "
        "present. Your application stays. We can offer again once the pause is over."
    ),
    "preparing": lazy(
        "Your placement, “%(title)s”, cannot begin while the pause lasts. Do not buy tickets now. We write as soon as "
        "we know more."
    ),
    "under_way": lazy(
        "You are on a placement there: “%(title)s”. We look at it now and call or write to you. Nothing ends by itself."
    ),
}
CLOSING = lazy(
    "This says nothing about you. If you do not feel safe or need somebody, sign in and press “I need help”, or write "
    "to %(vio)s: %(email)s"
)
GOES_ON = lazy(
    "The pause with %(host)s is over. What you have there goes on: %(titles)s.\n\nIf you wait for an answer, the new "
    "day stands with your application. You can also withdraw it; that never counts against you."
)


def tell_of_suspension(session: Session, account: User, made: HostSuspension, found: Effect) -> None:
    """Write to the host, to each volunteer once, and to other offices whose people are there."""
    host = made.host
    write_to_host(
        session,
        host,
        PUBLISHING,
        lazy("The work with %(host)s is paused", host=host.name),
        lazy(
            "%(vio)s has suspended %(host)s from today. Your assignments cannot be found, and nobody can apply, until "
            "this is lifted. Nothing is deleted.\n\n%(words)s\n\nPeople who are with you now: please go on looking "
            "after them. The office calls you.",
            vio=host.vio.name,
            host=host.name,
            words=made.words,
        ),
    )
    closing = Words(CLOSING.text, {"vio": host.vio.name, "email": host.vio.contact_email})
    subject = lazy("The work with %(host)s is paused", host=host.name)
    for volunteer, lines in _by_person(found).items():
        opening = lazy("%(vio)s has paused the work with %(host)s.", vio=host.vio.name, host=host.name)
        write_to_volunteer(session, volunteer, OFFERS, subject, joined([opening, *lines, closing]))
    _tell_offices(session, account, host, found)


def tell_of_lifting(session: Session, account: User, host: Host, found: Effect) -> None:
    """Write to the host, and to everybody who waits or is there, that it goes on."""
    write_to_host(
        session,
        host,
        PUBLISHING,
        lazy("%(host)s goes on", host=host.name),
        lazy("%(vio)s has lifted the suspension. What was open can be found again.", vio=host.vio.name),
    )
    titles: dict[Volunteer, list[str]] = defaultdict(list)
    everybody: list[Application | Placement] = [*found.waiting, *found.preparing, *found.under_way]
    for one in everybody:
        titles[one.volunteer].append(one.assignment.title)
    for volunteer, own in titles.items():
        words = {"host": host.name, "titles": "; ".join(own)}
        subject = lazy("%(host)s goes on", host=host.name)
        write_to_volunteer(session, volunteer, OFFERS, subject, Words(GOES_ON.text, words))
    _tell_offices(session, account, host, found, is_over=True)


def _by_person(found: Effect) -> dict[Volunteer, list[Words]]:
    lines: dict[Volunteer, list[Words]] = defaultdict(list)
    for kind, means in MEANS.items():
        stays: Sequence[Any] = getattr(found, kind)
        for one in stays:
            lines[one.volunteer].append(Words(means.text, {"title": one.assignment.title}))
    return lines


def _tell_offices(session: Session, account: User, host: Host, found: Effect, is_over: bool = False) -> None:
    """Write to the sending offices of people who are there or will be; letters to offices name nobody."""
    others = {one.sending_vio_id for one in (*found.preparing, *found.under_way)} - {account.vio_id}
    if is_over:
        body = lazy("%(vio)s has lifted the pause with %(host)s.", vio=host.vio.name, host=host.name)
    else:
        body = lazy(
            "%(vio)s has paused the work with %(host)s. Volunteers of yours are there or prepare for it; sign in and "
            "look under Placements. %(vio)s decides on each and is in touch with you.",
            vio=host.vio.name,
            host=host.name,
        )
    for vio_id in sorted(others):
        write_to_coordinators(session, vio_id, OFFERS, lazy("About the work with %(host)s", host=host.name), body)
