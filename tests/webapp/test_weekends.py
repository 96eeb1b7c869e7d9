"""Days of rest by country."""

from __future__ import annotations

from webapp import vocabulary
from webapp.weekends import USUAL, WEEK, read_weekends


def test_the_table_names_known_countries_and_days_that_differ_from_the_usual() -> None:
    for country, days in read_weekends().items():
        assert country in vocabulary.reference().countries
        assert days
        assert days < set(WEEK)
        assert days != USUAL
