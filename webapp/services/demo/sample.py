"""Rows of data/sample as rows of the database. The columns are those of the import (data/README.md)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from webapp.config import ROOT
from webapp.models import (
    Assignment,
    AssignmentLanguage,
    AssignmentSkill,
    AvailabilityWindow,
    Consent,
    CountryWish,
    EarlierService,
    Host,
    Licence,
    MoneyLine,
    Volunteer,
    VolunteerLanguage,
    VolunteerSkill,
)

FOLDER = ROOT / "data" / "sample"
WRITTEN_IN = 2026  # the sample's openings lie in the year after; later starts shift every date by whole years
Cells = dict[str, str]
TEXTS_OF_HOST = [
    "name",
    "country",
    "location",
    "kind",
    "about",
    "website",
    "contact_name",
    "contact_email",
    "contact_phone",
    "registration_number",
    "reference_one",
    "reference_two",
    "safeguarding_person",
    "conduct_policy_signed_by",
]
TEXTS_OF_WORK = [
    "title",
    "sector",
    "tasks",
    "plain_day",
    "hardest_thing",
    "expected_results",
    "learning",
    "local_strengths",
    "experience_level",
    "mode",
    "country",
    "location",
    "lodging",
    "water",
    "power",
    "internet",
    "contact_children",
    "contact_adults",
    "supervisor",
    "counterpart",
    "community_consulted",
    "locals_sought",
    "why_not_paid_local",
    "handover",
    "funder",
    "national_priority",
]
NUMBERS_OF_WORK = [
    "hours",
    "weeks",
    "places_international",
    "places_national",
    "places_local",
    "hospital_hours",
    "hottest_celsius",
    "coldest_celsius",
    "altitude_metres",
    "walking_km",
    "supervision_hours",
]
ANSWERS_OF_WORK = [
    "is_child_institution",
    "has_clinical_acts",
    "is_security_work",
    "is_party_or_religious_work",
    "replaces_strikers",
    "has_fees_not_listed",
    "was_paid_post",
]


def rows(name: str, folder: Path = FOLDER) -> list[Cells]:
    """Return the rows of one sample file."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shifted(day: str, years: int) -> date | None:
    """Return an ISO day so many years later; 29 February becomes the 28th where there is none."""
    if not day:
        return None
    plain = date.fromisoformat(day)
    try:
        return plain.replace(year=plain.year + years)
    except ValueError:
        return plain.replace(year=plain.year + years, day=28)


def host_from(cells: Cells, vio_id: int, years: int, now: datetime) -> Host:
    """Return a host, not verified yet."""
    texts = {name: cells[name] for name in TEXTS_OF_HOST}
    signed = shifted(cells["conduct_policy_signed_on"], years)
    return Host(
        **texts,
        vio_id=vio_id,
        external_id=cells["id"],
        conduct_policy_signed_on=signed,
        state="asked",
        created_at=now,
        updated_at=now,
    )


def assignment_from(cells: Cells, host: Host, years: int, now: datetime) -> Assignment:
    """Return an assignment that waits for its review."""
    columns: dict[str, Any] = {name: cells[name] for name in TEXTS_OF_WORK}
    columns |= {name: int(cells[name]) for name in NUMBERS_OF_WORK if cells[name]}
    columns |= {name: cells[name] == "yes" for name in ANSWERS_OF_WORK}
    columns |= {name: cells[name] or None for name in ("time_zone", "online_from", "online_to", "step_free")}
    assignment = Assignment(
        **columns,
        vio_id=host.vio_id,
        host_id=host.id,
        external_id=cells["id"],
        start_on=shifted(cells["start_on"], years),
        end_on=shifted(cells["end_on"], years),
        sdg_targets=cells["sdg_targets"].split("|"),
        state="submitted",
        submitted_at=now,
        created_at=now,
        updated_at=now,
    )
    assignment.skills = [*_skills(cells, "skills_essential", True), *_skills(cells, "skills_desirable", False)]
    assignment.languages = _languages_of_work(cells)
    assignment.money = [
        MoneyLine(payer=who[0], payee=who[1], what=what, amount=amount, when=when)
        for direction, what, amount, when in _items(cells["money"])
        for who in [direction.split(">")]
    ]
    return assignment


def volunteer_from(cells: Cells, vio_id: int, years: int, now: datetime) -> Volunteer:
    """Return a volunteer without account."""
    modes = cells["modes"].split("|")
    numbers = {name: int(cells[name]) for name in ("stay_min_weeks", "stay_max_weeks", "online_hours") if cells[name]}
    texts = ("online_from", "online_to", "time_zone", "call_me", "email", "residence")
    volunteer = Volunteer(
        **numbers,
        **{name: cells[name] or None for name in texts},
        vio_id=vio_id,
        external_id=cells["id"],
        full_name=cells["full_name"],
        phone=cells["phone"] or None,
        is_adult=True,
        experience=cells["experience"],
        motivation=cells["motivation"],
        anywhere=cells["anywhere"] == "yes",
        on_site="on_site" in modes,
        online="online" in modes,
        open_to_all=cells["open_to_all"] == "yes",
        causes=cells["causes"].split("|"),
        availability_confirmed_on=now.date(),
        created_at=now,
        updated_at=now,
    )
    _add_parts(volunteer, cells, years)
    return volunteer


def _add_parts(volunteer: Volunteer, cells: Cells, years: int) -> None:
    held = (item[0].split(":") + item[1:] for item in (one.split("@") for one in cells["skills"].split("|")))
    volunteer.skills = [VolunteerSkill(skill=s, level=int(n), last_used=int(used)) for s, n, used in held]
    volunteer.licences = [
        Licence(skill=skill, country=country, valid_until=shifted(until, years))
        for skill, country, until in _items(cells["licences"])
    ]
    volunteer.languages = [
        VolunteerLanguage(language=code, level=level, known_by=basis)
        for code, level, basis in _items(cells["languages"])
    ]
    wishes = {"country": cells["countries"], "route": cells["routes"], "excluded": cells["excluded"]}
    volunteer.wishes = [
        CountryWish(kind=kind, code=code) for kind, cell in wishes.items() for code in cell.split("|") if code
    ]
    for window in cells["availability"].split("|"):
        first, last = (shifted(day, years) for day in window.split("/"))
        volunteer.windows.append(AvailabilityWindow(starts_on=first, ends_on=last))
    volunteer.services = [EarlierService(country=code) for code in cells["served"].split("|") if code]
    volunteer.consents = list(_consents(cells))


def _consents(cells: Cells) -> Iterator[Consent]:
    for purpose in ("matching", "abroad"):
        if cells[f"consent_{purpose}"] == "yes":
            given = date.fromisoformat(cells[f"consent_{purpose}_on"])
            yield Consent(
                purpose=purpose,
                version="sample",
                given_on=given,
                how=cells[f"consent_{purpose}_how"],
                recorded_at=datetime.combine(given, time(12), UTC),
            )


def _skills(cells: Cells, column: str, essential: bool) -> Iterator[AssignmentSkill]:
    licensed = cells["licensed_skills"].split("|")
    for code, level in _items(cells[column]):
        yield AssignmentSkill(skill=code, level=int(level), is_essential=essential, needs_licence=code in licensed)


def _languages_of_work(cells: Cells) -> list[AssignmentLanguage]:
    found = [
        AssignmentLanguage(language=code, level=rest[0], for_safety="safety" in rest)
        for code, *rest in _items(cells["languages"])
    ]
    taken = {one.language for one in found}
    helpful = [code for code in cells["languages_helpful"].split("|") if code and code not in taken]
    return found + [AssignmentLanguage(language=code, level="B1", is_required=False) for code in helpful]


def _items(cell: str) -> list[list[str]]:
    return [item.split(":") for item in cell.split("|") if item]
