"""Days of rest by country."""

from __future__ import annotations

from datetime import date

import pytest

from webapp import vocabulary
from webapp.weekends import USUAL, WEEK, next_working_day, read_weekends


@pytest.mark.parametrize(
    ("country", "asked", "found"),
    [
        ("KE", 28, 30),  # Saturday: over the weekend
        ("EG", 27, 29),  # Friday and Saturday rest, Sunday works
        ("EG", 29, 29),
        ("UG", 28, 28),  # only Sunday rests
        ("IR", 27, 28),
        (None, 29, 30),
    ],
)
def test_a_day_moves_behind_the_weekend_of_its_country(country: str | None, asked: int, found: int) -> None:
    assert next_working_day(country, date(2026, 11, asked)) == date(2026, 11, found)


def test_the_table_names_known_countries_and_days_that_differ_from_the_usual() -> None:
    for country, days in read_weekends().items():
        assert country in vocabulary.reference().countries
        assert days
        assert days < set(WEEK)
        assert days != USUAL
