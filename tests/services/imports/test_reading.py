"""Files as offices have them: encodings, separators, workbooks, and what is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from webapp.services.errors import Refused
from webapp.services.imports import package, reading
from webapp.services.imports.reading import read_table

NAMES = "姓名,国家\n王小明,NA\n李雷,肯尼亚\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings_are_told_apart(encoding: str) -> None:
    table = read_table(NAMES.encode(encoding))
    assert table.header == ("姓名", "国家")
    assert table.rows[0] == (2, {"姓名": "王小明", "国家": "NA"})


def test_old_western_encoding_is_guessed_and_can_be_chosen() -> None:
    data = "name;town\nJosé Núñez;Málaga\n".encode("windows-1252")
    assert read_table(data).rows[0][1] == {"name": "José Núñez", "town": "Málaga"}
    russian = "имя;город\nАнна;Омск\n".encode("windows-1251")
    assert read_table(russian, "windows-1251").rows[0][1] == {"имя": "Анна", "город": "Омск"}


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_separators_are_guessed(mark: str) -> None:
    table = read_table(f'a{mark}b\n"x{mark}y\nz"{mark}2\n\n3{mark}\n'.encode())
    assert table.rows == ((2, {"a": f"x{mark}y\nz", "b": "2"}), (4, {"a": "3", "b": ""}))


def test_blank_and_double_headings_get_a_number() -> None:
    assert read_table(b"a,,a\n1,2,3\n").header == ("a", "Column 2", "a (3)")


def test_workbook_gives_text_as_people_see_it() -> None:
    book = Workbook()
    book.create_sheet("list", 0)
    sheet = book.worksheets[0]
    sheet.append(["id", "when", "yes", "n", "country"])
    sheet.append([7.0, date(2026, 3, 1), True, 2.5, "NA"])
    data = io.BytesIO()
    book.save(data)
    assert list(read_table(data.getvalue()).rows[0][1].values()) == ["7", "2026-03-01", "yes", "2.5", "NA"]


def test_letters_of_an_earlier_conversion_are_mended_only_when_said() -> None:
    data = "a,b\nGuin\x8ee,Õs\n".encode()
    assert read_table(data).has_odd_characters
    assert read_table(data, odd_characters="mac_roman").rows[0][1] == {"a": "Guinée", "b": "’s"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no rows"),
        (b"a,b\n", "no rows"),
        (b"a,b\n1,2,3\n", "Row 2 has more cells"),
        (b"a,b\n1," + b"x" * 40_000, "Row 2, column b"),
        (b",".join(b"c%d" % n for n in range(201)) + b"\n1\n", "200 columns"),
        (b"a\n" + b"1\n" * 20_001, "20000 rows"),
        (b"a\n" + b"\n" * 40_001, "20000 rows"),
        (b"a\n" + b"," * 20_001, "200 columns"),
        (b"\xd0\xcf\x11\xe0 old", "XLS"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"x" * (reading.LARGEST_FILE + 1), "16 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_words(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_table(data)


def test_columns_without_name_or_word_at_the_end_are_none() -> None:
    assert read_table(b"a,b,,\n1,2\n").header == ("a", "b")


def test_as_many_cells_as_nobody_reads_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_CELLS", 5)
    assert len(read_table(b"a,b\n1,2\n3,4\n").rows) == 2
    with pytest.raises(Refused, match="5 cells"):
        read_table(b"a,b\n1,2\n3,4\n5,6\n")


@pytest.mark.parametrize("name", ["René", "Andréa", "Chloé Béart"])
def test_accents_between_letters_are_no_chinese_signs(name: str) -> None:
    table = read_table(f"name,town\n{name},Lyon\n".encode("windows-1252"))
    assert (table.encoding, table.rows[0][1]["name"]) == ("windows-1252", name)


def test_wrong_encoding_is_refused() -> None:
    with pytest.raises(Refused, match="not among those"):
        read_table(b"a\n1\n", "cp037")
    with pytest.raises(Refused, match="cannot be read as utf-8"):
        read_table("a\né\n".encode("windows-1252"), "utf-8")


def test_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED", 1000)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x" * 5000)
    with pytest.raises(Refused, match="unpacks"):
        read_table(data.getvalue())


def test_archive_that_is_no_workbook_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", str(date.min))
    with pytest.raises(Refused, match="no workbook"):
        read_table(data.getvalue())
