"""What an interview looks at, and what each score means in words. Heard by people, never guessed from a text."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.words import Words, lazy

SCORES = (1, 2, 3, 4)


@dataclass(frozen=True)
class Competency:
    """One thing to score: its name, what to ask about, and an anchor for each score from 1 to 4."""

    name: Words
    ask: Words
    anchors: tuple[Words, Words, Words, Words]


COMPETENCIES: dict[str, Competency] = {
    "motivation": Competency(
        lazy("Motivation"),
        lazy("Ask why this work, why there, and what the person knows about it."),
        (
            lazy("speaks of travel or gain only"),
            lazy("good will, with little idea of the work"),
            lazy("knows the work and says why it matters"),
            lazy("has weighed what it costs, and what the people there want"),
        ),
    ),
    "open_mindedness": Competency(
        lazy("Open-mindedness"),
        lazy("Ask for a time when somebody very different was right."),
        (
            lazy("judges other ways before asking"),
            lazy("accepts other ways, without curiosity"),
            lazy("asks first, and names something learned"),
            lazy("has changed own habits because of others, and tells how"),
        ),
    ),
    "flexibility": Competency(
        lazy("Flexibility"),
        lazy("Ask for a plan that fell apart, and what came next."),
        (
            lazy("stops when plans change"),
            lazy("goes on, with much help"),
            lazy("finds another way alone"),
            lazy("finds another way and takes the others along"),
        ),
    ),
    "working_with_others": Competency(
        lazy("Working with others"),
        lazy("Ask for a quarrel at work, and how it ended."),
        (
            lazy("blames the others"),
            lazy("avoids what is difficult"),
            lazy("speaks about it, and listens"),
            lazy("settles it so that both sides can work on"),
        ),
    ),
    "skills_for_the_work": Competency(
        lazy("Skills for the work"),
        lazy("Go through the tasks one by one: what has been done, where, how often?"),
        (
            lazy("has not done the main tasks"),
            lazy("has done them with guidance"),
            lazy("does them alone"),
            lazy("teaches them to others"),
        ),
    ),
}
