"""`python -m matching text` and `evaluate`: near texts and figures from files, and errors that name the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.__main__ import main

CORPUS = {
    "well": "drilling of boreholes",
    "nurse": "nursing care",
    "teach": "teaching mathematics",
    "bees": "beekeeping",
}
QUERIES = {"q1": "forage de puits", "q2": "护理病人", "q3": "beekeping"}
RIGHT = {"q1": "well", "q2": "nurse", "q3": "bees"}


def _lines(rows: dict[str, str]) -> str:
    return "".join(f"{key}\t{text}\n" for key, text in rows.items())


def _asked(folder: Path, command: str, queries: str = "", corpus: str = "", answers: str = "") -> list[str]:
    """Write the files, those of this module where nothing else is given, and return the command's words."""
    right = "".join(f"{query}\t0\t{text}\t1\n" for query, text in RIGHT.items())
    files = {"--queries": queries or _lines(QUERIES), "--corpus": corpus or _lines(CORPUS), "--qrels": answers or right}
    if command == "text":
        del files["--qrels"]
    words = [command]
    for option, text in files.items():
        path = folder / f"{option[2:]}.tsv"
        path.write_text(text, encoding="utf-8")
        words += [option, str(path)]
    return [*words, "--out", str(folder / "found.tsv")] if command == "text" else words


def test_the_nearest_texts_stand_in_order_across_languages(tmp_path: Path) -> None:
    assert main([*_asked(tmp_path, "text"), "--top", "2"]) == 0
    rows = [line.split("\t") for line in (tmp_path / "found.tsv").read_text(encoding="utf-8").splitlines()]
    assert [(query, rank) for query, _text, rank, _score in rows] == [(q, r) for q in QUERIES for r in ("1", "2")]
    assert {query: text for query, text, rank, _score in rows if rank == "1"} == RIGHT
    for first, second in zip(rows[::2], rows[1::2], strict=True):
        assert float(first[3]) >= float(second[3])


def test_a_blank_line_and_a_byte_order_mark_are_no_text(tmp_path: Path) -> None:
    asked = _asked(tmp_path, "text", queries="\ufeffq1\tbeekeeping\n\n  \n")
    assert main([*asked, "--top", "9"]) == 0
    rows = [line.split("\t") for line in (tmp_path / "found.tsv").read_text(encoding="utf-8").splitlines()]
    assert [row[0] for row in rows] == ["q1"] * len(CORPUS)
    assert rows[0][1] == "bees"


def test_figures_stand_beside_those_of_words_and_characters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(_asked(tmp_path, "evaluate")) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("3 queries, 4 texts")
    assert len(said) == 4
    figures = [dict(zip(line[18:].split()[::2], line[18:].split()[1::2], strict=True)) for line in said[1:]]
    assert all(float(value) <= 1.0 for row in figures for value in row.values())
    best = max(figures, key=lambda row: float(next(iter(row.values()))))
    assert best == figures[0]  # our own stands first, and finds all three


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"queries": "q1 no tab\n"}, "queries.tsv, line 1: no tab"),
        ({"queries": "q1\tone\n \ttwo\n"}, "queries.tsv, line 2: no id before the tab"),
        ({"corpus": "a\tone\na\ttwo\n"}, "corpus.tsv, line 2: the id a stands there twice"),
        ({"corpus": "\n"}, "corpus.tsv is empty"),
        ({"answers": "q1\t0\twell\n"}, "qrels.tsv, line 1: 3 cells"),
        ({"answers": "q1\t0\twell\tyes\n"}, "qrels.tsv, line 1: 'yes' is neither 1 (right) nor 0 (wrong)"),
        ({"answers": "q1\t0\twell\t0\n"}, "qrels.tsv names no right answer"),
        ({"answers": "q9\t0\twell\t1\n"}, "the query q9 is not in"),
        ({"answers": "q1\t0\tlake\t1\n"}, "the text lake is not in"),
    ],
)
def test_a_wrong_line_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: dict[str, str], said: str
) -> None:
    assert main(_asked(tmp_path, "evaluate", **wrong)) == 2
    assert said in capsys.readouterr().err


def test_files_that_cannot_be_read_or_written_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = _asked(tmp_path, "text")
    assert main([*asked[:-1], str(tmp_path / "nowhere" / "found.tsv")]) == 2
    assert "name a file in a folder that exists" in capsys.readouterr().err
    (tmp_path / "queries.tsv").write_bytes("q1\tcafé\n".encode("latin-1"))
    assert main(asked) == 2
    assert "save it as UTF-8" in capsys.readouterr().err
    (tmp_path / "queries.tsv").unlink()
    assert main(asked) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert not (tmp_path / "found.tsv").exists()
