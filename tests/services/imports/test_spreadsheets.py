"""What leaves as a list runs in no spreadsheet, and comes back as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from webapp.services.imports.money import join_money, parse_money
from webapp.services.imports.reading import read_table
from webapp.services.spreadsheets import guard, tidy, unguard, write_csv, write_xlsx

LIVE = [
    "=1+1",
    "+86 555",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "'=1",
    '"=1',
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "' \"@x",
    "−1",
]
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
SPICED = st.builds("".join, st.lists(st.sampled_from([*"'\"=+-@\t \n;|:\\＝", "a", "٣"]), max_size=8))


@pytest.mark.parametrize("text", LIVE)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert guard(text).startswith("'")
    assert unguard(guard(text)) == text


@pytest.mark.parametrize(
    "text", ["", "O'Neill", "'tis so", "a=1", "3 - 4", "12", "François", "one; two\nthree", "a;'b"]
)
def test_harmless_text_stays(text: str) -> None:
    assert guard(text) == text == unguard(text)


@given(ANY_TEXT | SPICED)
def test_guard_can_always_be_undone(text: str) -> None:
    assert unguard(guard(text)) == text


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(ANY_TEXT | SPICED, min_size=2, max_size=2), min_size=1, max_size=4))
def test_both_kinds_of_file_come_back(cells: list[list[str]]) -> None:
    kept = [["x", *map(tidy, row)] for row in cells]
    for data in (write_csv(("id", "a", "b"), kept), write_xlsx("list", ("id", "a", "b"), kept)):
        table = read_table(data)
        assert [[tidy(cell) for cell in line.values()] for _, line in table.rows] == kept


def test_no_cell_of_a_file_is_live() -> None:
    rows = list(
        csv.reader(io.StringIO(write_csv(("=head",), [[text] for text in LIVE]).decode("utf-8-sig"), newline=""))
    )
    assert all(row[0].startswith("'") for row in rows)
    book = load_workbook(io.BytesIO(write_xlsx("x", ("=head",), [[text] for text in LIVE])))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} == {"s"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_live_where_another_separator_is_the_custom(separator: str) -> None:
    texts = [f"x{mark}{live}" for mark in (";", "\t", "\n", ";\n ") for live in LIVE if "\r" not in live]
    data = write_csv(("id", "words"), [[f"{number}", text] for number, text in enumerate(texts)])
    read = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator)
    cells = [cell.strip() for row in read for cell in row]
    assert [cell for cell in cells if cell.lstrip('"\u2018\u2019 ')[:1] in tuple("=+-@＝＋－＠−")] == []
    assert all(unguard(guard(text)) == text for text in texts)


@given(
    st.lists(st.tuples(st.sampled_from(["host", "vio"]), st.sampled_from(["volunteer", "third_party"]), SPICED, SPICED))
)
def test_money_comes_back(lines: list[tuple[str, str, str, str]]) -> None:
    kept = [
        (payer, payee, " ".join(what.split()) or "room", " ".join(amount.split()), "")
        for payer, payee, what, amount in lines
    ]
    assert parse_money(join_money(kept)) == kept
