"""Many profiles at once as plain tuples: what `volunteers_frame` asks of a Volunteer, and no object for each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.models import (
    AvailabilityWindow,
    Consent,
    CountryWish,
    EarlierService,
    Licence,
    Vio,
    Volunteer,
    VolunteerLanguage,
    VolunteerSkill,
)

Rows = Sequence[Any]
FEW_BETWEEN = 4  # of each named person: so many may lie between


class Profile(NamedTuple):
    """A volunteer under the names that the model has; the lists in the same order, with the columns of PARTS alone."""

    id: int
    residence: str | None
    anywhere: bool
    stay_min_weeks: int | None
    stay_max_weeks: int | None
    on_site: bool | None
    online: bool | None
    online_hours: int | None
    online_from: str | None
    online_to: str | None
    time_zone: str | None
    causes: list[str]
    experience: str
    vio_id: int
    vio: Any
    skills: Rows
    licences: Rows
    languages: Rows
    windows: Rows
    wishes: Rows
    services: Rows
    consents: Rows


# In the order of the fields above, which are filled from them.
PARTS: Mapping[str, tuple[InstrumentedAttribute[Any], ...]] = {
    "skills": (VolunteerSkill.skill, VolunteerSkill.level, VolunteerSkill.last_used),
    "licences": (Licence.skill, Licence.country, Licence.valid_until),
    "languages": (VolunteerLanguage.language, VolunteerLanguage.level, VolunteerLanguage.known_by),
    "windows": (AvailabilityWindow.starts_on, AvailabilityWindow.ends_on),
    "wishes": (CountryWish.kind, CountryWish.code),
    "services": (EarlierService.country,),
    "consents": (Consent.purpose, Consent.withdrawn_at),
}
COLUMNS = [getattr(Volunteer, name) for name in Profile._fields[: Profile._fields.index("vio")]]


def read_profiles(session: Session, condition: ColumnElement[bool], at_once: int) -> Iterator[list[Profile]]:
    """Yield the profiles that meet a condition, in the order of their numbers, so many at once."""
    vios = {vio.id: vio for vio in session.execute(select(Vio.id, Vio.no_go))}
    query, last = select(*COLUMNS).where(condition).order_by(Volunteer.id).limit(at_once), 0
    while people := session.execute(query.where(Volunteer.id > last)).all():
        last = people[-1].id
        parts = [_part(session, name, [one.id for one in people]) for name in PARTS]
        yield [Profile._make((*one, vios[one.vio_id], *(part.get(one.id, ()) for part in parts))) for one in people]


def _part(session: Session, name: str, numbers: Sequence[int]) -> dict[int, list[Any]]:
    """Return one list of everybody with these rising numbers, in the order that the model gives it."""
    relation = getattr(Volunteer, name).property
    person = relation.mapper.class_.volunteer_id
    query = select(person, *PARTS[name]).where(_whose(person, numbers)).order_by(*relation.order_by)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        found[row[0]].append(row)
    return found


def _whose(person: InstrumentedAttribute[int], numbers: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that a row belongs to these people, or to some between them, who are left aside then."""
    first, last = numbers[0], numbers[-1]
    # A range of numbers costs a database less than naming a thousand, unless most in it are not asked for.
    return person.between(first, last) if last - first < FEW_BETWEEN * len(numbers) else person.in_(numbers)
