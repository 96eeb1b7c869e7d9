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

# What a spreadsheet may take for a formula or a command: also in full-width form, after blanks, and after quotes.
_LIVE = re.compile(r"[\s'\"\u2018\u2019\uff07]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20\u2212]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\ufeff]")
GUARD = "'"


def tidy(text: str) -> str:
    """Return the text as lists compare it: one way of writing letters and line ends, no blanks around it."""
    if text.isascii() and text.isprintable():  # nearly every cell, and nothing to do
        return text.strip()
    one_form = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", one_form).strip()


def guard(text: str) -> str:
    """Return the text so that no spreadsheet runs it: an apostrophe stands before what could be a formula."""
    return GUARD + text if _LIVE.match(text) else text


def unguard(text: str) -> str:
    """Take away the apostrophe that `guard` put there."""
    return text[1:] if text.startswith(GUARD) and _LIVE.match(text[1:]) else text


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
