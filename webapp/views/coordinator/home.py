"""The queue: what waits, since when, and the one thing to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import g, render_template, url_for

from webapp import clock
from webapp.db import Session
from webapp.i18n import day, translate
from webapp.services import queue, strong_matches, vio_settings
from webapp.services.queue import Waiting
from webapp.views.coordinator import blueprint
from webapp.views.menu import waiting
from webapp.words import Words, lazy

STRONG = 12  # assignments with strong matches that are shown
# kind -> its list, the page of one, and that page's key
PAGES = {
    "help_calls": ("coordinator.help_calls", "coordinator.help_calls", "call_id"),
    "roll_calls": ("coordinator.roll_calls", "coordinator.roll_call", "call_id"),
    "held": ("coordinator.held_stays", "coordinator.held_stay", "held_id"),
    "bars": ("coordinator.bars", "coordinator.bar", "bar_id"),
    "likenesses": ("coordinator.bars", "coordinator.likeness", "likeness_id"),
    "references": ("coordinator.applications", "coordinator.references", "application_id"),
    "applications": ("coordinator.applications", "coordinator.application", "application_id"),
    "hosts": ("coordinator.hosts", "coordinator.host", "host_id"),
    "assignments": ("coordinator.assignments", "coordinator.assignment", "assignment_id"),
    "stays": ("coordinator.placements", "coordinator.placement", "placement_id"),
    "clearances": ("coordinator.clearance_list", "coordinator.clearance", "clearance_id"),
    "waivers": ("coordinator.clearance_list", "coordinator.clearance", "clearance_id"),
    "duties": ("coordinator.placements", "coordinator.placement_duties", "placement_id"),
    "supporters": ("coordinator.safeguarding", "coordinator.safeguarding", "placement_id"),
    "decisions": ("coordinator.placements", "coordinator.placement", "placement_id"),
    "matches": ("coordinator.assignments", "coordinator.matches", "assignment_id"),
    "partnerships": ("coordinator.partnerships", "coordinator.partnership", "partnership_id"),
    "lessons": ("coordinator.lessons_to_review", "coordinator.lessons_to_review", "lesson_id"),
    "expiring": ("coordinator.hosts", "coordinator.host", "host_id"),
}


OLDEST = lazy("the oldest since %(day)s")
DUE, BEGINS = lazy("the first is due by %(day)s"), lazy("the first begins on %(day)s")
# kind -> title, since when, words of the button; what stands first: somebody may be in danger, or waits to know.
SAID: dict[str, tuple[Words, Words, Words]] = {
    "help_calls": (lazy("Calls for help that volunteers let you know of"), OLDEST, lazy("Read them")),
    "roll_calls": (lazy("Roll calls that are open"), OLDEST, lazy("See who is missing")),
    "held": (lazy("Stays that wait for a decision"), OLDEST, lazy("Decide on the oldest")),
    "bars": (lazy("Bars and appeals to decide"), OLDEST, lazy("Decide on the oldest")),
    "likenesses": (lazy("Maybe the same person as one who is barred"), OLDEST, lazy("Look at the oldest")),
    "references": (lazy("References with a word on misconduct"), OLDEST, lazy("Read the oldest")),
    "applications": (
        lazy("Applications without an answer"),
        lazy("the first was promised by %(day)s"),
        lazy("Open the first one"),
    ),
    "hosts": (lazy("Hosts to verify"), OLDEST, lazy("Verify the oldest")),
    "assignments": (lazy("Assignments to review"), OLDEST, lazy("Review the oldest")),
    "stays": (lazy("Stays to start, to extend or to complete"), DUE, lazy("See the first")),
    "clearances": (lazy("Papers to check before somebody leaves"), DUE, lazy("Check the first")),
    "waivers": (lazy("Wishes to go without a paper: a second person agrees or not"), DUE, lazy("See the first")),
    "duties": (lazy("Duties of yours before somebody begins"), BEGINS, lazy("See the first")),
    "supporters": (lazy("Stays without a supporter beside the person"), BEGINS, lazy("Name somebody")),
    "decisions": (lazy("Somebody goes on without the others?"), OLDEST, lazy("Decide the oldest")),
    "matches": (lazy("Assignments with new strong matches"), BEGINS, lazy("See the first")),
    "partnerships": (lazy("Partnerships proposed to you"), OLDEST, lazy("Read the terms")),
    "lessons": (lazy("Lessons to read"), OLDEST, lazy("Read the oldest")),
    "expiring": (lazy("Verifications that run out"), lazy("the first on %(day)s"), lazy("Verify again")),
}


@dataclass(frozen=True)
class Entry:
    """One kind of waiting work in words, with the way to all of it and to the oldest."""

    kind: str
    count: str
    title: str
    since: str
    url: str
    first_url: str
    first_words: str


@blueprint.get("/")
def home() -> str:
    """Show the queue, what is promised soonest first."""
    today = clock.today()
    entries = [_in_words(one) for one in queue.waiting_for(Session(), g.account, today, waiting())]
    return render_template(
        "coordinator/home.html",
        entries=entries,
        strong=strong_matches.soonest(Session(), g.account, today, STRONG),
        vio=vio_settings.vio_of(Session(), g.account),
    )


@blueprint.get("/more")
def more() -> str:
    """Show what is not needed every day."""
    return render_template("coordinator/more.html")


def _in_words(one: Waiting) -> Entry:
    """Say what waits, since or until when, and where it leads."""
    title, since, button = (translate(words) for words in SAID[one.kind])
    listing, first, key = PAGES[one.kind]
    values: dict[str, Any] = {key: one.first_id}
    address = url_for(first, **values)
    return Entry(one.kind, _many(one), title, since % {"day": day(_date(one))}, url_for(listing), address, button)


def _many(one: Waiting) -> str:
    most = strong_matches.MOST_NUMBERED
    return f"{most}+" if one.kind == "matches" and one.count > most else str(one.count)


def _date(one: Waiting) -> date | None:
    return one.oldest.date() if isinstance(one.oldest, datetime) else one.oldest
