"""What the workers of one server know of each other's lines."""

from __future__ import annotations

import os

from webapp.line_counts import CLOSED, MOST_WORKERS, LineCounts


def test_a_place_is_given_once_and_again_when_its_worker_has_ended() -> None:
    counts = LineCounts()
    first, second = counts.join(), counts.join()
    assert first != second
    counts.tell(second, 7)
    counts.leave(second)
    assert counts.more_than_least(first) == 0
    assert counts.join() == second


def test_what_one_process_tells_the_others_read() -> None:
    counts = LineCounts()
    here, there = counts.join(), counts.join()
    counts.tell(here, 5)
    if (child := os.fork()) == 0:
        counts.tell(there, 2)
        os._exit(0)
    os.waitpid(child, 0)
    assert counts.more_than_least(here) == 3
    assert counts.more_than_least(there) == 0


def test_who_takes_up_nobody_counts_for_nobody() -> None:
    counts = LineCounts()
    here, there = counts.join(), counts.join()
    counts.tell(here, 5)
    counts.tell(there, CLOSED)
    assert counts.more_than_least(here) == 0


def test_one_worker_more_than_there_are_places_holds_up_nobody() -> None:
    counts = LineCounts()
    places = [counts.join() for _ in range(MOST_WORKERS)]
    for place in places:
        counts.tell(place, 3)
    beyond = counts.join()
    counts.tell(beyond, 0)
    assert counts.more_than_least(places[0]) == 0
    counts.leave(beyond)
    counts.leave(places[5])
    assert counts.join() == places[5]
