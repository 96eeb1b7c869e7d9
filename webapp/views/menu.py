"""Each role's menu, as data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from flask import Flask, g, request, url_for

from webapp import clock
from webapp.db import Session
from webapp.i18n import translate
from webapp.security import opens
from webapp.services import badges, queue
from webapp.words import Words, lazy

# role -> (words, endpoint); visitors have the role None.
MENUS: dict[str | None, tuple[tuple[Words, str], ...]] = {
    None: (
        (lazy("Openings"), "public.openings"),
        (lazy("Map"), "public.route_map"),
        (lazy("About"), "public.about"),
        (lazy("Sign in"), "security.login"),
        (lazy("Register"), "security.register"),
    ),
    "volunteer": (
        (lazy("Home"), "volunteer.home"),
        (lazy("I need help"), "volunteer.help_page"),
        (lazy("Search"), "volunteer.search"),
        (lazy("Applications"), "volunteer.applications"),
        (lazy("My placement"), "volunteer.placements"),
        (lazy("Invitations"), "volunteer.invitations"),
        (lazy("Training"), "volunteer.training"),
        (lazy("Lessons"), "volunteer.lessons"),
        (lazy("Profile"), "volunteer.profile"),
        (lazy("Consents"), "volunteer.consents"),
        (lazy("My supporter"), "volunteer.supporter"),
        (lazy("Mentors"), "volunteer.mentors_page"),
    ),
    "host": (
        (lazy("Home"), "host.home"),
        (lazy("Assignments"), "host.assignments"),
        (lazy("Placements"), "host.placements"),
        (lazy("Organization"), "host.organization"),
        (lazy("Verification"), "host.verification"),
        (lazy("Training"), "host.training"),
        (lazy("Lessons"), "host.lessons"),
    ),
    "coordinator": (
        (lazy("Queue"), "coordinator.home"),
        (lazy("Board"), "coordinator.board"),
        (lazy("Assignments"), "coordinator.assignments"),
        (lazy("Applications"), "coordinator.applications"),
        (lazy("Placements"), "coordinator.placements"),
        (lazy("Volunteers"), "coordinator.volunteers"),
        (lazy("Hosts"), "coordinator.hosts"),
        (lazy("More"), "coordinator.more"),
    ),
    "administrator": (
        (lazy("What runs"), "administrator.home"),
        (lazy("Organizations"), "administrator.organizations"),
        (lazy("Staff"), "administrator.staff"),
        (lazy("Accounts"), "administrator.accounts"),
    ),
    "focal_point": (
        (lazy("What waits"), "focal_point.home"),
        (lazy("Calls for help"), "focal_point.calls"),
        (lazy("Reports"), "focal_point.reports"),
        (lazy("Incidents"), "focal_point.incidents"),
        (lazy("Duty and poster"), "focal_point.duty"),
        (lazy("Supporters"), "focal_point.people"),
        (lazy("Bars"), "focal_point.bars"),
    ),
    "supporter": ((lazy("Your volunteers"), "supporter.home"),),
}
# What stands under “More”, so that a menu keeps to one line.
FOLDED = frozenset({"volunteer.invitations", "volunteer.lessons", "volunteer.consents", "volunteer.supporter"})
# endpoint -> the names of what waits there (services/badges.py)
BADGES: dict[str, tuple[str, ...]] = {
    "coordinator.home": tuple(queue.KINDS),
    "coordinator.placements": ("placements",),
    "host.home": ("applicants",),
    "host.placements": ("placements",),
    "volunteer.applications": ("applications",),
    "volunteer.invitations": ("invitations",),
    "volunteer.mentors_page": ("mentors",),
    "volunteer.placements": ("papers", "placements"),
    "supporter.home": ("home",),
    "focal_point.calls": ("calls", "calls_written"),
    "focal_point.reports": ("reports", "reports_added"),
}


def register_menu(app: Flask) -> None:
    """Give templates the menu of the one who reads."""
    app.before_request(_count_anew)
    app.context_processor(_menu)


def waiting() -> dict[str, int]:
    """Return how much waits for the one who reads, by the names of services/badges.py; read once for a page."""
    if "waiting" not in g:
        g.waiting = badges.waiting(Session(), g.account, clock.today()) if g.get("account") else {}
    found: dict[str, int] = g.waiting
    return found


def _count_anew() -> None:
    g.pop("waiting", None)


def _menu() -> dict[str, object]:
    account, counts = g.get("account"), waiting()
    entries = [entry for entry in MENUS[account.role if account else None] if opens(entry[1])]
    folded = [_entry(*entry, counts) for entry in entries if entry[1] in FOLDED]
    return {
        "menu": [_entry(*entry, counts) for entry in entries if entry[1] not in FOLDED],
        "folded_menu": folded,
        "folded_current": any(is_current for _label, _url, is_current, _badge in folded),
        "folded_badge": sum(badge or 0 for _label, _url, _is_current, badge in folded) or None,
    }


def _entry(words: Words, endpoint: str, counts: Mapping[str, int]) -> tuple[str, str, bool, int | None]:
    """Return an entry with its address, whether it is this page, and how much waits there (None for nothing)."""
    badge = sum(counts.get(name, 0) for name in BADGES.get(endpoint, ())) or None
    return translate(words), _address(endpoint, request.script_root), endpoint == request.endpoint, badge


@lru_cache
def _address(endpoint: str, _script_root: str) -> str:
    """Return where a page of the menu is, which is the same for every reader."""
    return url_for(endpoint)
