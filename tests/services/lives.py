"""Many lives of a state machine, the same ones each time."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def run_lives(make: Callable[[], RuleBasedStateMachine], examples: int, steps: int) -> None:
    """Run that many lives of that many steps at most."""
    some_lives = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(make, settings=some_lives)
