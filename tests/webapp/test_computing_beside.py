"""Rankings go on beside the jobs: letters and calls do not wait, and nothing that is asked for meanwhile is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

import pytest

from webapp import jobs

LONG = 20  # seconds


class Rounds:
    """What was computed; the first ranking goes on until it may end."""

    def __init__(self, error: Exception | None = None) -> None:
        self.done: list[str] = []
        self.going, self.may_end = Event(), Event()
        self._error = error

    def rank(self) -> None:
        """Rank what waits."""
        self.done.append("ranked")
        self.going.set()
        assert self.may_end.wait(LONG)
        if self._error is not None and len(self.done) == 1:
            raise self._error

    def learn(self) -> None:
        """Learn from what waits."""
        self.done.append("learned")


def _with(monkeypatch: pytest.MonkeyPatch, rounds: Rounds) -> Rounds:
    monkeypatch.setattr(jobs, "rank_waiting", rounds.rank)
    monkeypatch.setattr(jobs, "learn_waiting", rounds.learn)
    for name in ("send_host_links", "send_letters", "compare_waiting"):
        monkeypatch.setattr(jobs, name, lambda: None)
    return rounds


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not is_so():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.01)


def test_who_asks_while_one_goes_on_does_not_wait_and_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = _with(monkeypatch, Rounds())
    jobs.wake.call_local()
    assert rounds.going.wait(LONG)
    for _ in range(3):  # comes back at once, though the first goes on
        jobs.wake.call_local()
    assert rounds.done == ["ranked"]
    rounds.may_end.set()
    _until(lambda: not jobs.computing._at_work.locked())
    assert rounds.done == ["ranked", "learned"] * 2


def test_after_one_that_failed_the_next_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = _with(monkeypatch, Rounds(OSError("the database is away")))
    rounds.may_end.set()
    jobs.computing.ask()
    _until(lambda: not jobs.computing._at_work.locked())
    jobs.computing.ask()
    _until(lambda: not jobs.computing._at_work.locked())
    assert rounds.done == ["ranked", "ranked", "learned"]


def test_a_start_takes_up_what_was_left_also_while_something_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = _with(monkeypatch, Rounds())
    taken: list[object] = []
    monkeypatch.setattr(jobs, "_each", lambda *steps: taken.extend(steps))
    jobs.wake.call_local()  # waited in the queue when the jobs were killed
    assert rounds.going.wait(LONG)
    jobs.take_up.call_local()
    assert len(taken) == 2
    rounds.may_end.set()
    _until(lambda: not jobs.computing._at_work.locked())
