"""Tables of counts: a long one ends with a line for all smaller groups together."""

from __future__ import annotations

from webapp.services.small_cells import FEWEST, MOST_LINES, pooled


def test_groups_beyond_the_last_line_stand_together_in_it() -> None:
    people = {f"group {number:03}": FEWEST + number for number in range(MOST_LINES + 7)}
    lines = pooled(people)
    assert len(lines) == MOST_LINES
    assert all(len(line) == 1 for line in lines[:-1]) and len(lines[-1]) == 8
    assert frozenset().union(*lines) == set(people)
    assert max(people[group] for group in lines[-1]) <= min(people[group] for line in lines[:-1] for group in line)
