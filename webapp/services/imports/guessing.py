"""From an office's columns to ours: by words of the header, by what was confirmed before, by looking at the cells."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.config import ROOT
from webapp.models import ColumnMapping
from webapp.services.imports.columns import COLUMNS
from webapp.services.imports.reading import Table
from webapp.words import Words

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NO_LETTERS = re.compile(r"[^0-9a-z]+")
_LOOKED_AT = 50  # rows by whose cells a column may be recognized
_MOSTLY = 0.8


def fold(text: str) -> str:
    """Return a header or name in one way of writing: lower case, no accents, no marks, single spaces."""
    if text.isascii():
        return " ".join(_NO_LETTERS.sub(" ", text.lower()).split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char))
    return " ".join(letters.split())


def guess_columns(kind: str, table: Table) -> dict[str, str]:
    """Return ours -> theirs for the columns that can be told; each of theirs is used once."""
    words = _words(kind)
    found: dict[str, str] = {}
    for exact in (True, False):  # our own names first: lists that this service wrote need no guessing
        for theirs in table.header:
            name = _exact(kind, theirs) if exact else words.get(fold(theirs), "")
            if name and name not in found and theirs not in found.values():
                found[name] = theirs
    return found | _by_cells(kind, table, found)


def _exact(kind: str, theirs: str) -> str:
    known = {one.name for one in COLUMNS[kind]}
    return theirs.strip() if theirs.strip() in known else ""


@cache
def _words(kind: str) -> dict[str, str]:
    """Return folded header -> our column, in the order of our columns."""
    with (ROOT / "data" / "imports" / "header_words.csv").open(encoding="utf-8", newline="") as lines:
        table = {line["column"]: line["words"].split("|") for line in csv.DictReader(lines)}
    words: dict[str, str] = {}
    for one in COLUMNS[kind]:
        for word in (one.name, str(one.label), *table.get(one.name, ())):
            if fold(word):
                words.setdefault(fold(word), one.name)
    return words


def _by_cells(kind: str, table: Table, found: Mapping[str, str]) -> dict[str, str]:
    """Recognize the column of e-mail addresses by its cells, where no header said which it is."""
    name = {"volunteers": "email", "hosts": "contact_email"}.get(kind, "")
    if not name or name in found:
        return {}
    for theirs in table.header:
        cells = [row[theirs].strip() for _, row in table.rows[:_LOOKED_AT] if row[theirs].strip()]
        hits = sum(1 for cell in cells if _EMAIL.fullmatch(cell))
        if theirs not in found.values() and cells and hits >= _MOSTLY * len(cells):
            return {name: theirs}
    return {}


def header_hash(header: tuple[str, ...]) -> str:
    """Return what tells one header from another, whatever the order of its columns."""
    return hashlib.sha256("\n".join(sorted(header)).encode()).hexdigest()


def remembered(session: Session, vio_id: int, kind: str, header: tuple[str, ...]) -> dict[str, Any] | None:
    """Return the plan under which this VIO last read a list with this header, None where it never did."""
    kept = _kept(session, vio_id, kind, header)
    return dict(kept.mapping) if kept else None


def remember(session: Session, vio_id: int, kind: str, header: tuple[str, ...], plan: dict[str, Any]) -> None:
    """Keep how this header was read, so that it is not asked again."""
    kept = _kept(session, vio_id, kind, header)
    if kept is None:
        kept = ColumnMapping(vio_id=vio_id, kind=kind, header_hash=header_hash(header))
        session.add(kept)
    kept.mapping, kept.updated_at = plan, clock.now()
    session.flush()


def _kept(session: Session, vio_id: int, kind: str, header: tuple[str, ...]) -> ColumnMapping | None:
    query = select(ColumnMapping).where(
        ColumnMapping.vio_id == vio_id,
        ColumnMapping.kind == kind,
        ColumnMapping.header_hash == header_hash(header),
    )
    return session.scalar(query)


def label_of(kind: str, name: str) -> Words | str:
    """Return the label of one of our columns, the name itself where there is none."""
    return next((one.label for one in COLUMNS[kind] if one.name == name), name)
