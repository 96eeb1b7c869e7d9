"""A file that tries to cost much is refused before it does: in seconds, and within the memory of one list."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.services.imports.heavy import FILES
from webapp.config import ROOT

MOST_SECONDS, MOST_MIB = 15, 150
FEW = ("a million columns", "1.5 million rows", "a cell of 12 MiB", "an archive that holds 200 MiB", "laughs")
BOOKS = (
    "12 million styles",
    "12 million words under another name",
    "styles in which a sheet begins",
    "40,000 tabs of one sheet",
    "a million defined names",
    "a sheet that says it is small",
    "a list of 150,000 parts",
)
UNOPENED = ("a theme of 60 MiB", "relations of a sheet", "archives in the archive")


def _check(names: tuple[str, ...]) -> dict[str, tuple[str, float, float]]:
    command = [sys.executable, "-m", "tests.services.imports.heavy", *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told: dict[str, tuple[str, float, float]] = json.loads(done.stdout)
    assert set(told) == set(names)
    dear = {name: one for name, one in told.items() if one[1] > MOST_SECONDS or one[2] > MOST_MIB}
    assert not dear
    return told


def test_a_few_heavy_files_are_refused_soon() -> None:
    told = _check(FEW)
    assert not [name for name, (said, _, _) in told.items() if said.endswith("rows")]


def test_workbooks_of_heavy_parts_are_refused_soon_and_parts_that_no_list_needs_stay_closed() -> None:
    told = _check((*BOOKS, *UNOPENED))
    assert {name for name, (said, _, _) in told.items() if said.endswith("rows")} == set(UNOPENED)


@pytest.mark.long
def test_no_file_costs_more_than_a_list_may(capsys: pytest.CaptureFixture[str]) -> None:
    told = _check(tuple(FILES))
    seconds, grown = (max(one[place] for one in told.values()) for place in (1, 2))
    with capsys.disabled():
        sys.stdout.write(f"\n{seconds:.1f} s, {grown:.0f} MiB at most\n")
