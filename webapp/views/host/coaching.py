"""The coach's panel beside the host's pages: the score, what would better it, and the way to where that is done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import url_for

from webapp.coach_lines import CoachLine, coach_lines
from webapp.db import Session
from webapp.models import Assignment
from webapp.services import assignments, hint_trial
from webapp.services.coach import coaching_of
from webapp.views.host.parts import part_with, place_of
from webapp.views.host.telling import language

# On a page about the whole assignment: what adds most, and not everything.
MOST_LINES = 6


@dataclass(frozen=True)
class Panel:
    """What the panel prints; `is_shown` while the host can still do something about it."""

    assignment: Assignment
    score: int
    lines: list[CoachLine]
    is_shown: bool
    is_drawn: bool  # by lot: in which order the lines stand
    is_unread: bool  # in a language whose words the coach does not know

    @property
    def least(self) -> int:
        """The score that the office asks for before it publishes; 0 where it asks for none."""
        return self.assignment.vio.least_coach_score

    def link(self, field: str) -> str | None:
        """Return where a field is changed; None where it cannot be changed as the assignment stands."""
        is_open = self.assignment.state == "open" and field in assignments.WORDING
        if not is_open and self.assignment.state not in assignments.EDITABLE_STATES:
            return None
        part = part_with(field)
        return url_for("host.edit", assignment_id=self.assignment.id, code=part.code, _anchor=field)


def panel(assignment: Assignment, fields: Collection[str] | None = None) -> Panel:
    """Return the panel of an assignment: of these fields, or of what adds most anywhere."""
    coaching = coaching_of(assignment)
    lines = coach_lines(coaching, assignment, language(), fields)
    lines = lines if fields is not None else lines[:MOST_LINES]
    order = hint_trial.order_of(Session(), assignment)
    if order == "parts":
        lines = sorted(lines, key=lambda line: place_of(line.field))
    is_shown = assignment.state in (*assignments.EDITABLE_STATES, "submitted", "open")
    return Panel(assignment, coaching.score, lines, is_shown, order is not None, coaching.is_unread)
