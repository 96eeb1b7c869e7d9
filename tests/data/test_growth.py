"""The picture of how things grow is drawn from the figures of the bench, and tells what they tell."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from data.bench import interactive
from data.bench.__main__ import main
from data.evaluation.figure import at_most, missing

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = [
    *(
        at_most(f"engine: {size:,} people, {share}% eligible", 0.1 * place, None, "R")
        for place, (size, share) in enumerate([(10_000, 50), (100_000, 50), (10_000, 5), (100_000, 5)], start=1)
    ),
    at_most("pandas: 10,000 people, 50% eligible", 9.0, None, "R"),
    missing("engine (with --full): 1,000,000 people, 50% eligible", 1.0, "R"),
]


def test_the_picture_has_a_line_a_share_and_a_point_a_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interactive, "figures", lambda full: FIGURES)
    file, picture = tmp_path / "figures.json", tmp_path / "speed.svg"
    assert main(["interactive", "--json", str(file), "--picture", str(picture)]) == 0
    assert len(json.loads(file.read_text(encoding="utf-8"))) == len(FIGURES)
    drawn = ElementTree.fromstring(picture.read_text(encoding="utf-8"))  # noqa: S314 (made here)
    said = {one.text for one in drawn.iter(f"{SVG}text")}
    assert {"10,000", "100,000", "50 %", "5 %", "people"} <= said
    assert len(list(drawn.iter(f"{SVG}polyline"))) == 2 and len(list(drawn.iter(f"{SVG}circle"))) == 4
    # What takes longer stands higher.
    first, last = (one.split(",") for one in next(drawn.iter(f"{SVG}polyline")).attrib["points"].split())
    assert float(last[0]) > float(first[0]) and float(last[1]) < float(first[1])


def test_without_rankings_there_is_no_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(interactive, "figures", lambda full: FIGURES[-1:])
    assert main(["interactive", "--picture", str(tmp_path / "speed.svg")]) == 2
    assert "interactive" in capsys.readouterr().err and not (tmp_path / "speed.svg").exists()
