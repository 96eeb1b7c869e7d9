"""What a dry run finds in each row, and how it is kept: problems with row, column, value and remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from webapp.words import Words, lazy

NEW, CHANGED, UNCHANGED, DUPLICATE, LEFT_OUT, WRONG = "new", "changed", "unchanged", "duplicate", "left_out", "wrong"
STATUSES = (WRONG, DUPLICATE, LEFT_OUT, NEW, CHANGED, UNCHANGED)
LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Problem:
    """One cell at fault: their column (ours where they have none), what stands there, and what to do."""

    column: str
    field: str
    value: str
    words: Words

    def sentence(self, row: int) -> Words:
        """Return the whole sentence for people."""
        shown = self.value if len(self.value) <= LONGEST_SHOWN else self.value[: LONGEST_SHOWN - 1] + "…"
        return lazy(
            "Row %(row)s, column %(column)s, “%(value)s”: %(remedy)s",
            row=row,
            column=self.column,
            value=shown,
            remedy=self.words,
        )


@dataclass
class Row:
    """One row of a list in the light of what the service holds."""

    number: int
    id: str = ""
    name: str = ""
    values: dict[str, str] = field(default_factory=dict)  # our columns that the row speaks of, in our form
    assumed: dict[str, str] = field(default_factory=dict)  # our column -> why it is assumed
    problems: list[Problem] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)  # what the service has of it, in our form
    changes: list[tuple[str, str, str]] = field(default_factory=list)  # our column, before, after
    existing: Any = None  # the row of the database that this row is about
    resembles: list[str] = field(default_factory=list)  # who this row may be already
    may_be: int | None = None  # number of the row of the database that it resembles most
    status: str = NEW
    opens: bool = False  # an assignment that may be published at once

    def fault(self, column: str, name: str, words: Words, value: str | None = None) -> None:
        """Note a problem with one of our columns."""
        self.problems.append(Problem(column, name, self.values.get(name, "") if value is None else value, words))


@dataclass(frozen=True)
class Checked:
    """The dry run of a whole list."""

    kind: str
    rows: list[Row]
    not_read: tuple[str, ...]  # their columns that nothing was read from
    notes: tuple[Words, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each status."""
        found = Counter(row.status for row in self.rows)
        return {status: found[status] for status in STATUSES}

    def obstacle(self, leave_out_errors: bool) -> Words | None:
        """Return why nothing can come in yet, None where the list can be done."""
        counts = self.counts
        if counts[WRONG] and not leave_out_errors:
            return lazy(
                "%(number)s rows cannot come in. Correct them, or choose to leave them out.", number=counts[WRONG]
            )
        if counts[DUPLICATE]:
            return lazy("%(number)s rows look like somebody you have. Decide about each.", number=counts[DUPLICATE])
        return None


def words_to_json(words: Words) -> list[Any]:
    """Return words as they are kept in a report: text and values, those again words or plain."""
    values = {k: words_to_json(v) if isinstance(v, Words) else v for k, v in words.values.items()}
    return [words.text, values]


def words_from_json(kept: list[Any]) -> Words:
    """Return the words of a kept report."""
    values = {k: words_from_json(v) if isinstance(v, list) else v for k, v in kept[1].items()}
    return Words(kept[0], values)


def to_json(checked: Checked, *, with_values: bool = True) -> dict[str, Any]:
    """Return the report that is kept with a file; without values it names rows and reasons only."""
    rows = [_row_to_json(row, with_values) for row in checked.rows if row.status != UNCHANGED or row.notes]
    return {
        "counts": checked.counts,
        "not_read": list(checked.not_read),
        "notes": [words_to_json(note) for note in checked.notes],
        "rows": rows,
    }


def _row_to_json(row: Row, with_values: bool) -> dict[str, Any]:
    kept: dict[str, Any] = {"row": row.number, "id": row.id, "name": row.name, "status": row.status}
    kept["problems"] = [
        [one.column, one.field, one.value if with_values else "", words_to_json(one.words)] for one in row.problems
    ]
    kept["notes"] = [words_to_json(note) for note in row.notes]
    if with_values:
        kept["changes"] = [list(change) for change in row.changes]
        kept["resembles"] = row.resembles
        kept["has_match"] = row.may_be is not None
    return kept


def sentences(checked: Checked) -> Iterable[str]:
    """Yield every problem as a sentence in English, for the command line."""
    for row in checked.rows:
        label = " ".join(part for part in (row.id, row.name) if part)
        for problem in row.problems:
            yield f"{problem.sentence(row.number)}" + (f" [{label}]" if label else "")
