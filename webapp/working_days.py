"""Days on which both sides work: neither a weekend nor a public holiday of any of their countries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.public_holidays import holiday
from webapp.weekends import is_weekend

MOST_DAYS = 14  # a promise never moves by more, however long the holidays are

Countries = Sequence[str | None]


@dataclass(frozen=True)
class Holiday:
    """A public holiday that a promise went around: the country, and whether its day is an estimate."""

    country: str
    is_estimate: bool


def is_rest(country: str | None, day: date) -> bool:
    """Whether offices of a country rest on `day`; of one that is not known, on Saturdays and Sundays."""
    return is_weekend(country, day) or holiday(country, day) is not None


def next_working_day(countries: Countries, day: date) -> date:
    """Return `day`, or the first one after it on which all `countries` work.

    Where none comes within 14 days it is the first on which the first of them works, and else the last of the 14.
    """
    days = [day + timedelta(days=number) for number in range(MOST_DAYS + 1)]
    for sides in (countries, countries[:1]):
        for one in days:
            if not any(is_rest(country, one) for country in sides):
                return one
    return days[-1]


def holidays_between(countries: Countries, asked: date, found: date) -> list[Holiday]:
    """Return the holidays, one for each country, because of which `asked` became the later `found`."""
    seen = dict.fromkeys(_between(countries, asked, found))
    known = {one.country for one in seen if not one.is_estimate}
    return [one for one in seen if not (one.is_estimate and one.country in known)]


def _between(countries: Countries, asked: date, found: date) -> Iterator[Holiday]:
    for number in range((found - asked).days):
        day = asked + timedelta(days=number)
        for country in countries:
            estimate = holiday(country, day)
            # On a weekend it would have moved anyway: the holiday is no reason.
            if country and estimate is not None and not is_weekend(country, day):
                yield Holiday(country, estimate)
