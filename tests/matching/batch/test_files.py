"""`python -m matching batch`: both sides' lists as files, the same whoever makes them, told and gone on with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from matching import Reference
from matching.__main__ import main
from matching.batch import files, lists
from matching.batch.columns import Kept
from matching.matcher import ORDER, Matcher
from tests.matching.frames import ONLINE, assignment, frame, volunteer

TOP = "3"


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    people = [volunteer(id=f"v{one}", skills=("WAT-02:3", "WAT-02:2")[one % 2]) for one in range(12)]
    work = [assignment(id="here"), assignment(id="far", **ONLINE)]
    frame(*people).to_csv(tmp_path / "v.csv", index=False)
    frame(*work).to_csv(tmp_path / "a.csv", index=False)
    options = {"--volunteers": "v.csv", "--assignments": "a.csv", "--out": "out"}
    return ["batch", *(word for name, file in options.items() for word in (name, str(tmp_path / file))), "--top", TOP]


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / "out" / name, keep_default_na=False)


def test_both_sides_get_what_a_plain_ranking_gives(asked: list[str], tmp_path: Path) -> None:
    assert main([*asked, "--part", "5"]) == 0
    read = {name: pd.read_csv(tmp_path / name, dtype=str, keep_default_na=False) for name in ("v.csv", "a.csv")}
    matcher = Matcher().fit(read["v.csv"])
    expected = matcher.order(read["a.csv"], top=int(TOP))
    assert table(tmp_path, files.FOR_ASSIGNMENTS).values.tolist() == expected.values.tolist()
    ids = list(read["v.csv"]["id"])
    expected = matcher.rank_for(ids, files.parse_assignments(read["a.csv"], Reference.load()), top=int(TOP))
    assert table(tmp_path, files.FOR_VOLUNTEERS).values.tolist() == expected[list(ORDER)].values.tolist()


def test_the_files_are_the_same_however_few_rows_are_written_at_once(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = files.FOR_ASSIGNMENTS, files.FOR_VOLUNTEERS
    assert main(asked) == 0
    whole = [(tmp_path / "out" / name).read_bytes() for name in names]
    made: list[int] = []
    frame_of = lists.Lists._frame

    def counted(*given: Any) -> pd.DataFrame:
        made.append(len(given[2].other))
        return frame_of(*given)

    monkeypatch.setattr(lists.Lists, "_frame", counted)
    monkeypatch.setattr(lists, "AT_ONCE", 2)
    assert main(asked) == 0
    assert [(tmp_path / "out" / name).read_bytes() for name in names] == whole and len(made) >= 2 + 6
    assert all(one.count(b"assignment_id") == 1 and one.endswith(b"\n") for one in whole)


def test_lists_of_nobody_have_their_columns(asked: list[str], tmp_path: Path) -> None:
    frame(volunteer(id="only", skills="")).iloc[:0].to_csv(tmp_path / "v.csv", index=False)
    assert main(asked) == 0
    for name in (files.FOR_ASSIGNMENTS, files.FOR_VOLUNTEERS):
        assert list(table(tmp_path, name).columns) == list(ORDER) and table(tmp_path, name).empty


def test_started_again_it_makes_nothing_twice(
    asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(asked) == 0
    said = capsys.readouterr().err
    for done in ("people stored", "pairs", "lines of for-assignments.csv", "lines of for-volunteers.csv"):
        assert re.search(rf"(\d+) of \1 {done}, about 0 seconds left", said), done
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*/*[!s]")}
    monkeypatch.setenv("CARAVANSERAI_CLUSTER", "tcp://nobody.example:1")
    assert main(asked) == 0
    said = capsys.readouterr().err
    assert "pairs" not in said and "stored" not in said
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_another_list_of_people_is_ranked_anew(asked: list[str], tmp_path: Path) -> None:
    assert main(asked) == 0
    frame(volunteer(id="only")).to_csv(tmp_path / "v.csv", index=False)
    assert main(asked) == 0
    assert set(table(tmp_path, files.FOR_ASSIGNMENTS)["volunteer_id"]) == {"only"}


def test_a_cluster_that_is_away_is_told_in_words(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*asked, "--cluster", "nonsense://"]) == 2
    assert "no scheduler answers at nonsense://" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([*asked, "--cluster", "nonsense://", "--processes", "2"])


def test_columns_are_kept_while_there_is_room_and_the_one_last_used_stays() -> None:
    made: list[str] = []

    def column(name: str) -> None:
        def make() -> NDArray[np.uint8]:
            made.append(name)
            return np.zeros(40, np.uint8)

        kept.column(name, make)

    kept = Kept(most_bytes=100)
    for name in ("a", "b", "a", "c", "a", "b"):  # "c" takes the place of "b", which was used before "a"
        column(name)
    assert made == ["a", "b", "c", "b"]
