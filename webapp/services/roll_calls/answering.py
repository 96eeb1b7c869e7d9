"""Answering a roll call: the volunteer or the host behind a link, or a colleague who reached somebody by telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import RollCallAnswer, RollCallLink, RollCallPerson, User
from webapp.models.roll_calls import SAYS
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.one_time_links import hash_of
from webapp.services.readers import with_account
from webapp.services.roll_calls import calling, roll_call_letters
from webapp.services.roll_calls.standing import HELP, help_holds, standing_of
from webapp.services.safeguarding import help_calls
from webapp.services.safeguarding.help_calls import Cry
from webapp.speech import say
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


def is_in_help(link: RollCallLink) -> bool:
    """Whether the side that the link belongs to has said "help", and this still holds."""
    return help_holds(link.person, link.side)


def has_number(link: RollCallLink) -> bool:
    """Whether the side that the link belongs to can be called: a number is stored, or stands in an answer of it."""
    placement = link.person.placement
    stored = placement.volunteer.phone if link.side == "volunteer" else placement.assignment.host.contact_phone
    return bool(stored) or any(one.phone for one in link.person.answers if one.side == link.side)


def answer(session: Session, link: RollCallLink, said: Said) -> RollCallAnswer:
    """Keep an answer. After it only "help" can follow, since things can turn worse: once until somebody hears of
    "safe", and once more to give a number where nobody knows one.
    """
    hold(session, link.person.roll_call)
    find_again(session, link)
    if said.says not in ("safe", "help"):
        raise Refused(lazy("Choose one of the two answers."))
    adds_number = is_in_help(link) and bool(said.phone.strip()) and not has_number(link)
    if said_by(link) is not None and (said.says == "safe" or is_in_help(link) and not adds_number):
        raise Refused(lazy("We have your answer already. Thank you."))
    made = _keep(session, None, link.person, link.side, said)
    if said.says == "help":
        roll_call_letters.help_is_needed(session, link.person)
        _call_for_help(session, link, said, adds_number)
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
    if said.says == "help" and standing_of(person).kind != HELP:
        roll_call_letters.help_at_other_offices(session, person)
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


def _call_for_help(session: Session, link: RollCallLink, said: Said, adds_number: bool) -> None:
    """Make what the volunteer says a call for help, with its clock and its owner; their words stay their own."""
    account, phone = link.person.placement.volunteer.user, said.phone.strip()
    if link.side != "volunteer" or account is None or not account.active:
        return
    if adds_number:
        help_calls.add_number(session, account, phone)
        return
    text = "\n".join(part for part in (said.place.strip(), said.words.strip()) if part)
    text = text or say(lazy("I need help"), with_account(account).language)  # the answer that was chosen, alone
    cry = Cry("now", text, phone, coordinator_may_see=True, office_is_told=True)
    help_calls.call(session, account, cry)
