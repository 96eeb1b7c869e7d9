"""Working days of two sides: weekends and public holidays, with days that everybody can look up."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest

from webapp.working_days import MOST_DAYS, Holiday, holidays_between, is_rest, next_working_day


@pytest.mark.parametrize(
    ("countries", "asked", "found"),
    [
        (["KE"], "2026-11-28", "2026-11-30"),  # Saturday: over the weekend
        (["EG"], "2026-11-27", "2026-11-29"),  # Friday and Saturday rest, Sunday works
        (["UG"], "2026-11-28", "2026-11-28"),  # only Sunday rests
        (["IR"], "2026-11-27", "2026-11-28"),
        ([None], "2026-11-29", "2026-11-30"),
        (["EG", "KE"], "2026-11-27", "2026-11-30"),  # Friday there, Saturday there and here, Sunday here
        (["TR", "KE"], "2025-03-30", "2025-04-02"),  # Eid al-Fitr, on days that have been
        (["KE", "CN"], "2025-01-28", "2025-02-05"),  # the Spring Festival, as it was kept
        (["KE", "TN"], "2026-12-25", "2026-12-28"),  # Christmas, then both weekends
        (["KE", None], "2026-06-01", "2026-06-02"),  # Madaraka Day
        (["ZZ"], "2026-06-01", "2026-06-01"),  # a country that nobody knows has weekends
    ],
)
def test_a_day_moves_to_one_on_which_all_work(countries: list[str | None], asked: str, found: str) -> None:
    assert next_working_day(countries, date.fromisoformat(asked)) == date.fromisoformat(found)


def test_holidays_are_named_once_and_weekends_are_no_holidays() -> None:
    told = holidays_between(["KE", "CN"], date(2025, 1, 28), date(2025, 2, 5))
    assert told == [Holiday("CN", is_estimate=False)]
    assert holidays_between(["KE"], date(2026, 11, 28), date(2026, 11, 30)) == []
    assert holidays_between(["KE"], date(2026, 6, 1), date(2026, 6, 1)) == []


def test_days_that_follow_the_moon_are_said_to_be_estimates() -> None:
    eid = date(2027, 3, 9)
    assert Holiday("TN", is_estimate=True) in holidays_between(["TN"], eid, next_working_day(["TN"], eid))


@pytest.mark.parametrize("countries", [("CN", "EG"), ("KE", "TN"), ("PK", "ID"), ("SA", "CN"), (None, "IR")])
def test_no_promise_moves_by_more_than_two_weeks_or_back(countries: tuple[str | None, ...]) -> None:
    day = date(2026, 1, 1)
    while day.year == 2026:
        found = next_working_day(countries, day)
        assert timedelta() <= found - day <= timedelta(days=MOST_DAYS)
        assert not is_rest(countries[0], found)
        day += timedelta(days=1)


def test_the_longest_holidays_end(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = date(2026, 6, 1)
    monkeypatch.setattr("webapp.working_days.is_rest", lambda country, _day: country == "CN")
    assert next_working_day(["KE", "CN"], asked) == asked, "who answers works"
    assert next_working_day(["CN", "KE"], asked) == asked + timedelta(days=MOST_DAYS)


def test_no_start_of_the_service_waits_for_the_holidays() -> None:
    code = "import sys, webapp.services.applications; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
