"""Who is told what about the agreement of a placement, and the copies that the two sides get."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.models import Placement, Signature, User, Wording
from webapp.services.correspondence import write_to_host, write_to_volunteer
from webapp.services.letter_kinds import AGREEMENT
from webapp.services.placement_letters import HOST, OFFICES, VOLUNTEER, tell
from webapp.services.stay_sides import VOLUNTEER as VOLUNTEER_SIDE
from webapp.words import Words, joined, lazy


def tell_proposed(session: Session, account: User, placement: Placement, side: str, proposed: Wording) -> None:
    """Tell the others that a wording waits for them."""
    tell(session, account, "agreement_proposed", placement, to=_others(side), words=proposed.words)


def tell_declined(session: Session, account: User, placement: Placement, side: str, declined: Wording) -> None:
    """Tell the others why a wording was declined."""
    tell(session, account, "agreement_declined", placement, to=_others(side), words=declined.answer_words)


def tell_signed(session: Session, account: User, placement: Placement, signed: Wording) -> None:
    """Tell the offices, and send each side who signed what and when."""
    tell(session, account, "agreement_signed", placement, to=[OFFICES])
    names = joined((_signed(one) for one in signed.signatures), "\n")
    for signature in signed.signatures:
        subject = lazy("Signed by both: %(title)s", title=placement.assignment.title)
        body = lazy(
            "Volunteer and host have signed the agreement, version %(number)s. It holds from now on.\n\n"
            "%(names)s\n\nThis is the text as you signed it:\n\n%(wording)s",
            number=signed.number,
            names=names,
            wording=signature.text,
        )
        _send(session, placement, signature.side, subject, body)


def send_copy(session: Session, placement: Placement, signed: Wording, signature: Signature) -> None:
    """Send the side that has just signed its own copy."""
    subject = lazy("What you signed: %(title)s", title=placement.assignment.title)
    body = lazy(
        "%(name)s signed version %(number)s of the agreement on %(at)s UTC. Keep this copy.\n\n"
        "Fingerprint of the text: %(print)s\n\n%(wording)s",
        name=signature.name,
        number=signed.number,
        at=signature.signed_at,
        print=signature.fingerprint,
        wording=signature.text,
    )
    _send(session, placement, signature.side, subject, body)


def _signed(one: Signature) -> Words:
    """Return the line of a signature: who, when, and the fingerprint of the text."""
    return Words("%(name)s, %(at)s UTC, %(print)s", {"name": one.name, "at": one.signed_at, "print": one.fingerprint})


def _others(side: str) -> list[str]:
    return [one for one in (VOLUNTEER, HOST, OFFICES) if one != side]


def _send(session: Session, placement: Placement, side: str, subject: Words, body: Words) -> None:
    if side == VOLUNTEER_SIDE:
        write_to_volunteer(session, placement.volunteer, AGREEMENT, subject, body)
    else:
        write_to_host(session, placement.assignment.host, AGREEMENT, subject, body)
