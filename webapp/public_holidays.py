"""Public holidays by country, from the package `holidays`. Those that follow the moon are estimates until they come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache


@cache
def read_holidays(country: str, year: int) -> Mapping[date, bool]:
    """Return the whole country's public holidays of a year, and whether the day is an estimate; nothing where unknown.

    Days of a religion or a region alone are not among them. A holiday that is moved to a working day is.
    """
    # Imported when a day is first asked for: it costs a third of a second, which no start and no other page waits for.
    import holidays

    try:
        found = holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError:  # a country that the package does not know: its weekends alone count
        return {}
    return {day: "estimated" in name for day, name in found.items() if day.year == year}


def holiday(country: str | None, day: date) -> bool | None:
    """Return None where `day` is no public holiday of the country, else whether it is an estimate."""
    return read_holidays(country, day.year).get(day) if country else None
