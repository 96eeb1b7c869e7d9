from datetime import date

import pandas as pd
import pytest

from matching import Reference, SchemaError, Volunteer, parse_assignments, parse_volunteers
from matching.records import AskedLanguage, AskedSkill, HeldLanguage, HeldSkill, Hours, Licence, Window
from matching.schema import merge_windows
from tests.matching.frames import assignment, frame, volunteer

REFERENCE = Reference.load()


def read(**over: str) -> Volunteer:
    (record,) = parse_volunteers(frame(volunteer(**over)), REFERENCE)
    return record


def test_every_column_of_a_volunteer_is_read() -> None:
    record = read(licences="nur-01:ke:2027-12-31|HEA-03:TZ:", languages="fr:b2|zh-Hans:N:interview", routes="nelb")
    assert record.skills == (HeldSkill("WAT-02", 3, 2024), HeldSkill("WAT-04", 2, None))
    assert record.licences == (Licence("NUR-01", "KE", date(2027, 12, 31)), Licence("HEA-03", "TZ", None))
    assert record.languages == (HeldLanguage("fr", 4, "own"), HeldLanguage("zh", 7, "interview"))
    assert record.availability == (Window(date(2026, 9, 1), date(2027, 6, 30)),)
    assert record.hours == Hours(17 * 60, 21 * 60, "Africa/Dar_es_Salaam")
    assert (record.routes, record.causes, record.served) == (("nelb",), (6,), ("KE",))


def test_namibia_is_a_country_and_not_a_missing_value() -> None:
    assert read(countries="NA|KE").countries == ("NA", "KE")


def test_windows_that_touch_become_one() -> None:
    record = read(availability="2027-01-01/2027-02-01|2026-12-01/2026-12-31|2027-05-01/2027-06-01")
    assert record.availability == (
        Window(date(2026, 12, 1), date(2027, 2, 1)),
        Window(date(2027, 5, 1), date(2027, 6, 1)),
    )


def test_an_asked_skill_without_level_takes_the_level_of_the_experience() -> None:
    rows = frame(
        assignment(id="1", skills_essential="WAT-02|WAT-04:1", experience_level="specialist"),
        assignment(id="2", skills_essential="WAT-02", experience_level=""),
    )
    first, second = parse_assignments(rows, REFERENCE)
    assert first.essential == (AskedSkill("WAT-02", 3), AskedSkill("WAT-04", 1))
    assert second.essential == (AskedSkill("WAT-02", 1),)


def test_an_assignment_is_read_with_safety_targets_and_places() -> None:
    row = assignment(languages="fr:B2:safety|en:B1", sdg_targets="3.8|6.a|3.1", places_local="")
    (record,) = parse_assignments(frame(row), REFERENCE)
    assert record.languages == (AskedLanguage("fr", 4, True), AskedLanguage("en", 3, False))
    assert record.goals == (3, 6)
    assert (record.places_international, record.places_local) == (2, 0)


@pytest.mark.parametrize(
    ("column", "cell", "remedy"),
    [
        ("skills", "WAT-99:2", "data/reference/skills.csv"),
        ("skills", "WAT-02", "level from 1 to 4"),
        ("skills", "WAT-02:5", "level from 1 to 4"),
        ("skills", "WAT-02:2@24", "four digits"),
        ("licences", "NUR-01", "skill:country:valid until"),
        ("licences", "NUR-01:KE:31.12.2027", "year-month-day"),
        ("languages", "French", "no language code"),
        ("languages", "fr:D4", "A1, A2"),
        ("languages", "fr", "A1, A2"),
        ("languages", "fr:B2:guess", "own, certificate, interview"),
        ("countries", "Kenya", "data/reference/countries.csv"),
        ("routes", "silk", "data/reference/routes.csv"),
        ("consent_matching", "maybe", "yes, no"),
        ("availability", "2026-09-01", "two dates with a slash"),
        ("availability", "2027-09-01/2026-09-01", "ends before it starts"),
        ("availability", "2026-02-30/2026-09-01", "in no calendar"),
        ("stay_min_weeks", "four", "whole number"),
        ("stay_max_weeks", "2", "shorter than the shortest"),
        ("modes", "remote", "on_site, online"),
        ("online_from", "25:00", "18:30"),
        ("online_to", "", "both ends"),
        ("time_zone", "Nairobi time", "IANA"),
        ("causes", "18", "1 to 17"),
        ("id", "", "id of its own"),
    ],
)
def test_a_bad_volunteer_cell_is_named_with_row_column_and_remedy(column: str, cell: str, remedy: str) -> None:
    rows = frame(volunteer(id="first"), volunteer(**{column: cell}))
    with pytest.raises(SchemaError) as caught:
        parse_volunteers(rows, REFERENCE)
    (problem,) = caught.value.problems
    assert (problem.table, problem.row, problem.column, problem.value) == ("volunteers", 3, column, cell)
    assert remedy in problem.remedy
    assert f"volunteers, row 3, column {column}" in str(caught.value)


@pytest.mark.parametrize(
    ("over", "column", "remedy"),
    [
        ({"languages": "fr:B2:safe"}, "languages", "safety"),
        ({"experience_level": "guru"}, "experience_level", "newcomer"),
        ({"mode": "hybrid"}, "mode", "either"),
        ({"start_on": "1.10.2026"}, "start_on", "year-month-day"),
        ({"end_on": "2026-01-01"}, "end_on", "ends before it starts"),
        ({"country": ""}, "country", "name the country"),
        ({"country": "", "mode": "online", "places_local": "1"}, "country", "name the country"),
        ({"sdg_targets": "3"}, "sdg_targets", "goal.target"),
        ({"places_international": "-1"}, "places_international", "whole number"),
    ],
)
def test_a_bad_assignment_cell_is_named(over: dict[str, str], column: str, remedy: str) -> None:
    with pytest.raises(SchemaError) as caught:
        parse_assignments(frame(assignment(**over)), REFERENCE)
    (problem,) = caught.value.problems
    assert (problem.table, problem.row, problem.column) == ("assignments", 2, column)
    assert remedy in problem.remedy


def test_all_problems_are_told_at_once() -> None:
    rows = frame(volunteer(id="1", causes="99"), volunteer(id="1", served="XX"))
    with pytest.raises(SchemaError) as caught:
        parse_volunteers(rows, REFERENCE)
    assert [(problem.row, problem.column) for problem in caught.value.problems] == [
        (2, "causes"),
        (3, "served"),
        (3, "id"),
    ]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(SchemaError, match="row 1, column consent_matching"):
        parse_volunteers(pd.DataFrame({"id": ["1"]}), REFERENCE)


def test_columns_that_may_be_missing_are_not_known() -> None:
    (record,) = parse_volunteers(frame({"id": "1", "consent_matching": "yes"}), REFERENCE)
    assert record == Volunteer(id="1", consent_matching=True)


def test_an_empty_table_is_no_error() -> None:
    assert parse_volunteers(frame(volunteer()).iloc[:0], REFERENCE) == []


def test_windows_that_end_with_the_calendar_are_joined_like_others() -> None:
    first, last = Window(date(2026, 1, 1), date.max), Window(date(9999, 12, 31), date.max)
    assert merge_windows((last, first)) == (first,)
