"""Answering a roll call: the volunteer or the host behind a link, or a colleague who reached somebody by telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock, vocabulary
from webapp.models import RollCallAnswer, RollCallLink, RollCallPerson, User
from webapp.models.roll_calls import SAYS
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.one_time_links import hash_of
from webapp.services.roll_calls import calling, roll_call_letters
from webapp.services.safeguarding import help_calls
from webapp.services.safeguarding.help_calls import Cry
from webapp.words import lazy

LINK_DAYS = 14
LONGEST = 2000


@dataclass(frozen=True)
class Said:
    """What is said of a person: safe or help (for a colleague also tried), and what helps to reach them."""

    says: str
    place: str = ""
    phone: str = ""
    words: str = ""


def find(session: Session, token: str) -> RollCallLink:
    """Return what lies behind a link; NotFound where nothing does, Refused with kind words where it is over."""
    found = session.scalar(select(RollCallLink).where(RollCallLink.token_hash == hash_of(token)))
    if found is None:
        raise NotFound
    is_old = found.sent_at + timedelta(days=LINK_DAYS) <= clock.now()
    if found.person.roll_call.state != "open" or is_old:
        raise Refused(lazy("This roll call is over. If you need help, sign in and press “I need help”, or call us."))
    return found


def said_by(link: RollCallLink) -> RollCallAnswer | None:
    """Return the last answer of the side that the link belongs to, by whichever of its links."""
    return next((one for one in reversed(link.person.answers) if one.side == link.side), None)


def answer(session: Session, link: RollCallLink, said: Said) -> RollCallAnswer:
    """Keep an answer. One is enough; after "safe" only "help" can follow, since things can turn worse."""
    hold(session, link.person.roll_call)
    find_again(session, link)
    if said.says not in ("safe", "help"):
        raise Refused(lazy("Choose one of the two answers."))
    before = said_by(link)
    if before is not None and (before.says == "help" or said.says == "safe"):
        raise Refused(lazy("We have your answer already. Thank you."))
    made = _keep(session, None, link.person, link.side, said)
    if said.says == "help":
        _call_for_help(session, link, said)
    return made


def find_again(session: Session, link: RollCallLink) -> None:
    """Raise Refused where the roll call was closed while somebody typed."""
    if link.person.roll_call.state != "open":
        raise Refused(lazy("This roll call is over. If you need help, sign in and press “I need help”, or call us."))
    session.expire(link.person, ["answers"])


def person_for(session: Session, account: User, call_id: int, person_id: int) -> RollCallPerson:
    """Return one person of a roll call of the own VIO."""
    call = calling.call_for(session, account, call_id)
    found = session.get(RollCallPerson, person_id)
    if found is None or found.roll_call_id != call.id:
        raise NotFound
    return found


def heard_by_telephone(session: Session, account: User, person: RollCallPerson, said: Said) -> RollCallAnswer:
    """Keep what a colleague heard, or that nobody was reached; it says who called."""
    calling.call_for(session, account, person.roll_call_id)
    hold(session, person.roll_call)
    if person.roll_call.state != "open":
        raise Refused(lazy("This roll call is closed. Open a new one."))
    if said.says not in SAYS:
        raise Refused(lazy("Choose what you heard."))
    if not said.words.strip():
        raise Refused(lazy("Write with whom you spoke, or whom you tried to reach."))
    return _keep(session, account, person, "office", said)


def _keep(session: Session, account: User | None, person: RollCallPerson, side: str, said: Said) -> RollCallAnswer:
    if len(said.words) > LONGEST or len(said.place) > 300 or len(said.phone) > 50:
        raise Refused(lazy("This is too long: write at most %(most)s characters.", most=LONGEST))
    made = RollCallAnswer(side=side, says=said.says, place=said.place.strip(), phone=said.phone.strip(), at=clock.now())
    made.words, made.by = said.words.strip(), account
    person.answers.append(made)
    session.flush()
    audit.record(session, account, "roll_call_answered", made, person.roll_call.vio_id, side=side)
    return made


def _call_for_help(session: Session, link: RollCallLink, said: Said) -> None:
    """Tell the office at once; what the volunteer says also becomes a call for help, with its clock and its owner."""
    person = link.person
    roll_call_letters.help_is_needed(session, person.roll_call)
    account = person.placement.volunteer.user
    if link.side != "volunteer" or account is None or not account.active:
        return
    country = vocabulary.country_name(person.roll_call.country, "en")
    opening = str(lazy("Answer to the roll call for %(country)s: I need help.", country=country))
    text = "\n".join(part for part in (opening, said.place.strip(), said.words.strip()) if part)
    help_calls.call(session, account, Cry("now", text, said.phone.strip(), coordinator_may_see=True))
