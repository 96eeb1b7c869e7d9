"""Why a person can be barred. The person is told which of these it was."""

from __future__ import annotations

from webapp.words import Words, lazy

REASONS: dict[str, Words] = {
    "harm": lazy("Somebody was harmed, or could have been."),
    "conduct": lazy("The rules of conduct were broken."),
    "untrue": lazy("Something important that was stated is not true."),
    "misuse": lazy("Money, data or the name of the organization were misused."),
    "agreement": lazy("What had been agreed was broken again and again."),
    "other": lazy("Another reason, which is written below."),
}
