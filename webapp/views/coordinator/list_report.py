"""The report on a list in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from webapp.i18n import translate
from webapp.models import ImportFile
from webapp.services.imports.columns import column
from webapp.services.imports.findings import words_from_json

SHOWN = 50


@dataclass(frozen=True)
class Fault:
    """One cell at fault."""

    row: int
    name: str
    column: str
    value: str
    remedy: str


@dataclass(frozen=True)
class Told:
    """A report in words; lists are cut to SHOWN, the CSV has all."""

    counts: dict[str, int] = field(default_factory=dict)
    not_read: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # by status
    remarks: list[tuple[int, str, str]] = field(default_factory=list)  # row, name, note
    changes: list[tuple[int, str, str, str, str]] = field(default_factory=list)  # row, name, column, before, after
    is_without_rows: bool = False  # they named people, and their time is over

    @property
    def coming(self) -> int:
        """How many rows would come in."""
        return self.counts.get("new", 0) + self.counts.get("changed", 0)

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.counts.get("wrong") and not self.counts.get("duplicate")


def told(kept: ImportFile, most: int = SHOWN) -> Told:
    """Return the kept report in the reader's words."""
    report = kept.report or {}
    counts: dict[str, int] = report.get("counts", {})
    rows: dict[str, list[dict[str, Any]]] = {}
    faults: list[Fault] = []
    remarks: list[tuple[int, str, str]] = []
    for one in report.get("rows", []):
        label = " ".join(part for part in (one["id"], one["name"]) if part)
        rows.setdefault(one["status"], []).append(one | {"label": label, "changes": _changes(kept.kind, one)})
        faults += [
            Fault(one["row"], label, _heading(kept.kind, theirs), value, translate(words_from_json(words)))
            for theirs, _field, value, words in one["problems"]
        ]
        remarks += [(one["row"], label, translate(words_from_json(note))) for note in one["notes"]]
    return Told(
        counts=counts,
        not_read=report.get("not_read", []),
        notes=[translate(words_from_json(note)) for note in report.get("notes", [])],
        faults=faults[:most],
        rows={status: found if status == "duplicate" else found[:most] for status, found in rows.items()},
        remarks=remarks[:most],
        changes=[(one["row"], one["label"], *change) for one in rows.get("changed", []) for change in one["changes"]][
            :most
        ],
        is_without_rows=not rows and any(number for status, number in counts.items() if status != "unchanged"),
    )


def _changes(kind: str, row: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(_heading(kind, name), before, after) for name, before, after in row.get("changes", [])]


def _heading(kind: str, name: str) -> str:
    """Return the office's own heading, or the label of our column."""
    try:
        return translate(column(kind, name).label)
    except KeyError:
        return name


def status_words() -> dict[str, str]:
    """Return what each status of a row means."""
    return {
        "wrong": _("cannot come in"),
        "duplicate": _("look like somebody you have"),
        "left_out": _("left out"),
        "new": _("new"),
        "changed": _("changed"),
        "unchanged": _("unchanged"),
    }
