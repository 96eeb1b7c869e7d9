"""Volunteers who go together, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.factories import AnySession, make_application, make_assignment, make_volunteer
from tests.stays import coordinator_of, days, user_of
from webapp.models import Application, Assignment, Bond, Offer, Placement, User, Volunteer
from webapp.services import bonds, joint_offers, offer_yes
from webapp.services.offers import Seat, Terms


def make_bond(session: AnySession, people: Sequence[Volunteer]) -> Bond:
    """Let the first of them ask the others, and all of them say yes."""
    tokens: list[str] = []
    first, *others = people

    def link(token: str) -> str:
        tokens.append(token)
        return token

    bond = bonds.ask(session, user_of(first), first, [user_of(one).email for one in others], link)
    for one, token in zip(others, tokens, strict=True):
        bonds.say_yes(session, user_of(one), bonds.find(session, token))
    return bond


def make_pair(session: AnySession, work: Assignment | None = None, number: int = 2) -> list[Application]:
    """Return applications of people who go together and stand on the shortlist of one assignment."""
    work = work or make_assignment(session)
    people = [make_volunteer(session, work.vio) for _ in range(number)]
    make_bond(session, people)
    return [make_application(session, one, work, state="shortlisted") for one in people]


def offer_together(
    session: AnySession, pair: Sequence[Application], account: User | None = None, **over: Any
) -> list[Offer]:
    """Offer international places to all of them."""
    account = account or coordinator_of(session, pair[0].assignment.vio)
    seats = {one.id: Seat("international") for one in pair} | over.pop("seats", {})
    terms = Terms(**{"starts_on": days(60), "ends_on": days(150), **over})
    return joint_offers.make_together(session, account, pair[0], seats, terms)


def place_together(session: AnySession, pair: Sequence[Application]) -> list[Placement]:
    """Make placements of people who go together; they are being prepared."""
    made = [offer_yes.say_yes(session, user_of(one.volunteer), one) for one in offer_together(session, pair)]
    assert made[-1] is not None
    return list(session.query(Placement).filter(Placement.assignment_id == pair[0].assignment_id).order_by("id"))
