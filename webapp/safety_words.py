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
SEVERITIES: dict[str, Words] = {
    "now": lazy("I am in danger now"),
    "today": lazy("I need help today"),
    "week": lazy("I need help this week"),
}
HELP_STATES: dict[str, tuple[Words, str]] = {
    "open": (lazy("waits for somebody to take it up"), "waiting"),
    "taken": (lazy("somebody helps"), "going"),
    "closed": (lazy("closed"), "closed"),
}
GRAVITIES: dict[str, Words] = {
    "low": lazy("small: settled on the spot"),
    "serious": lazy("serious: somebody was harmed, or could have been"),
    "grave": lazy("grave: a crime, a child, or a life in danger"),
}
INCIDENT_STATES: dict[str, tuple[Words, str]] = {
    "open": (lazy("written down, nothing decided yet"), "waiting"),
    "acting": (lazy("something is being done"), "going"),
    "closed": (lazy("closed"), "closed"),
}
