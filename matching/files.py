"""Reads the files of the commands and writes their results whole or not at all; errors that a person can act on."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd


class CommandError(Exception):
    """What the person at the command line has to put right."""


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV in UTF-8 as text; CommandError says what is wrong with the file, and in which row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = [row for row in csv.reader(lines, strict=True) if row]
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not in UTF-8 (byte {error.start}); save it as CSV UTF-8") from error
    except csv.Error as error:
        raise CommandError(f"{path} is no proper CSV: {error}; quote cells that hold commas or quotes") from error
    if not rows:
        raise CommandError(f"{path} is empty; its first row must name the columns")
    return _table(path, [name.strip() for name in rows[0]], rows[1:])


def read_texts(path: Path) -> dict[str, str]:
    """Read lines of id TAB text, in their order; CommandError names the line that is wrong."""
    texts: dict[str, str] = {}
    for number, line in _lines(path):
        key, tab, text = line.partition("\t")
        if not tab:
            raise CommandError(f"{path}, line {number}: no tab; write the id, a tab and the text")
        if not key.strip():
            raise CommandError(f"{path}, line {number}: no id before the tab")
        if key.strip() in texts:
            raise CommandError(f"{path}, line {number}: the id {key.strip()} stands there twice; every id is one text")
        texts[key.strip()] = text.strip()
    if not texts:
        raise CommandError(f"{path} is empty; write one line a text: the id, a tab and the text")
    return texts


def read_answers(path: Path) -> dict[str, set[str]]:
    """Read lines of query TAB 0 TAB corpus TAB 1: the right answers of each query."""
    answers: dict[str, set[str]] = {}
    for number, line in _lines(path):
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != 4 or not cells[0] or not cells[2]:
            raise CommandError(f"{path}, line {number}: {len(cells)} cells; write query, 0, corpus, 1, parted by tabs")
        if cells[3] not in ("0", "1"):
            raise CommandError(f"{path}, line {number}: {cells[3]!r} is neither 1 (right) nor 0 (wrong)")
        if cells[3] == "1":
            answers.setdefault(cells[0], set()).add(cells[2])
    if not answers:
        raise CommandError(f"{path} names no right answer; write query, 0, corpus, 1, parted by tabs")
    return answers


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a file beside `path` and then put it in place: nobody ever reads half a result."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        write(unfinished)
        os.replace(unfinished, path)
    except OSError as error:
        why = error.strerror or error
        raise CommandError(f"{path} cannot be written: {why}; name a file in a folder that exists") from error
    finally:
        if unfinished.is_file():
            unfinished.unlink()


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            yield from ((number, line.rstrip("\n")) for number, line in enumerate(lines, start=1) if line.strip())
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not in UTF-8 (byte {error.start}); save it as UTF-8") from error


def _table(path: Path, header: list[str], rows: list[list[str]]) -> pd.DataFrame:
    twice = [name for name, count in Counter(header).items() if name and count > 1]
    if twice:
        raise CommandError(f"{path}, row 1: the column {twice[0]} stands there twice; remove one")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise CommandError(
                f"{path}, row {number}: {len(row)} cells under {len(header)} columns; quote cells that hold a comma"
            )
    return pd.DataFrame(rows, columns=header, dtype=str)
