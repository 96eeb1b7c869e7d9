"""Bars for tests, made by the services that make them in life."""

from __future__ import annotations

from tests.barred import NOTE
from tests.databases import DATA_KEY
from tests.factories import AnySession, make_user
from tests.stays import KIND_WORDS, coordinator_of, days
from webapp.models import Bar, Mail, User, Vio, Volunteer
from webapp.services import registration
from webapp.services.bars import deciding


def propose_bar(session: AnySession, who: User, person: Volunteer, **over: object) -> Bar:
    """Propose to bar somebody for conduct, for 300 days. The session gets the key of the marks, as in a request."""
    session.info["data_key"] = DATA_KEY
    said = {"reason_code": "conduct", "note": NOTE, "words": KIND_WORDS, "ends_on": days(300), **over}
    return deciding.propose(session, who, person, **said)


def make_bar(session: AnySession, person: Volunteer, **over: object) -> Bar:
    """Bar somebody: one coordinator proposes, another confirms."""
    bar = propose_bar(session, coordinator_of(session, person.vio), person, **over)
    deciding.confirm(session, coordinator_of(session, person.vio), bar)
    return bar


def register(session: AnySession, vio: Vio, email: str, name: str = "Somebody New") -> Volunteer:
    """Register somebody whose address is confirmed."""
    account = make_user(session, "volunteer", vio, email=email)
    person = registration.new_profile(session, account, name, "", True)
    session.expire(account)
    registration.welcome(session, account)
    return person


def letters_to(session: AnySession, account: User) -> str:
    """Return all that was written to an account, subjects too."""
    found = session.query(Mail).filter_by(to=account.email).order_by(Mail.id)
    return "\n".join(f"{one.subject}\n{one.body}" for one in found)
