"""New volunteers of a list, put into the tables in few statements however long the list is.

What a volunteer's row holds and what hangs on it is the same as `write_volunteer` writes for somebody who is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import (
    AvailabilityWindow,
    Consent,
    CountryWish,
    EarlierService,
    Licence,
    User,
    Vio,
    Volunteer,
    VolunteerLanguage,
    VolunteerSkill,
)
from webapp.models.consents import ABROAD, MATCHING
from webapp.portions import portions
from webapp.services import audit
from webapp.services.consent_wordings import VERSIONS
from webapp.services.imports import write_volunteer
from webapp.services.imports.findings import Row
from webapp.services.imports.values import items
from webapp.services.list_rows import OURS

AT_ONCE = 5000  # people; what hangs on so many is held in memory
HANGING = (VolunteerSkill, VolunteerLanguage, Licence, AvailabilityWindow, CountryWish, EarlierService, Consent)
Cells = Mapping[str, str]


def add(session: Session, actor: User | None, vio: Vio, rows: Sequence[Row]) -> list[int]:
    """Put people in with their consents and lines of the audit trail; return their numbers in the order of the rows."""
    numbers: list[int] = []
    for some in portions(rows, AT_ONCE):
        values = [_person(vio, row) for row in some]
        people = _table(Volunteer)
        made = insert(people).returning(people.c.id, sort_by_parameter_order=True)
        added = list(session.scalars(made, values))
        for model, hanging in _hanging(dict(zip(added, some, strict=True))).items():
            if hanging:
                session.execute(insert(_table(model)), hanging)
        _leave_lines(session, actor, vio, zip(added, some, strict=True))
        numbers += added
    return numbers


def _table(model: Any) -> Table:
    """Return the bare table: Core's executemany makes no objects."""
    table: Table = model.__table__
    return table


def _person(vio: Vio, row: Row) -> dict[str, Any]:
    now, own = clock.now(), row.values.get("id", "")
    return {
        **write_volunteer.columns_of(row.values),
        "vio_id": vio.id,
        "external_id": own if own and not own.startswith(OURS) else None,
        "assumed": {name: why for name, why in row.assumed.items() if name in row.values},
        "created_at": now,
        "updated_at": now,
    }


def _hanging(people: Mapping[int, Row]) -> dict[Any, list[dict[str, Any]]]:
    """Return the rows of every table that hang on these people."""
    found: dict[Any, list[dict[str, Any]]] = {model: [] for model in HANGING}
    for number, row in people.items():
        for model, values in _parts(row.values):
            found[model].append({"volunteer_id": number, **values})
    return found


def _parts(cells: Cells) -> Iterator[tuple[Any, dict[str, Any]]]:
    for model, column, read in write_volunteer.LISTS:
        yield from ((model, read(item)) for item in items(cells.get(column, "")))
    for kind, column in write_volunteer.WISHES.items():
        yield from ((CountryWish, {"kind": kind, "code": code}) for code in items(cells.get(column, "")))
    for country in items(cells.get("served", "")):
        yield EarlierService, {"country": country, "year": None, "what": ""}
    yield from ((Consent, given) for given in _given(cells))


def _given(cells: Cells) -> Iterator[dict[str, Any]]:
    for purpose in (MATCHING, ABROAD):
        if cells.get(f"consent_{purpose}") == "yes":
            yield {
                "purpose": purpose,
                "version": VERSIONS[purpose],
                "given_on": date.fromisoformat(cells[f"consent_{purpose}_on"]),
                "how": cells[f"consent_{purpose}_how"],
                "recorded_at": clock.now(),
            }


def _leave_lines(session: Session, actor: User | None, vio: Vio, people: Iterable[tuple[int, Row]]) -> None:
    lines = []
    for number, row in people:
        lines.append(audit.line(actor, "volunteer_imported", Volunteer, number, vio.id, {"fields": []}))
        for given in _given(row.values):
            detail = {"purpose": given["purpose"], "version": given["version"]}
            lines.append(audit.line(actor, "consent_given", Volunteer, number, vio.id, detail))
    audit.record_many(session, lines)
