"""Codes of safeguarding in words."""

from __future__ import annotations

from webapp.words import Words, lazy

HARMS: dict[str, Words] = {
    "child": lazy("A child was hurt, or is not safe"),
    "sexual": lazy("Sexual harm, touching or words that were not wanted"),
    "violence": lazy("Violence, threats, or somebody is made afraid"),
    "unfair": lazy("Somebody is treated badly, used or shut out"),
    "money": lazy("Money, gifts or favours asked for or taken"),
    "danger": lazy("Something is dangerous: a place, work, a journey"),
    "other": lazy("Something else"),
}
WISHES: dict[str, Words] = {
    "page": lazy("I come back to this page with my code, and read the answer there"),
    "reach": lazy("Call or write to me"),
    "none": lazy("I want no answer"),
}
INTAKES: dict[str, Words] = {
    "web": lazy("on the page"),
    "paper": lazy("on paper"),
    "phone": lazy("by telephone or face to face"),
}
# state -> words, kind of the pill
REPORT_STATES: dict[str, tuple[Words, str]] = {
    "received": (lazy("arrived, nobody has taken it up yet"), "waiting"),
    "in_hand": (lazy("somebody works on it"), "going"),
    "referred": (lazy("passed on to those who deal with such things"), "going"),
    "closed": (lazy("closed"), "closed"),
}
