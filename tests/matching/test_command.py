"""`python -m matching rank`: the same bytes everywhere, and errors that a person can act on."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from matching import MATCH_COLUMNS
from matching.__main__ import main
from tests.matching.frames import ONLINE, assignment, frame, volunteer
from tests.matching.test_matcher import PEOPLE, WORK

ROOT = Path(__file__).resolve().parents[2]


def write(folder: Path, people: list[dict[str, str]], work: list[dict[str, str]]) -> list[str]:
    frame(*people).to_csv(folder / "v.csv", index=False)
    frame(*work).to_csv(folder / "a.csv", index=False)
    files = {"--volunteers": "v.csv", "--assignments": "a.csv", "--out": "m.csv"}
    return ["rank", *(part for option, name in files.items() for part in (option, str(folder / name)))]


def test_the_same_files_give_the_same_bytes_under_any_surroundings(tmp_path: Path) -> None:
    texts = [{**row, "experience": "I drilled boreholes; 教数学"} for row in PEOPLE]
    arguments = write(
        tmp_path, texts, [*WORK, assignment(id="text", skills_essential="", skills_desirable="", title="Wells")]
    )
    outputs = set()
    for hash_seed, zone, locale, threads in (
        ("0", "UTC", "C", "1"),
        ("4711", "Asia/Kathmandu", "tr_TR.UTF-8", "4"),
    ):
        surroundings = {
            **os.environ,
            "PYTHONHASHSEED": hash_seed,
            "TZ": zone,
            "LC_ALL": locale,
            "OMP_NUM_THREADS": threads,
            "OPENBLAS_NUM_THREADS": threads,
        }
        command = [sys.executable, "-m", "matching", *arguments, "--top", "10", "--seed", "7"]
        subprocess.run(command, check=True, cwd=ROOT, env=surroundings)
        outputs.add((tmp_path / "m.csv").read_bytes())
    assert len(outputs) == 1
    (output,) = outputs
    assert b"\r" not in output


def test_the_file_holds_the_eligible_and_then_the_near(tmp_path: Path) -> None:
    people = [volunteer(id="near", skills="WAT-02:2"), volunteer(id="v-李", skills="WAT-02:3")]
    assert main(write(tmp_path, people, [assignment(id="NA")])) == 0
    table = pd.read_csv(tmp_path / "m.csv", dtype=str, keep_default_na=False)
    assert tuple(table.columns) == MATCH_COLUMNS
    found = table[["assignment_id", "volunteer_id", "rank", "status", "missing"]].values.tolist()
    assert found == [["NA", "v-李", "1", "eligible", ""], ["NA", "near", "2", "near", "SKILL_BELOW"]]


def test_top_holds_for_each_status(tmp_path: Path) -> None:
    people = [volunteer(id=f"v{number}") for number in range(5)]
    assert main([*write(tmp_path, people, [assignment(**ONLINE)]), "--top", "2"]) == 0
    assert len(pd.read_csv(tmp_path / "m.csv")) == 2


def test_bad_cells_are_named_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [volunteer(id="1"), volunteer(id="2", languages="French")]
    assert main(write(tmp_path, people, [assignment()])) == 2
    error = capsys.readouterr().err
    assert "volunteers, row 3, column languages: 'French' cannot be read" in error
    assert "Traceback" not in error
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "v.csv"]


def test_many_bad_cells_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [volunteer(id=str(number), causes="99") for number in range(25)]
    assert main(write(tmp_path, people, [assignment()])) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "... and 5 more"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read"),
        (b"", "is empty"),
        ("id,consent_matching,skills\né,yes,".encode("latin-1"), "not in UTF-8"),
        (b"id,consent_matching\n1,yes\n2,yes,more\n", "row 3: 3 cells under 2 columns"),
        (b"id,consent_matching\n1,yes,more\n", "row 2: 3 cells under 2 columns"),
        (b"id,consent_matching\n1\n", "row 2: 1 cells under 2 columns"),
        (b"id,consent_matching,id\n1,yes,2\n", "the column id stands there twice"),
        (b'id,consent_matching\n"1,yes\n', "no proper CSV"),
        (b"id\n1\n", "column consent_matching"),
    ],
)
def test_a_file_that_is_no_table_is_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, message: str
) -> None:
    arguments = write(tmp_path, [volunteer()], [assignment()])
    (tmp_path / "v.csv").unlink()
    if content is not None:
        (tmp_path / "v.csv").write_bytes(content)
    assert main(arguments) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "m.csv").exists()


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = write(tmp_path, [volunteer()], [assignment()])
    arguments[-1] = str(tmp_path / "nowhere" / "m.csv")
    assert main(arguments) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_strange_top_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*write(tmp_path, [volunteer()], [assignment()]), "--top", "0"])
    assert "1 or more" in capsys.readouterr().err
