"""The bar of a match: its pieces lie side by side and are as wide as the points that they stand for."""

from __future__ import annotations

import pytest

from webapp.explain import Line
from webapp.match_bar import GAP, pieces


def _line(criterion: str, kind: str, contribution: float, possible: float) -> Line:
    return Line(criterion, kind, "", contribution, possible, "")


def test_known_points_unknown_ones_and_what_is_missing_share_a_piece() -> None:
    lines = [_line("country", "met", 15, 20), _line("skills", "met", 10, 20), _line("skills", "unknown", 10, 20)]
    skills, country = pieces(lines)
    assert (skills.code, skills.contribution, skills.possible, skills.at) == ("skills", 20, 40, 0)
    assert (country.at, country.width) == (40, 20 - GAP)
    scale = skills.width / skills.possible
    assert (skills.earned, skills.neutral) == (pytest.approx(10 * scale), pytest.approx(10 * scale))


def test_reasons_may_come_by_criterion_and_a_criterion_may_be_worth_nothing() -> None:
    (one,) = pieces({"languages": [_line("languages", "met", 0, 0)], "skills": []})
    assert (one.code, one.possible, one.earned) == ("languages", 0, 0)
