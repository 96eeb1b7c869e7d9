"""Both or none, in whatever order people act: a few lives by default, many where asked for."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.factories import AnySession
from tests.services.lives import run_lives
from tests.services.together_life import Together


def _live(session: AnySession, examples: int, steps: int) -> int:
    Together.steps, Together.done = 0, Counter()
    run_lives(lambda: Together(session), examples, steps)
    return Together.steps


def test_all_or_none_in_a_few_lives(session: AnySession) -> None:
    assert _live(session, examples=3, steps=25) >= 30


@pytest.mark.long
def test_all_or_none_in_many_lives(session: AnySession) -> None:
    assert _live(session, examples=120, steps=60) >= 2500
    wanted = ("together", "yes", "decline", "take_back", "withdraw", "end_bond", "step_back", "goes_on", "expire")
    assert min(Together.done[name] for name in wanted) > 0
