"""What somebody decides about a list: only what is possible is taken from a mapping file or a form."""

from __future__ import annotations

from typing import Any

import pytest

from webapp.services.errors import Refused
from webapp.services.imports.plan import plan_from


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"shift_years": 101}, "at most 100"),
        ({"shift_years": "four"}, "whole years"),
        ({"statements": {"photos": {"on": "2026-01-01", "how": "by letter"}}}, "matched"),
        ({"date_order": "year"}, "Choose one of: day, month"),
        ({"encoding": "cp037"}, "not possible here"),
        ({"duplicates": {"2": "perhaps"}}, "Choose one of: new, same, leave"),
    ],
)
def test_what_is_not_possible_is_refused_with_what_is(given: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        plan_from("volunteers", given)


def test_plan_is_the_same_when_read_again() -> None:
    given = {"columns": {"full_name": ["First", {"column": "Last", "label": "Family"}], "email": ""}, "shift_years": -2}
    plan = plan_from("volunteers", {**given, "duplicates": "leave"})
    assert plan.decision(7) == "leave" and set(plan.columns) == {"full_name"}
    assert plan_from("volunteers", plan.to_json()) == plan
