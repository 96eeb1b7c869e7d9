"""The queue: what waits, since when, and the one thing to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import g, render_template, url_for
from flask_babel import gettext as _

from webapp import clock
from webapp.db import Session
from webapp.i18n import day
from webapp.services import queue, vio_settings
from webapp.services.queue import Waiting
from webapp.views.coordinator import blueprint
from webapp.views.menu import waiting

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


@dataclass(frozen=True)
class Entry:
    """One kind of waiting work in words, with the way to all of it and to the oldest."""

    kind: str
    count: int
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
        strong=queue.strong_matches(Session(), g.account, today, STRONG),
        vio=vio_settings.vio_of(Session(), g.account),
    )


@blueprint.get("/more")
def more() -> str:
    """Show what is not needed every day."""
    return render_template("coordinator/more.html")


def _in_words(one: Waiting) -> Entry:
    """Say what waits, since or until when, and where it leads."""
    title, since, words = _words(day(_date(one)))[one.kind]
    listing, first, key = PAGES[one.kind]
    values: dict[str, Any] = {key: one.first_id}
    address = url_for(first, **values)
    return Entry(one.kind, one.count, title, since, url_for(listing), address, words)


def _date(one: Waiting) -> date | None:
    return one.oldest.date() if isinstance(one.oldest, datetime) else one.oldest


def _words(when: str) -> dict[str, tuple[str, str, str]]:
    """Return for each kind: title, since when, words of the button."""
    oldest = _("the oldest since %(day)s", day=when)
    first, begins = _("the first is due by %(day)s", day=when), _("the first begins on %(day)s", day=when)
    return {
        **_urgent_words(oldest),
        "references": (_("References with a word on misconduct"), oldest, _("Read the oldest")),
        "applications": (
            _("Applications without an answer"),
            _("the first was promised by %(day)s", day=when),
            _("Open the first one"),
        ),
        "hosts": (_("Hosts to verify"), oldest, _("Verify the oldest")),
        "assignments": (_("Assignments to review"), oldest, _("Review the oldest")),
        "stays": (_("Stays to start, to extend or to complete"), first, _("See the first")),
        "clearances": (_("Papers to check before somebody leaves"), first, _("Check the first")),
        "waivers": (_("Wishes to go without a paper: a second person agrees or not"), first, _("See the first")),
        "duties": (_("Duties of yours before somebody begins"), begins, _("See the first")),
        "supporters": (_("Stays without a supporter beside the person"), begins, _("Name somebody")),
        "decisions": (_("Somebody goes on without the others?"), oldest, _("Decide the oldest")),
        "matches": (
            _("Assignments with new strong matches"),
            _("ranked since %(day)s", day=when),
            _("Look at the oldest"),
        ),
        "partnerships": (_("Partnerships proposed to you"), oldest, _("Read the terms")),
        "lessons": (_("Lessons to read"), oldest, _("Read the oldest")),
        "expiring": (_("Verifications that run out"), _("the first on %(day)s", day=when), _("Verify again")),
    }


def _urgent_words(oldest: str) -> dict[str, tuple[str, str, str]]:
    """Return the same for what stands first: somebody may be in danger, or waits to know how it goes on."""
    return {
        "help_calls": (_("Calls for help that volunteers let you know of"), oldest, _("Read them")),
        "roll_calls": (_("Roll calls that are open"), oldest, _("See who is missing")),
        "held": (_("Stays that wait for a decision"), oldest, _("Decide on the oldest")),
        "bars": (_("Bars and appeals to decide"), oldest, _("Decide on the oldest")),
        "likenesses": (_("Maybe the same person as one who is barred"), oldest, _("Look at the oldest")),
    }
