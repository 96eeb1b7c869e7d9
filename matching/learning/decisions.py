"""Decisions of coordinators as a table that learning may trust: read, checked, and told where it is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from matching.criteria import CRITERIA
from matching.learning.values import TOLERANCE, Values

DECISION_COLUMNS = ("assignment_id", "volunteer_id", "vio", "label", "position", *CRITERIA)
LABELS = (0, 1)


class DecisionError(ValueError):
    """A table of decisions that cannot be used: what is wrong, in which row, and the remedy."""


@dataclass(frozen=True)
class Decisions:
    """Decided pairs, one a row, sorted: `label` 1 where endorsed or proposed for the shortlist, 0 where dismissed for
    a reason of skills, language or availability. `position` is the rank at which the pair was shown, NaN if not known.

    Nothing else is a label: no early end, incident, visa refusal or wish of a host; leave such rows out.
    """

    frame: pd.DataFrame
    values: Values
    labels: NDArray[np.float64]
    positions: NDArray[np.float64]
    groups: NDArray[np.intp]

    @staticmethod
    def of(frame: pd.DataFrame) -> Decisions:
        """Check a table with DECISION_COLUMNS, numbers or text; DecisionError names the first row that is wrong.

        The order of the rows does not matter; a pair decided twice has to be given once, with the last decision.
        """
        missing = [column for column in DECISION_COLUMNS if column not in frame.columns]
        if missing:
            raise DecisionError(f"decisions need the columns {', '.join(missing)}")
        # The id's text sorts the same whatever type it came in: the order of input is no part of what is learned.
        names = {column: frame[column].astype(str) for column in ("assignment_id", "volunteer_id", "vio")}
        table = frame.loc[:, list(DECISION_COLUMNS)].assign(**names)
        table = table.sort_values(["assignment_id", "volunteer_id"], kind="stable").reset_index(drop=True)
        twice = table.duplicated(["assignment_id", "volunteer_id"])
        _refuse(table, twice.to_numpy(), "is decided twice; give the last decision only")
        labels = _numbers(table, "label")
        _refuse(table, ~np.isin(labels, LABELS), "has a label that is neither 1 (endorsed) nor 0 (dismissed)")
        values = np.stack([_numbers(table, criterion) for criterion in CRITERIA], axis=1)
        inside = (values >= -TOLERANCE) & (values <= 1.0 + TOLERANCE)
        _refuse(table, np.logical_not(np.all(inside, axis=1)), "has a criterion that is no number from 0 to 1")
        positions = _numbers(table, "position")
        given = table["position"].notna() & (table["position"].astype(str).str.strip() != "")
        wrong = (given.to_numpy(dtype=bool) & np.isnan(positions)) | (positions < 1)
        _refuse(table, wrong, "has a position that is no rank from 1 on; leave it blank")
        groups = np.unique(table["assignment_id"].to_numpy(dtype=str), return_inverse=True)[1].astype(np.intp)
        table = table.assign(label=labels.astype(int), position=positions)
        table[list(CRITERIA)] = np.clip(values, 0.0, 1.0)
        return Decisions(table, np.clip(values, 0.0, 1.0), labels, positions, groups)

    @property
    def assignments(self) -> int:
        """How many assignments have a decision."""
        return int(self.groups.max()) + 1 if len(self.groups) else 0

    def __len__(self) -> int:
        return len(self.labels)

    def __iter__(self) -> Iterator[NDArray[np.intp]]:
        """Yield the rows of each assignment."""
        for group in range(self.assignments):
            yield np.flatnonzero(self.groups == group)

    def take(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Decisions:
        """Return some of the decisions."""
        groups = np.unique(self.groups[rows], return_inverse=True)[1].astype(np.intp)
        frame = self.frame.iloc[np.flatnonzero(rows) if rows.dtype == bool else rows].reset_index(drop=True)
        return Decisions(frame, self.values[rows], self.labels[rows], self.positions[rows], groups)


def _numbers(table: pd.DataFrame, column: str) -> NDArray[np.float64]:
    return pd.to_numeric(table[column], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)


def _refuse(table: pd.DataFrame, wrong: NDArray[np.bool_], words: str) -> None:
    if wrong.any():
        row = table.iloc[int(np.flatnonzero(wrong)[0])]
        raise DecisionError(
            f"the pair of assignment {row['assignment_id']} and volunteer {row['volunteer_id']} {words}"
        )
