"""Who is told what when an offer or a placement moves. Letters to offices name nobody: many read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Offer, Placement, User
from webapp.models.accounts import COORDINATOR
from webapp.services.by_mail.asking import tell_to_act
from webapp.services.by_mail.events import ABOUT_STAYS
from webapp.services.correspondence import write_to_coordinators, write_to_host, write_to_volunteer
from webapp.services.joint_letter_words import JOINT_LETTERS
from webapp.services.letter_kinds import AGREEMENT, CHECK_INS, DEBRIEFS, OFFERS, SAFETY
from webapp.services.placement_letter_words import LETTERS
from webapp.services.stay_letter_words import STAY_LETTERS
from webapp.words import Words

VOLUNTEER, HOST, OFFICES = "volunteer", "host", "offices"
KINDS = {"agreement": AGREEMENT, "check_in": CHECK_INS, "debrief": DEBRIEFS}  # beginning of an event -> kind
URGENT = ("check_in_differs", "check_in_not_well")


def kind_of(event: str) -> str:
    """Return the kind of letter that tells of an event."""
    if event in URGENT:
        return SAFETY
    return next((kind for start, kind in KINDS.items() if event.startswith(start)), OFFERS)


def tell(
    session: Session,
    account: User | None,
    event: str,
    stay: Offer | Placement,
    to: Iterable[str] = (VOLUNTEER, HOST, OFFICES),
    **values: Any,
) -> None:
    """Write the letters of `event`, which `account` brought about, to those in `to` for whom it has one.

    The offices are the receiving and the sending VIO; the one whose coordinator did it needs no letter.
    """
    told = {
        "title": stay.assignment.title,
        "host": stay.assignment.host.name,
        "vio": stay.assignment.vio.name,
        "first": stay.starts_on,
        "last": stay.ends_on,
        **values,
    }
    for audience, (subject, body) in (LETTERS | JOINT_LETTERS | STAY_LETTERS)[event].items():
        letter = kind_of(event), Words(subject.text, told), Words(body.text, told)
        if audience == HOST in to and event in ABOUT_STAYS and isinstance(stay, Placement):
            tell_to_act(session, stay.assignment, event, *letter, stay)
        elif audience in to:
            _write(session, account, audience, stay, *letter)


def _write(
    session: Session,
    account: User | None,
    audience: str,
    stay: Offer | Placement,
    kind: str,
    subject: Words,
    body: Words,
) -> None:
    if audience == VOLUNTEER:
        write_to_volunteer(session, stay.volunteer, kind, subject, body)
    elif audience == HOST:
        write_to_host(session, stay.assignment.host, kind, subject, body)
    else:
        own = {account.vio_id} if account is not None and account.role == COORDINATOR else set()
        for vio_id in sorted({stay.assignment.vio_id, stay.volunteer.vio_id} - own):
            write_to_coordinators(session, vio_id, kind, subject, body, about=stay.assignment)
