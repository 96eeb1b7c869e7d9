"""Who sees what of a person as the condition of a query, for lists: as visibility.py says it of one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, false, func, select, true

from webapp import permissions
from webapp.models import Application, Assignment, Partnership, User, Volunteer
from webapp.models.consents import MATCHING
from webapp.services.delegations import of_vio
from webapp.services.person_relations import CONTACT_STATES, PUT_FORWARD, accepted, consents_to, forward, has_to_do
from webapp.services.relations import DELEGATED, OWN_VIO
from webapp.services.visibility import SHARED_PARTS

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Light:
    """A coordinator who looks at people in the light of an assignment that they reach."""

    account: User
    assignment: Assignment
    today: date


def sees(part: str, light: Light) -> Condition:
    """Return the condition that the coordinator may see a part of a volunteer, by the first relation that holds."""
    names = permissions.relations("person.see", light.account.role)
    ways = [(HOLDS[one](light), _gives(one, part, light)) for one in names]
    return case(*ways, else_=false())


def _gives(relation: str, part: str, light: Light) -> Condition:
    if part not in permissions.fields("person.see", light.account.role, relation):
        return false()
    is_by_agreement = relation == PUT_FORWARD and part in SHARED_PARTS
    return _agreed_to_share(part, light) if is_by_agreement else true()


def _own_vio(light: Light) -> Condition:
    return of_vio(light.account, Volunteer.vio_id)


def _delegated(light: Light) -> Condition:
    return has_to_do(light.account) if light.account.is_delegated else false()


def _applicant(light: Light) -> Condition:
    return and_(Volunteer.user_id.is_not(None), exists(_newest(light).where(Application.state != "withdrawn")))


def _shortlisted(light: Light) -> Condition:
    return and_(Volunteer.user_id.is_not(None), exists(_newest(light).where(Application.state.in_(CONTACT_STATES))))


def _invited(light: Light) -> Condition:
    return and_(Volunteer.user_id.is_not(None), exists(accepted(Volunteer.id, light.assignment.id)))


def _put_forward(light: Light) -> Condition:
    return and_(Volunteer.user_id.is_not(None), exists(forward(Volunteer.id, light.assignment.id, light.today)))


def _open_to_all(_light: Light) -> Condition:
    return and_(Volunteer.user_id.is_not(None), Volunteer.open_to_all, consents_to(MATCHING))


HOLDS: Mapping[str, Callable[[Light], Condition]] = {
    OWN_VIO: _own_vio,
    DELEGATED: _delegated,
    "shortlisted": _shortlisted,
    "applicant": _applicant,
    "invited": _invited,
    PUT_FORWARD: _put_forward,
    "open_to_all": _open_to_all,
}


def _agreed_to_share(part: str, light: Light) -> Condition:
    shared = cast(Partnership.shared_parts, String).contains(f'"{part}"', autoescape=True)
    return exists(forward(Volunteer.id, light.assignment.id, light.today).where(shared))


def _newest(light: Light) -> Select[int]:
    pair = Application.volunteer_id == Volunteer.id, Application.assignment_id == light.assignment.id
    last = select(func.max(Application.id)).where(*pair).correlate(Volunteer).scalar_subquery()
    return select(Application.id).where(Application.id == last)
