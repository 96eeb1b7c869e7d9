"""Asking somebody of the community how a placement was: a letter with a link that works once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import CommunityAsk, Debrief, Placement, User
from webapp.services import audit, debriefs
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import DEBRIEFS
from webapp.services.letters import write_letter
from webapp.services.one_time_links import Link, hash_of, new_token
from webapp.services.placement_sight import check_decides, received_by
from webapp.services.readers import without_account
from webapp.words import Words, lazy

DAYS = 45  # a link works
MOST_ASKED = 3  # people for one placement
SIDE = "community"

SUBJECT = lazy("How was it for people around you? A volunteer was at %(host)s")
BODY = lazy(
    "%(name)s, good day.\n\nA volunteer of %(vio)s was at %(host)s: %(title)s, until %(last)s. %(vio)s wants to know "
    "how it was for people who live there. You can say it here, without an account, in five minutes:\n\n%(link)s\n\n"
    "The link works once, until %(day)s. Your name is not kept with what you say. If you do not want to answer, do "
    "nothing: we do not write again."
)


def ask(session: Session, account: User, placement: Placement, name: str, email: str, link: Link) -> CommunityAsk:
    """Write to somebody whom the coordinator names; refused before the last week and after somebody has answered."""
    check_decides(account, placement.assignment)
    if not debriefs.is_open(placement):
        raise Refused(lazy("Ask the community in the last week, or once the placement is over."))
    if debriefs.said_by(session, placement, SIDE) is not None:
        raise Refused(lazy("The community has said how it was already."))
    if len(asked(session, account, placement)) >= MOST_ASKED:
        raise Refused(lazy("You have asked %(most)s people already. Ask one of them in a talk.", most=MOST_ASKED))
    now, (token, token_hash) = clock.now(), new_token()
    made = CommunityAsk(placement_id=placement.id, name=name.strip(), email=email.strip(), token_hash=token_hash)
    made.sent_at, made.expires_at = now, now + timedelta(days=DAYS)
    session.add(made)
    audit.record(session, account, "community_asked", made, placement.receiving_vio_id)
    _write(session, placement, made, link(token))
    return made


def asked(session: Session, account: User, placement: Placement) -> list[CommunityAsk]:
    """Return who was asked, to coordinators of the receiving VIO; nobody to others."""
    mine = (CommunityAsk.placement_id == placement.id, received_by(account))
    return list(session.scalars(select(CommunityAsk).join(Placement).where(*mine).order_by(CommunityAsk.id)))


def find(session: Session, token: str) -> CommunityAsk:
    """Return what lies behind a link; NotFound where nothing does, Refused with kind words where it is over."""
    found = session.scalar(select(CommunityAsk).where(CommunityAsk.token_hash == hash_of(token)))
    if found is None:
        raise NotFound
    if found.used_at is not None or debriefs.said_by(session, found.placement, SIDE) is not None:
        raise Refused(lazy("Somebody has answered already. Thank you: nothing more is asked of you."))
    if found.expires_at <= clock.now():
        raise Refused(lazy("This link is too old. If you still want to answer, write to the office that asked you."))
    return found


def answer(session: Session, found: CommunityAsk, made: Debrief) -> Debrief:
    """Keep what the person says, and use up the link. What is kept does not name them."""
    made.is_from_talk, made.words = False, made.words.strip()
    kept = debriefs.keep(session, None, found.placement, SIDE, made)
    found.used_at = clock.now()
    session.flush()
    return kept


def _write(session: Session, placement: Placement, made: CommunityAsk, address: str) -> None:
    values = {
        "name": made.name,
        "vio": placement.receiving_vio.name,
        "host": placement.assignment.host.name,
        "title": placement.assignment.title,
        "last": placement.ends_on,
        "link": address,
        "day": made.expires_at.date(),
    }
    reader = without_account(made.email, placement.receiving_vio)
    write_letter(session, reader, DEBRIEFS, Words(SUBJECT.text, values), Words(BODY.text, values), secrets=[address])
