"""Who is told what when an offer or a placement moves. Letters to offices name nobody: many read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Offer, Placement, User
from webapp.models.accounts import COORDINATOR
from webapp.services.correspondence import write_to_coordinators, write_to_host, write_to_volunteer
from webapp.services.joint_letter_words import JOINT_LETTERS
from webapp.services.placement_letter_words import LETTERS
from webapp.services.stay_letter_words import STAY_LETTERS
from webapp.words import Words

VOLUNTEER, HOST, OFFICES = "volunteer", "host", "offices"


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
        "first": stay.starts_on.isoformat(),
        "last": stay.ends_on.isoformat(),
        **values,
    }
    for audience, (subject, body) in (LETTERS | JOINT_LETTERS | STAY_LETTERS)[event].items():
        if audience in to:
            _write(session, account, audience, stay, Words(subject.text, told), Words(body.text, told))


def _write(
    session: Session, account: User | None, audience: str, stay: Offer | Placement, subject: Words, body: Words
) -> None:
    if audience == VOLUNTEER:
        write_to_volunteer(session, stay.volunteer, subject, body)
    elif audience == HOST:
        write_to_host(session, stay.assignment.host, subject, body)
    else:
        own = {account.vio_id} if account is not None and account.role == COORDINATOR else set()
        for vio_id in sorted({stay.assignment.vio_id, stay.volunteer.vio_id} - own):
            write_to_coordinators(session, vio_id, subject, body)
