"""In the demonstration: a couple with an offer together, an assignment with a team, duties that are done and open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, Placement, User, Volunteer
from webapp.models.placements import RUNNING_PLACEMENT_STATES
from webapp.services import (
    agreements,
    assignments,
    bonds,
    duties,
    joint_offers,
    offer_yes,
    ranking,
    shortlists,
    teams,
)
from webapp.services.demo import recruited
from webapp.services.errors import Refused
from webapp.services.moves import move
from webapp.services.offers import Seat, Terms
from webapp.services.recruitment import applying
from webapp.services.teams import Role
from webapp.services.visibility import current_matches

TOGETHER = "We are glad to have both of you. Write to us with every question."
PLACES = {"places_international": 2, "places_national": 1, "places_local": 3}
TEAM = (
    Role("People who teach the work", "international", 2),
    Role("Coordination with the district", "national", 1),
    Role("Team on the spot", "local", 3, by_host=2),
)

Accounts = Mapping[int | None, User]


def join(session: Session, coordinators: Accounts, hosts: Accounts) -> None:
    """Write all three; the offer is answered by one of the two."""
    opened = list(session.scalars(select(Assignment).where(Assignment.state == "open").order_by(Assignment.id)))
    work = _team(session, coordinators, hosts, opened[0])
    _couple(session, coordinators, hosts, work)
    _duties(session, coordinators)


def _team(session: Session, coordinators: Accounts, hosts: Accounts, model: Assignment) -> Assignment:
    """Post a copy of an assignment as the work of a mixed team."""
    host, today = hosts[model.host_id], clock.today()
    work = assignments.copy(session, host, model)
    for name, number in PLACES.items():
        setattr(work, name, number)
    work.start_on, work.end_on = today + timedelta(days=60), today + timedelta(days=240)
    skill = tuple(asked.skill for asked in model.skills[:1])
    first, *others = TEAM
    teams.save(session, host, work, [Role(first.label, first.kind, first.number, skill), *others])
    move(session, host, work, "submitted")
    work.submitted_at = work.published_at = clock.now()
    move(session, coordinators[work.vio_id], work, "open", displacement="none")
    agreements.standing(session, work)
    return work


def _couple(session: Session, coordinators: Accounts, hosts: Accounts, work: Assignment) -> None:
    """Let two people go together and get an offer, to which the first has said yes."""
    pair: list[tuple[Volunteer, User, Application]] = []
    for volunteer, account in _fitting(session, work):
        try:
            application = applying.send(session, account, volunteer, work, recruited.said(session, work, ""))
        except Refused:
            continue  # without the consent that this one needs
        shortlists.shortlist(session, hosts[work.host_id], application)
        pair.append((volunteer, account, application))
        if len(pair) == 2:
            break
    (one, account, application), (_other, friend, _too) = pair
    tokens: list[str] = []

    def link(token: str) -> str:
        tokens.append(token)
        return token

    bonds.ask(session, account, one, [friend.email], link)
    bonds.say_yes(session, friend, bonds.find(session, tokens[0]))
    seat = Seat("international", work.team[0].id)
    first = clock.today() + timedelta(days=70)
    terms = Terms(first, first + timedelta(weeks=12, days=-1), TOGETHER)
    seats = {each.id: seat for _person, _user, each in pair}
    who = coordinators[work.vio_id]
    made = joint_offers.make_together(session, who, application, seats, terms)
    offer_yes.say_yes(session, account, next(offer for offer in made if offer.volunteer_id == one.id))


def _fitting(session: Session, work: Assignment) -> Iterator[tuple[Volunteer, User]]:
    """Yield people with an account whom the work fits, those first who have applied nowhere."""
    ranking.rank_assignment(session, work)
    people = [match.volunteer for match in current_matches(session, work) if match.status == "eligible"]
    applied = set(session.scalars(select(Application.volunteer_id)))
    for volunteer in sorted(people, key=lambda one: one.id in applied):
        if volunteer.user is not None:
            yield volunteer, volunteer.user


def _duties(session: Session, coordinators: Accounts) -> None:
    """Let both sides of the placements between two organizations have done a part of what is theirs."""
    query = select(Placement).where(
        Placement.sending_vio_id != Placement.receiving_vio_id, Placement.state.in_(RUNNING_PLACEMENT_STATES)
    )
    today = clock.today()
    for placement in session.scalars(query.order_by(Placement.id)).all():
        before = [one for one in duties.duties_of(session, placement) if one.code in duties.BEFORE]
        for duty in before[::2]:
            who = coordinators[duties.owner_of(placement, duty)]
            duties.say_done(session, who, placement, duty.code, today - timedelta(days=3), today)
