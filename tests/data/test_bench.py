"""The measurements of time run, and their goals can be missed."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from data.bench import everything, importing, people, publishing, supply
from data.bench.__main__ import main
from data.bench.load import Answers
from data.evaluation.figure import Figure
from webapp.db import SESSION_FACTORY
from webapp.services import reach


def test_people_are_invented_alike_for_a_seed_and_differ_from_one_another() -> None:
    one = people.volunteers(300)
    assert one.equals(people.volunteers(300))
    assert not one.equals(people.volunteers(300, seed=1))
    assert one["id"].is_unique
    assert len(one.drop(columns="id").drop_duplicates()) > 290


def test_figures_are_written_as_the_contract_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supply, "QUICK", 50)
    monkeypatch.setattr(supply, "ASSIGNMENTS", 2)
    monkeypatch.setattr(supply, "MOST_SECONDS", 0.0)
    file = tmp_path / "figures.json"
    assert main(["supply", "--json", str(file)]) == 0
    rows = json.loads(file.read_text(encoding="utf-8"))
    assert all({"name", "value", "unit", "goal", "ok"} <= set(row) for row in rows)
    assert [row["ok"] for row in rows if row["unit"] == "s" and row["goal"] is not None] == [False]
    assert all(row["value"] >= 0 for row in rows)


def test_a_list_comes_in_whole_and_is_measured_beside_the_bare_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {})  # the round keeps a key of its own
    files = importing.write_lists(tmp_path, 25)
    ours, plain = importing.one_round(tmp_path / "round", files)
    assert ours > 0 and plain > 0
    assert "another mark" not in caplog.text


def _in_small(monkeypatch: pytest.MonkeyPatch, suite: ModuleType, size: object) -> dict[str, Figure]:
    """Return the figures of a suite over a few people, on SQLite, by name."""
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {})  # the installation keeps a key of its own
    monkeypatch.setitem(SESSION_FACTORY.kw, "bind", SESSION_FACTORY.kw.get("bind"))
    monkeypatch.setattr(reach, "MOST_IN_A_REQUEST", 10)
    monkeypatch.setattr(suite, "kinds", lambda: ["sqlite"], raising=False)
    monkeypatch.setattr(suite, "QUICK", size)
    figures = {one.name: one for one in suite.figures(full=False)}
    assert all(one.value >= 0 for one in figures.values())
    return figures


def test_everything_is_measured_with_a_stop_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = _in_small(monkeypatch, everything, (40, 30))
    name = "everything, 40 people x 30 assignments, sqlite"
    assert figures[name].beside["matches"] > 100 and figures[name].beside["MB"] > 50
    assert f"{name}: stopped half way and taken up" in figures


@pytest.mark.long
def test_a_publication_is_measured_through_the_store_and_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = _in_small(monkeypatch, publishing, 40)
    assert any("takes longer" in name for name in figures)


def test_answers_are_counted_by_their_slowest_hundredth() -> None:
    answers = Answers([place / 100 for place in range(100)], 0)
    assert answers.percentile(0.99) == 0.99 and answers.percentile(0.5) == 0.5
    assert Answers([2.0], 1).percentile(0.99) == 2.0


def test_an_unknown_suite_is_refused() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["nothing"])
    assert stopped.value.code == 2
