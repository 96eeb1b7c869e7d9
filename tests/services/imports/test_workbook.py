"""A workbook as programs write it: dates, hours, words in pieces, rows and cells left out; read without a tree."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.services.imports.heavy_books import BOOK, FIRST, LINK, LINKS, MAIN, PLAN, RELATIONS, TAB, TOP, package
from webapp.services.errors import Refused
from webapp.services.imports import package as opened
from webapp.services.imports.reading import read_table


def saved(rows: Iterable[Sequence[object]]) -> bytes:
    """Return a workbook with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _cells(book: Workbook) -> list[list[str]]:
    return [list(cells.values()) for _, cells in read_table(_saved(book)).rows]


@pytest.fixture
def book() -> Workbook:
    """Return a workbook with a header of five columns."""
    made = Workbook()
    made.active.append(["a", "b", "c", "d", "e"])
    return made


def test_moments_are_read_by_their_format(book: Workbook) -> None:
    sheet = book.active
    sheet.append(
        [date(2026, 3, 1), datetime.fromisoformat("2026-03-01T09:30"), time(18, 30), timedelta(hours=30), 46082]
    )
    sheet.append([46082, 46082.5, 46082, "46082", 1e3])
    sheet["A3"].number_format, sheet["B3"].number_format, sheet["C3"].number_format = "d mmm yy", "0.00", '"day" 0'
    days = ["2026-03-01", "2026-03-01", "18:30", "1 day, 6:00:00", "46082"]
    assert _cells(book) == [days, ["2026-03-01", "46082.5", "46082", "46082", "1000"]]
    book.epoch = CALENDAR_MAC_1904
    assert _cells(book)[0][0] == "2026-03-01"


def test_what_is_left_out_is_blank_and_rows_keep_their_numbers(book: Workbook) -> None:
    book.active["E7"], book.active["B9"] = "last", True
    table = read_table(_saved(book))
    assert [number for number, _ in table.rows] == [7, 9]
    assert [list(cells.values()) for _, cells in table.rows] == [["", "", "", "", "last"], ["", "yes", "", "", ""]]


def test_words_in_pieces_are_one_and_how_they_are_spoken_is_left_out(book: Workbook) -> None:
    book.active.append([CellRichText("Ada ", TextBlock(InlineFont(b=True), "Lovelace"))])
    assert _cells(book)[0][0] == "Ada Lovelace"
    word = "<si><r><t>東</t></r><r><t>京</t></r><rPh sb='0' eb='1'><t>トウ</t></rPh></si><si><t>a_x000D_b</t></si>"
    line = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    data = package({"xl/words.xml": f"<sst>{word}</sst>", FIRST: f"<worksheet>{line * 2}</worksheet>"})
    assert read_table(data).header == ("東京", "a b")


def test_prefixes_and_the_order_of_parts_do_not_matter() -> None:
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:row><x:c t="str"><x:f>1</x:f><x:v>{{}}</x:v></x:c></x:row></x:worksheet>'
    empty = "<worksheet><row/></worksheet>"
    links = LINK.format(1, "worksheet", "/xl/a.xml") + LINK.format(2, "worksheet", "worksheets/../b.xml")
    plan = BOOK.format(TAB.format(1) + TAB.format(2).replace("r1", "r2"), "")
    both = sheet.format("name").replace("</x:worksheet>", "") + sheet.format("Ada").partition(">")[2]
    data = package({RELATIONS: LINKS.format(links), PLAN: plan, "xl/a.xml": empty, "xl/B.xml": both})
    assert read_table(data).rows == ((2, {"name": "Ada"}),)


@pytest.mark.parametrize("cell", ['<c t="s"><v>7</v></c>', "<c><v>x</v></c>", '<c s="y"><v>1</v></c>', "<c><v>1</c>"])
def test_what_cannot_be_meant_is_refused_with_what_to_do(cell: str) -> None:
    with pytest.raises(Refused, match="CSV UTF-8"):
        read_table(package({FIRST: f"<worksheet><row>{cell}</row></worksheet>"}))


def test_days_and_moments_written_out_are_read(book: Workbook) -> None:
    line = '<row><c t="str"><v>a</v></c></row><row>{}</row>'
    days = "".join(f'<c t="d"><v>{day}</v></c>' for day in ("2026-03-01", "2026-03-01T09:30:00"))
    sheet = line.format(days).replace("</c></row><row>", '</c><c t="str"><v>b</v></c></row><row>')
    assert read_table(package({FIRST: f"<worksheet>{sheet}</worksheet>"})).rows == (
        (2, {"a": "2026-03-01", "b": "2026-03-01"}),
    )


def test_cells_outside_of_rows_and_words_outside_of_cells_are_none() -> None:
    sheet = '<worksheet><c t="str"><v>lost</v></c><row>words<c t="str"><v>name</v></c></row>'
    sheet += '<row><c t="str"><v>Ada</v></c></row></worksheet>'
    assert read_table(package({FIRST: sheet})).rows == ((2, {"name": "Ada"}),)


def test_list_ends_where_blank_rows_go_on_and_on() -> None:
    row = '<row r="{}"><c t="str"><v>{}</v></c></row>'
    sheet = row.format(1, "name") + row.format(2, "Ada") + row.format(900_000, "nobody") + row.format(900_001, "else")
    assert read_table(package({FIRST: f"<worksheet>{sheet}</worksheet>"})).rows == ((2, {"name": "Ada"}),)


def test_cells_far_to_the_right_do_not_count(book: Workbook) -> None:
    book.active.append(["1"])
    book.active["XFD2"] = "far away"
    assert _cells(book) == [["1", "", "", "", ""]]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({FIRST: "<worksheet><row>" + "<c/>" * 20_000 + "</row></worksheet>"}, "rows without end"),
        ({TOP: LINKS.format("")}, "no workbook"),
        ({FIRST: f'<worksheet a="{"x" * 3_000_000}"/>'}, "CSV UTF-8"),
        ({RELATIONS: LINKS.format(LINK.format(1, "worksheet", "worksheets/gone.xml"))}, "no rows"),
    ],
)
def test_workbook_without_a_list_is_refused(parts: dict[str, str | bytes], words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_table(package(parts))


def test_cells_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MOST_ELEMENTS", 20)
    with pytest.raises(Refused, match="cells without end"):
        read_table(package({FIRST: "<worksheet>" + "<row/>" * 30 + "</worksheet>"}))
