"""Letters to hosts and other offices when a person is barred, and when that is over. Never why, and no name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from webapp.models import Application, Assignment, Placement, User
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services.correspondence import write_to_coordinators, write_to_host
from webapp.services.letter_kinds import APPLICATIONS, OFFERS
from webapp.words import Words, lazy

ENDED = lazy("An application has ended: %(title)s")
TO_OFFICE = lazy(
    "An organization has stopped the service of a volunteer of its own who had applied to you: “%(title)s”. The "
    "application has ended; an offer that waited is taken back, and its place is free. Ask that organization what you "
    "need to know."
)
DECIDE = lazy(
    "The organization that sends a volunteer to you has stopped their service: “%(title)s”. Please decide how the stay "
    "goes on: sign in and look under Placements. Ask the sending office what you need to know."
)
GOES_ON = lazy(
    "The organization of the volunteer who is with you has stopped their service: “%(title)s”. Nothing ends by itself: "
    "%(office)s decides how the stay goes on, and is in touch with you. Until then please go on looking after them."
)
CANNOT_BEGIN = lazy(
    "The organization of the volunteer whom you expect has stopped their service: “%(title)s”. The stay cannot begin "
    "now. %(office)s decides about it, and is in touch with you."
)
WAITS = lazy("A stay waits for a decision")
AGAIN = lazy("A volunteer can serve again: %(title)s")
HERE_AGAIN = lazy(
    "The organization of the volunteer who is with you no longer stops their service: “%(title)s”. The stay goes on, "
    "and no decision about it is needed for that any more."
)
BEGINS_AGAIN = lazy(
    "The organization of the volunteer whom you expect no longer stops their service: “%(title)s”. It does not keep "
    "the stay from beginning any more."
)
OVER_AGAIN = lazy(
    "The organization of a volunteer whose stay with you waited for a decision no longer stops their service: "
    "“%(title)s”. The stay is over and remains so. You need not do anything."
)
OFFICE_AGAIN = lazy(
    "The organization that sends a volunteer to you no longer stops their service: “%(title)s”. The stay goes on as "
    "planned, and no decision about it is needed for that any more. Ask the sending office what you need to know."
)
OFFICE_OVER = lazy(
    "The organization that sent a volunteer to you no longer stops their service: “%(title)s”. The stay is over and "
    "remains so. They can apply to you again."
)
APPLIES_AGAIN = lazy(
    "An organization no longer stops the service of a volunteer of its own who had applied to you: “%(title)s”. The "
    "application remains ended. They can apply to you again."
)


def tell_of_ended(session: Session, account: User | None, ended: Sequence[Application]) -> None:
    """Tell hosts and receiving offices which applications ended; the office of `account` knows."""
    for one in ended:
        work = one.assignment
        subject = Words(ENDED.text, {"title": work.title})
        body = lazy("An application for “%(title)s” has ended. You need not do anything.", title=work.title)
        write_to_host(session, work.host, APPLICATIONS, subject, body)
        if account is None or work.vio_id != account.vio_id:
            body = Words(TO_OFFICE.text, {"title": work.title})
            write_to_coordinators(session, work.vio_id, APPLICATIONS, subject, body, about=work)


def tell_of_stays(session: Session, account: User | None, stays: Sequence[Placement]) -> None:
    """Tell hosts that a stay waits, and receiving offices to decide on it; the office of `account` knows."""
    for stay in stays:
        work = stay.assignment
        told = {"title": work.title, "office": work.vio.name}
        words = GOES_ON if stay.state in UNDER_WAY_STATES else CANNOT_BEGIN
        write_to_host(session, work.host, OFFERS, WAITS, Words(words.text, told))
        if account is None or stay.receiving_vio_id != account.vio_id:
            write_to_coordinators(session, work.vio_id, OFFERS, WAITS, Words(DECIDE.text, told))


def tell_of_end(
    session: Session, account: User | None, stays: Sequence[Placement], ended: Sequence[Application]
) -> None:
    """Tell those who were told of a bar that it is over for somebody; the office of `account` knows.

    Hosts were told of stays only, offices also of applications: whoever reads this had the first letter.
    """
    for stay in stays:
        title = {"title": stay.assignment.title}
        to_host, to_office = _again(stay)
        write_to_host(session, stay.assignment.host, OFFERS, Words(AGAIN.text, title), Words(to_host.text, title))
        _tell_office(session, account, stay.receiving_vio_id, OFFERS, to_office, title)
    for one in ended:
        work = one.assignment
        _tell_office(session, account, work.vio_id, APPLICATIONS, APPLIES_AGAIN, {"title": work.title}, about=work)


def _again(stay: Placement) -> tuple[Words, Words]:
    """Return what the host and what the office read of a stay."""
    if stay.state == "preparing":
        return BEGINS_AGAIN, OFFICE_AGAIN
    return (HERE_AGAIN, OFFICE_AGAIN) if stay.state in UNDER_WAY_STATES else (OVER_AGAIN, OFFICE_OVER)


def _tell_office(
    session: Session,
    account: User | None,
    vio_id: int,
    kind: str,
    body: Words,
    title: dict[str, str],
    about: Assignment | None = None,
) -> None:
    if account is None or vio_id != account.vio_id:
        write_to_coordinators(session, vio_id, kind, Words(AGAIN.text, title), Words(body.text, title), about)
