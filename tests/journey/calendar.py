"""The clock of a journey that takes a year: the service and its background work believe what it says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from tests.live import LiveServer
from webapp import clock, job_links, jobs

# What the background does by the clock, in the order of a day.
DAILY = (
    jobs.clear_out,
    jobs.look_for_better_weights,
    jobs.look_at_clearances,
    jobs.tell_of_messages,
    jobs.remind_referees,
    jobs.stay_in_touch,
    jobs.ask_how_it_was,
    jobs.ask_supporters,
    jobs.remind,
    jobs.look_around,
)
MORNING = time(8, 30, tzinfo=UTC)


class Calendar:
    """Days counted from the first one; pages and letters are those of the day that was moved to."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller, self._first, self._reached = traveller, clock.today(), 0

    def day(self, number: int) -> date:
        """Return the day so many days after the first one."""
        return self._first + timedelta(days=number)

    def words(self, number: int) -> str:
        """Return that day as pages write it in English."""
        return f"{self.day(number):%-d %b %Y}"

    def number(self, words: str) -> int:
        """Return the number of a day that a page writes in English."""
        return (datetime.strptime(words, "%d %b %Y").replace(tzinfo=UTC).date() - self._first).days

    def go_to(self, number: int, stride: int = 1) -> None:
        """Let the days pass, with what the background does on each, and be there in the morning.

        With a stride the background works only every so many days; what it missed it makes up for.
        """
        while self._reached < number:
            self._reached = min(number, self._reached + stride)
            self._traveller.move_to(datetime.combine(self.day(self._reached), MORNING))
            for work in DAILY:
                work.call_local()


@contextmanager
def moved_clock(live: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Calendar]:
    """Yield the calendar; the work in the background writes into the live server's folders."""
    monkeypatch.setattr(jobs, "CONFIG", live.config)
    monkeypatch.setattr(job_links, "BASE_URL", live.config.base_url)
    with time_machine.travel(datetime.combine(clock.today(), MORNING)) as traveller:
        yield Calendar(traveller)
