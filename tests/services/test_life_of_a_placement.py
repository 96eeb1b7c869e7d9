"""Everybody acts at once, in any order: a few lives by default, many where asked for."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.factories import AnySession
from tests.services.life import Life


def _live(session: AnySession, examples: int, steps: int) -> int:
    """Run that many lives of that many steps, and return how many steps people made in all."""
    Life.steps, Life.done = 0, Counter()
    some_lives = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Life(session), settings=some_lives)
    return Life.steps


def test_a_few_lives(session: AnySession) -> None:
    assert _live(session, examples=8, steps=40) >= 40


@pytest.mark.long
def test_many_lives(session: AnySession) -> None:
    assert _live(session, examples=120, steps=80) >= 5000
    assert min(Life.done[name] for name in ("accept", "complete", "extend", "call_off", "expire", "step_back")) > 0
