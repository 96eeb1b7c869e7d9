"""Reads what a run was made from back into the tables that the matcher takes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Assignment, Base, KeptInput, Volunteer
from webapp.portions import portions
from webapp.services.replay.keeping import AT_ONCE, PERSON, WORK, column_of
from webapp.services.replay.record import Record, sum_of
from webapp.services.replay.sealing import Seal, Unreadable, seal_of, sha256

Cells = dict[str, str]


@dataclass
class Inputs:
    """What is left of the inputs of a run, who is gone for good, and what is wrong with the rest."""

    people: dict[int, Cells] = field(default_factory=dict)
    works: dict[int, Cells] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()
    ended: frozenset[int] = frozenset()  # assignments that are no more
    wrong: list[str] = field(default_factory=list)
    sums: list[tuple[str, int, str]] = field(default_factory=list)  # kind, number and SHA-256 of each

    def frame_of(self, assignment_id: int) -> pd.DataFrame:
        """Return one assignment as the matcher reads it."""
        return pd.DataFrame([self.works[assignment_id]], dtype=str)

    def people_frame(self) -> pd.DataFrame:
        """Return the volunteers who are left, as the matcher reads them."""
        return pd.DataFrame([self.people[number] for number in sorted(self.people)], dtype=str)


def read(session: Session, record: Record) -> Inputs:
    """Return what a record leads to."""
    inputs = left_of(session, record.people, {number: one.kept for number, one in record.works.items()})
    is_whole = not inputs.gone and not inputs.ended and not inputs.wrong
    if is_whole and sum_of(inputs.sums) != record.inputs:
        inputs.wrong.append("What is kept is not what the run read: rows were put in each other's place.")
    return inputs


def left_of(session: Session, people: dict[int, int], works: dict[int, int]) -> Inputs:
    """Return what is left of inputs, given by whose they are with the numbers of what was kept."""
    inputs = Inputs()
    texts = {PERSON: _read(session, PERSON, people, inputs), WORK: _read(session, WORK, works, inputs)}
    inputs.people, inputs.works = (
        {number: json.loads(text)[2] for number, text in texts[kind].items()} for kind in (PERSON, WORK)
    )
    inputs.gone = _gone(session, Volunteer, people.keys() - texts[PERSON].keys())
    inputs.ended = _gone(session, Assignment, works.keys() - texts[WORK].keys())
    inputs.sums = [(kind, number, sha256(text)) for kind, some in texts.items() for number, text in some.items()]
    return inputs


def cells_of(session: Session, sealed: str) -> Cells:
    """Return what was kept of somebody, as the matcher read it; nothing where it was changed."""
    try:
        cells: Cells = json.loads(seal_of(session).open(sealed))[2]
    except Unreadable:
        return {}
    return cells


def _read(session: Session, kind: str, wanted: dict[int, int], inputs: Inputs) -> dict[int, str]:
    """Return the content of what is left, by whose it is; say what is missing without a reason, or was changed."""
    seal, found = seal_of(session), {}
    rows = {row.id: row for row in _rows(session, wanted.values())}
    for number, kept in wanted.items():
        row = rows.get(kept)
        if row is None:
            continue
        try:
            found[number] = _content(seal, row, kind, number)
        except Unreadable:
            inputs.wrong.append(f"What is kept of {kind} {number} was changed, or lies under another DATA_KEY.")
    table = Volunteer if kind == PERSON else Assignment
    lost = {number for number, kept in wanted.items() if kept not in rows}
    inputs.wrong += [
        f"What is kept of {kind} {number} is missing." for number in sorted(lost - _gone(session, table, lost))
    ]
    return found


def _rows(session: Session, numbers: Iterable[int]) -> Iterable[KeptInput]:
    for some in portions(sorted(numbers), AT_ONCE):
        query = select(KeptInput).where(KeptInput.id.in_(some))
        yield from session.scalars(query.execution_options(populate_existing=True))


def _content(seal: Seal, row: KeptInput, kind: str, number: int) -> str:
    text = seal.open(row.sealed)
    if getattr(row, column_of(kind)) != number or json.loads(text)[:2] != [kind, number]:
        raise Unreadable
    if seal.digest(text) != row.digest:
        raise Unreadable
    return text


def _gone(session: Session, table: type[Base], numbers: Iterable[int]) -> frozenset[int]:
    """Return which of them are no more: deleted, or erased."""
    asked, here = set(numbers), set()
    wanted = sorted(asked)
    for start in range(0, len(wanted), AT_ONCE):
        query = select(table.id).where(table.id.in_(wanted[start : start + AT_ONCE]))  # type: ignore[attr-defined]
        if table is Volunteer:
            query = query.where(Volunteer.erased_at.is_(None))
        here |= set(session.scalars(query))
    return frozenset(asked - here)
