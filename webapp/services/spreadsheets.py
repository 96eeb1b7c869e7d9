"""Lists as files that a spreadsheet opens without running anything in them; reading one back gives the same text."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 22  # of a column, in characters

GUARD = "'"
# What a spreadsheet may take for a formula or a command: also in full-width form, after blanks, and after quotes.
_QUOTES, _SIGNS = r"'\"\u2018\u2019\uff07", r"=+\-@\uff1d\uff0b\uff0d\uff20\u2212"
_LIVE = re.compile(rf"[\s{_QUOTES}]*[{_SIGNS}\t\r]")
# Where another separator is the custom, a semicolon, tab or line inside a cell begins a new one.
_INNER = rf"(?=(?:[^\S\t\r\n]|[{_QUOTES}])*[{_SIGNS}])"
_LIVE_WITHIN, _GUARDED_WITHIN = re.compile(rf"([;\t\r\n]){_INNER}"), re.compile(rf"([;\t\r\n]){GUARD}{_INNER}")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\ufeff]")


def tidy(text: str) -> str:
    """Return the text as lists compare it: one way of writing letters and line ends, no blanks around it."""
    if text.isascii() and text.isprintable():  # nearly every cell, and nothing to do
        return text.strip()
    one_form = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", one_form).strip()


def guard(text: str) -> str:
    """Return the text so that no spreadsheet runs it: an apostrophe stands before what could be a formula."""
    within = _LIVE_WITHIN.sub(rf"\1{GUARD}", text)
    return GUARD + within if _LIVE.match(text) else within


def unguard(text: str) -> str:
    """Take away each apostrophe that `guard` put there."""
    is_guarded = text.startswith(GUARD) and _LIVE.match(text[1:])
    return _GUARDED_WITHIN.sub(r"\1", text[1:] if is_guarded else text)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return CSV in UTF-8 with a mark at its beginning, by which spreadsheets know the encoding."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard(name) for name in header])
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook with one sheet, every cell text, the header kept in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    for row in (header, *rows):
        sheet.append([_text_cell(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: object, text: str) -> WriteOnlyCell | None:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, value="")
    cell.value = guard(_UNPRINTABLE.sub("", text))
    cell.data_type = "s"  # text even where it looks like a formula
    cell.number_format = "@"  # and stays text when somebody edits it
    return cell
