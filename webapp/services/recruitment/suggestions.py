"""Questions that a VIO may begin with. Each stays under its code; other words for it need another code."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.words import Words, lazy


@dataclass(frozen=True)
class Suggestion:
    """A question in words that are translated, and what it asks about."""

    kind: str
    words: Words


SUGGESTIONS: dict[str, Suggestion] = {
    "why_this_work": Suggestion(
        "motivation", lazy("What draws you to this work, and why do you want to do it as a volunteer?")
    ),
    "what_stays": Suggestion("motivation", lazy("What should still be there a year after you have left?")),
    "hard_weeks": Suggestion(
        "motivation",
        lazy("Think of weeks in which your work went badly. What kept you going, and what did you change?"),
    ),
    "own_habit": Suggestion(
        "intercultural", lazy("Tell of a habit of yours that people elsewhere found strange. What did you do?")
    ),
    "other_way": Suggestion(
        "intercultural",
        lazy("A colleague at your new place does a task in a way that you think is wrong. How do you begin?"),
    ),
    "learned_from": Suggestion(
        "intercultural", lazy("What have you learned from somebody whose life is very different from yours?")
    ),
}
