"""Letters to hosts and other offices when a person is barred: what ends, and what waits. Never why, and no name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from webapp.models import Application, Placement, User
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


def tell_of_ended(session: Session, account: User | None, ended: Sequence[Application]) -> None:
    """Tell hosts and receiving offices which applications ended; the office of `account` knows."""
    for one in ended:
        work = one.assignment
        subject = Words(ENDED.text, {"title": work.title})
        body = lazy("An application for “%(title)s” has ended. You need not do anything.", title=work.title)
        write_to_host(session, work.host, APPLICATIONS, subject, body)
        if account is None or work.vio_id != account.vio_id:
            body = Words(TO_OFFICE.text, {"title": work.title})
            write_to_coordinators(session, work.vio_id, APPLICATIONS, subject, body)


def tell_of_stays(session: Session, account: User | None, stays: Sequence[Placement]) -> None:
    """Tell hosts that a stay waits, and receiving offices to decide on it; the office of `account` knows."""
    for stay in stays:
        work = stay.assignment
        told = {"title": work.title, "office": work.vio.name}
        words = GOES_ON if stay.state in UNDER_WAY_STATES else CANNOT_BEGIN
        write_to_host(session, work.host, OFFERS, WAITS, Words(words.text, told))
        if account is None or stay.receiving_vio_id != account.vio_id:
            write_to_coordinators(session, stay.receiving_vio_id, OFFERS, WAITS, Words(DECIDE.text, told))
