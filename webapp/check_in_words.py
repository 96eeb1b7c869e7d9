"""The questions of a check-in, its marks, and what differs, in words."""

from __future__ import annotations

from webapp.words import Words, lazy

MARKS: dict[int, Words] = {4: lazy("Yes"), 3: lazy("Mostly"), 2: lazy("Hardly"), 1: lazy("No")}
# side -> question -> words
QUESTIONS: dict[str, dict[str, Words]] = {
    "volunteer": {
        "work": lazy("Is the work what was agreed?"),
        "hours": lazy("Are the hours what was agreed?"),
        "supervision": lazy("Does somebody guide you as was agreed?"),
        "well": lazy("Are you safe and well?"),
    },
    "host": {
        "work": lazy("Is the work what was agreed?"),
        "hours": lazy("Are the hours what was agreed?"),
        "supervision": lazy("Does somebody guide the volunteer as was agreed?"),
        "well": lazy("Is the volunteer safe and well, as far as you can tell?"),
    },
}
SHORT: dict[str, Words] = {
    "work": lazy("The work"),
    "hours": lazy("The hours"),
    "supervision": lazy("Guidance"),
    "well": lazy("Safe and well"),
}
DRIFTS: dict[str, Words] = {
    "well": lazy("Somebody may not be safe and well"),
    "work": lazy("The work is not what was agreed"),
    "hours": lazy("The hours are not what was agreed"),
    "supervision": lazy("The guidance is not what was agreed"),
    "apart": lazy("The two sides see it differently"),
}
