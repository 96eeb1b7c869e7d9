"""The team of an assignment: its roles, who fills them, and which of them an offer is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, Offer, Place, Placement, TeamRole, User
from webapp.models.offers import PLACE_KINDS
from webapp.services import audit, places
from webapp.services.assignments import EDITABLE_STATES
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.relations import check_host
from webapp.services.team_sums import differing_sums
from webapp.words import lazy

WRITE = "assignment.write"  # the action in the table of permissions

MOST_ROLES = 8
FILLABLE_STATES = ("draft", "changes_requested", "open", "filled")


@dataclass(frozen=True)
class Role:
    """A role as its host says it; `id` is None for a new one."""

    label: str
    kind: str
    number: int
    skills: Sequence[str] = ()
    by_host: int = 0
    id: int | None = None


@dataclass(frozen=True)
class Seats:
    """How far one role is filled: by placements, by the host itself, and how many are offered or open."""

    role: TeamRole
    placed: int
    offered: int

    @property
    def open(self) -> int:
        """How many can still be offered."""
        return max(0, self.role.to_offer - self.placed - self.offered)


def save(session: Session, account: User, assignment: Assignment, said: Sequence[Role]) -> None:
    """Keep exactly these roles in this order; none at all is an assignment without a team."""
    check_host(account, WRITE, assignment)
    hold(session, assignment)
    if assignment.state not in EDITABLE_STATES:
        raise Refused(lazy("The team can be changed before it is sent for publication. Take it back first."))
    _check(assignment, said)
    held = {one.role.id: one.placed + one.offered for one in seats(session, assignment)}
    kept = {role.id: role for role in assignment.team}
    if any(one.id is not None and one.id not in kept for one in said):
        raise NotFound
    _check_held(kept, held, said)
    gone = [role for role in assignment.team if role.id not in {one.id for one in said}]
    _forget(session, assignment, gone)
    for position, one in enumerate(said, start=1):
        role = kept.get(one.id or 0)
        if role is None:
            role = TeamRole()
            assignment.team.append(role)
        role.position, role.label, role.kind = position, one.label.strip(), one.kind
        role.number, role.by_host, role.skills = one.number, one.by_host, list(one.skills)
    assignment.updated_at = clock.now()
    session.flush()
    session.expire(assignment, ["team"])  # read again in its new order
    audit.record(session, account, "assignment_team", assignment, roles=len(said))


def fill_by_host(session: Session, account: User, assignment: Assignment, role_id: int, number: int) -> None:
    """Say how many local people the host has found itself; a number is all that is kept of them."""
    check_host(account, WRITE, assignment)
    hold(session, assignment)
    found = next((one for one in seats(session, assignment) if one.role.id == role_id), None)
    if found is None:
        raise NotFound
    if found.role.kind != "local" or assignment.state not in FILLABLE_STATES:
        raise Refused(lazy("Only local places of an assignment that runs can be filled by you."))
    most = found.role.number - found.placed - found.offered
    if not 0 <= number <= most:
        raise Refused(lazy("Give a number from 0 to %(most)s: the rest is offered or taken.", most=most))
    before = places.open_kinds(session, assignment)
    found.role.by_host = number
    session.flush()
    audit.record(session, account, "team_filled_by_host", assignment, role=role_id, number=number)
    places.settle(session, account, assignment, before=before)


def seats(session: Session, assignment: Assignment) -> list[Seats]:
    """Return how far each role is filled, in the host's order; hold the assignment where a decision rests on it."""
    return seats_of(session, [assignment])[assignment.id]


def seats_of(session: Session, assignments: Sequence[Assignment]) -> dict[int, list[Seats]]:
    """Return the same for several assignments by their ids, with one query."""
    if not assignments:
        return {}
    query = (
        select(Offer.team_role_id, func.count(Placement.id), func.count())
        .join(Place, Place.offer_id == Offer.id)
        .join(Placement, Placement.offer_id == Offer.id, isouter=True)
        .where(Offer.assignment_id.in_([one.id for one in assignments]), Offer.team_role_id.is_not(None))
        .group_by(Offer.team_role_id)
    )
    counted = {role: (placed, total - placed) for role, placed, total in session.execute(query)}
    return {work.id: [Seats(role, *counted.get(role.id, (0, 0))) for role in work.team] for work in assignments}


def role_for(session: Session, assignment: Assignment, kind: str, role_id: int | None) -> TeamRole | None:
    """Return the role for which a place of `kind` is offered, None without a team. The assignment is held."""
    if not assignment.team:
        return None
    found = next((one for one in seats(session, assignment) if one.role.id == role_id), None)
    if found is None or found.role.kind != kind:
        raise Refused(lazy("Choose the role in the team."))
    if not found.open:
        raise Refused(lazy("The last place in this role has just been taken. Choose another role, or wait."))
    return found.role


def _check(assignment: Assignment, said: Sequence[Role]) -> None:
    if len(said) > MOST_ROLES:
        raise Refused(lazy("A team has at most %(most)s roles. Put similar ones together.", most=MOST_ROLES))
    for one in said:
        if not one.label.strip() or one.kind not in PLACE_KINDS or one.number < 1:
            raise Refused(lazy("Give each role a name, a kind and a number."))
        if one.by_host and (one.kind != "local" or not 0 <= one.by_host <= one.number):
            raise Refused(lazy("You can fill local places yourself, and no more than the role has."))
        if not set(one.skills) <= {asked.skill for asked in assignment.skills}:
            raise Refused(lazy("Choose skills that the assignment asks for."))
    if differing := differing_sums(assignment, said):
        raise Refused(next(iter(differing.values())))


def _check_held(kept: dict[int, TeamRole], held: dict[int, int], said: Sequence[Role]) -> None:
    """Raise Refused where a role to which somebody has an offer or a placement would go, shrink or change its kind."""
    wanted = {one.id: one for one in said if one.id is not None}
    for role_id, number in held.items():
        one = wanted.get(role_id)
        if number and (one is None or one.kind != kept[role_id].kind or one.number - one.by_host < number):
            raise Refused(
                lazy("Somebody has an offer or a placement as “%(role)s”: keep it as it is.", role=kept[role_id].label)
            )


def _forget(session: Session, assignment: Assignment, gone: Sequence[TeamRole]) -> None:
    """Take roles out; offers for them that have ended stay without a role."""
    ids = [role.id for role in gone]
    session.execute(update(Offer).where(Offer.team_role_id.in_(ids)).values(team_role_id=None))
    for role in gone:
        assignment.team.remove(role)
    session.flush()
