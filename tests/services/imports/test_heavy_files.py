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


@pytest.mark.long
def test_no_file_costs_more_than_a_list_may(capsys: pytest.CaptureFixture[str]) -> None:
    told = _check(tuple(FILES))
    seconds, grown = (max(one[place] for one in told.values()) for place in (1, 2))
    with capsys.disabled():
        sys.stdout.write(f"\n{seconds:.1f} s, {grown:.0f} MiB at most\n")
