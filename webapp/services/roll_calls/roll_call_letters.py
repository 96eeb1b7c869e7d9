"""Letters of a roll call: short, since they are read on a telephone in a crisis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from webapp import clock, vocabulary
from webapp.models import RollCall, RollCallLink, RollCallPerson
from webapp.services.correspondence import write_to_coordinators, write_to_host, write_to_volunteer
from webapp.services.letter_kinds import SAFETY
from webapp.services.one_time_links import Link, new_token
from webapp.words import Words, lazy

SUBJECT = lazy("Are you safe? Please answer now")
BODY = lazy(
    "%(vio)s asks everybody in %(country)s: are you safe?\n\nAnswer here, without signing in:\n\n%(link)s\n\n%(words)s"
    "If you are in danger now, call the emergency number where you are first."
)
HOST_SUBJECT = lazy("Is %(name)s safe? Please answer now")
HOST_BODY = lazy(
    "%(vio)s asks everybody in %(country)s: please look after %(name)s, who is with you, and answer for them here, "
    "without signing in:\n\n%(link)s\n\n%(words)sThey have a letter of their own too."
)
OPENED_SUBJECT = lazy("%(vio)s asks who is safe: %(country)s")
OPENED_BODY = lazy(
    "%(vio)s has opened a roll call for %(country)s. It has asked people of placements that you share with it: "
    "%(number)s. If one of them needs help, you get a letter at once. For all else ask %(vio)s: %(email)s."
)
HELP_SUBJECT = lazy("Help is needed: roll call %(country)s")
HELP_BODY = lazy("Somebody in %(country)s says that help is needed. Sign in and open the roll call.")
HELP_ELSEWHERE = lazy(
    "In the roll call of %(vio)s somebody in %(country)s says that help is needed: “%(title)s”. Sign in, open the "
    "placement, and look under Calls for help. Agree with %(vio)s who does what: %(email)s."
)


def ask(session: Session, call: RollCall, person: RollCallPerson, volunteer_link: Link, host_link: Link) -> None:
    """Write to the volunteer, and to the host where the person is there already."""
    placement = person.placement
    values = {
        "vio": call.vio.name,
        "country": partial(vocabulary.country_name, call.country),
        "words": f"{call.words}\n\n" if call.words else "",
    }
    address = volunteer_link(_new_link(session, person, "volunteer"))
    body = Words(BODY.text, {**values, "link": address})
    write_to_volunteer(session, placement.volunteer, SAFETY, SUBJECT, body, secrets=[address])
    if person.is_there:
        name = {"name": placement.volunteer.full_name}
        address = host_link(_new_link(session, person, "host"))
        subject, body = Words(HOST_SUBJECT.text, name), Words(HOST_BODY.text, {**values, **name, "link": address})
        write_to_host(session, placement.assignment.host, SAFETY, subject, body, secrets=[address])
    person.letters += 1


def tell_other_offices(session: Session, call: RollCall, people: Sequence[RollCallPerson]) -> None:
    """Tell each other office that `people` of placements which it shares are asked."""
    shared = Counter(vio_id for person in people for vio_id in _other_offices(person))
    for vio_id, number in sorted(shared.items()):
        values = {**_opener(call), "number": number}
        write_to_coordinators(
            session, vio_id, SAFETY, Words(OPENED_SUBJECT.text, values), Words(OPENED_BODY.text, values)
        )


def help_is_needed(session: Session, person: RollCallPerson) -> None:
    """Tell the coordinators of both offices at once; letters to offices name nobody."""
    values = _opener(person.roll_call)
    subject, body = Words(HELP_SUBJECT.text, values), Words(HELP_BODY.text, values)
    write_to_coordinators(session, person.roll_call.vio_id, SAFETY, subject, body)
    help_at_other_offices(session, person)


def help_at_other_offices(session: Session, person: RollCallPerson) -> None:
    """Tell the office of the placement that has not opened the roll call, and cannot open its page."""
    values = {**_opener(person.roll_call), "title": person.placement.assignment.title}
    for vio_id in sorted(_other_offices(person)):
        subject, body = Words(HELP_SUBJECT.text, values), Words(HELP_ELSEWHERE.text, values)
        write_to_coordinators(session, vio_id, SAFETY, subject, body)


def _other_offices(person: RollCallPerson) -> set[int]:
    return {person.placement.sending_vio_id, person.placement.receiving_vio_id} - {person.roll_call.vio_id}


def _opener(call: RollCall) -> dict[str, Any]:
    country = partial(vocabulary.country_name, call.country)
    return {"country": country, "vio": call.vio.name, "email": call.vio.contact_email}


def _new_link(session: Session, person: RollCallPerson, side: str) -> str:
    token, token_hash = new_token()
    person.links.append(RollCallLink(side=side, token_hash=token_hash, sent_at=clock.now()))
    session.flush()
    return token
