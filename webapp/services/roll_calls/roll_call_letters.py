"""Letters of a roll call: short, since they are read on a telephone in a crisis."""

from __future__ import annotations

from functools import partial

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


def help_is_needed(session: Session, call: RollCall) -> None:
    """Tell the coordinators at once; the letter names nobody."""
    country = partial(vocabulary.country_name, call.country)
    body = lazy("Somebody in %(country)s says that help is needed. Sign in and open the roll call.", country=country)
    subject = lazy("Help is needed: roll call %(country)s", country=country)
    write_to_coordinators(session, call.vio_id, SAFETY, subject, body)


def _new_link(session: Session, person: RollCallPerson, side: str) -> str:
    token, token_hash = new_token()
    person.links.append(RollCallLink(side=side, token_hash=token_hash, sent_at=clock.now()))
    session.flush()
    return token
