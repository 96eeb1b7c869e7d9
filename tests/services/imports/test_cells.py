"""One cell: what offices write becomes our form, or words say what to write instead."""

from __future__ import annotations

from datetime import date

import pytest

from webapp.services.imports import dates
from webapp.services.imports.cells import read
from webapp.services.imports.context import Context
from webapp.services.imports.unreadable import Unreadable

TODAY = date(2026, 11, 23)
CONTEXT = Context(TODAY)


@pytest.mark.parametrize(
    ("reader", "cell", "kept"),
    [
        ("country", "NA", "NA"),
        ("country", "Namibia", "NA"),
        ("country", "Swaziland", "SZ"),
        ("country", "Macedonia", "MK"),
        ("country", "Burma", "MM"),
        ("country", "The Gambia", "GM"),
        ("country", "Côte d’Ivoire", "CI"),
        ("country", "肯尼亚", "KE"),
        ("country", "Казахстан", "KZ"),
        ("country", "كينيا", "KE"),
        ("country", "NO", "NO"),
        ("countries", "Kenya; Peru, ", "KE|PE"),
        ("flag", "Oui", "yes"),
        ("flag", "否", "no"),
        ("flag", "Да", "yes"),
        ("held_skills", "First aid (3) | LAN-01:2@2024", "HEA-01:3|LAN-01:2@2024"),
        ("held_skills", "急救:2", "HEA-01:2"),
        ("held_languages", "French (B2); Swahili: native", "fr:B2:own|sw:N:own"),
        ("held_languages", "fr:B2:interview|中文:C1", "fr:B2:interview|zh:C1:own"),
        ("asked_languages", "fr:B2:safety", "fr:B2:safety"),
        ("weeks", "١٢", "12"),
        ("weeks", "12.0", "12"),
        ("windows", "2027-09-01/2028-03-31|1 June 2026 - 31 Aug 2026", "2026-06-01/2026-08-31|2027-09-01/2028-03-31"),
        ("clock", "9:30", "09:30"),
        ("zone", "Africa/Nairobi", "Africa/Nairobi"),
        ("modes", "both", "on_site|online"),
        ("goals", "SDG 3, 4", "3|4"),
        ("targets", "3.1|6.A", "3.1|6.a"),
        ("email", "Ana@Office.Example", "ana@office.example"),
        ("sector", "Santé", "health"),
        ("country", "", ""),
        ("licences", "HEA-01:Kenya:31.12.2027", "HEA-01:KE:2027-12-31"),
    ],
)
def test_cell_is_read(reader: str, cell: str, kept: str) -> None:
    assert read(reader, cell, CONTEXT) == kept


@pytest.mark.parametrize(
    ("reader", "cell", "words"),
    [
        ("country", "Eastern Caribbean", "no single country"),
        ("country", "Micronesia & Palau", "no single country"),
        ("country", "no", "no single country"),
        ("country", "N/A", "no single country"),
        ("flag", "perhaps", "yes or no"),
        ("held_skills", "First aid", "level from 1 to 4"),
        ("held_skills", "Wizardry:3", "no skill"),
        ("held_languages", "French", "with its level"),
        ("held_languages", "Romance Language", "no single language"),
        ("weeks", "0", "from 1 to 260"),
        ("weeks", "a few", "whole number"),
        ("windows", "2027-03-01/2026-03-01", "ends before"),
        ("past_date", "2027-01-01", "still to come"),
        ("plan_date", "03/04/2026", "cannot be told apart"),
        ("plan_date", "2026-02-30", "in no calendar"),
        ("email", "ana at office", "e-mail"),
        ("money", "me>you:rent", "payer>payee"),
        ("zone", "Nairobi time", "Africa/Nairobi"),
        ("held_skills", "HEA-01:3@24", "four digits"),
        ("licences", "Wizardry:KE", "skill:country:valid until"),
        ("licences", "HEA-01", "skill:country:valid until"),
        ("cefr", "fluent enough", "no level"),
        ("held_languages", "fr:B2:guess", "own, certificate or interview"),
        ("line50", "5" * 51, "longer than 50"),
        ("sector", "Wizardry", "none of our lists"),
        ("water", "wine", "Write one of"),
        ("clock", "25:00", "hours and minutes"),
        ("goals", "3|18", "from 1 to 17"),
        ("targets", "3.99", "goal.target"),
        ("windows", "2026-09-01", "two dates with a slash"),
        ("plan_date", "some day soon", "year-month-day"),
        ("plan_date", "12 Brumaire 2026", "year-month-day"),
        ("money", "host>volunteer:room:free:always:now", "too many parts"),
    ],
)
def test_cell_is_refused_with_a_remedy(reader: str, cell: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(reader, cell, CONTEXT)


@pytest.mark.parametrize(
    "cell",
    ["2026-06-02", "2026/6/2", "2026年6月2日", "2.6.2026", "2-Jun-26", "2 June 2026", "June 2, 2026", "2 juin 2026"]
    + ["2 de junio de 2026", "2 июня 2026 г.", "٢٠٢٦-٠٦-٠٢", "2026-06-02 00:00:00"],
)
def test_dates_are_read_in_many_forms(cell: str) -> None:
    assert dates.read_date(cell) == date(2026, 6, 2)


def test_order_of_day_and_month_is_asked_and_not_guessed() -> None:
    assert dates.read_date("03/04/2026", dates.DAY_FIRST) == date(2026, 4, 3)
    assert dates.read_date("03/04/2026", dates.MONTH_FIRST) == date(2026, 3, 4)
    assert dates.read_date("23/04/2026") == dates.read_date("04/23/2026") == date(2026, 4, 23)
    assert dates.order_of(["01/02/2026"]) is None
    assert dates.order_of(["01/02/2026", "23/02/2026"]) == dates.DAY_FIRST
    assert dates.order_of(["01/02/2026", "02/23/2026"]) == dates.MONTH_FIRST
    assert dates.order_of(["13/02/2026", "02/23/2026"]) is None
    assert dates.order_of(["2026-01-02", "01.02.2026", "5/5/2026"]) == ""


def test_leap_day_moves_to_the_28th() -> None:
    assert dates.shift(date(2024, 2, 29), 2) == date(2026, 2, 28)
    assert dates.shift(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert read("plan_date", "29-Feb-24", Context(TODAY, shift_years=1)) == "2025-02-28"
    assert read("past_date", "29-Feb-24", Context(TODAY, shift_years=1)) == "2024-02-29"
    with pytest.raises(Unreadable, match="leaves the calendar"):
        dates.shift(date(9998, 1, 1), 9)
