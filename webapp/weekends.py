"""The days of the week on which a country's offices rest (`data/reference/calendar/weekends.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from webapp.config import ROOT

TABLE = ROOT / "data" / "reference" / "calendar" / "weekends.csv"
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL = frozenset({"sat", "sun"})  # of every country that the table does not name


@cache
def read_weekends(table: Path = TABLE) -> Mapping[str, frozenset[str]]:
    """Return the days of rest of each country in the table, by its code of two letters."""
    with table.open(encoding="utf-8", newline="") as lines:
        return {row["iso2"]: frozenset(row["days"].split("|")) for row in csv.DictReader(lines, strict=True)}


def is_weekend(country: str | None, day: date) -> bool:
    """Whether `day` is a day of rest in `country`; where the country is not known, Saturdays and Sundays are."""
    return WEEK[day.weekday()] in read_weekends().get(country or "", USUAL)
