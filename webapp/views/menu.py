"""Each role's menu, as data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Flask, g, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session as OrmSession

from webapp import clock
from webapp.db import Session
from webapp.models import User
from webapp.services import answers, clearance_board, queue, shortlists, stay_waiting
from webapp.services.alumni import mentorship_sight
from webapp.services.recruitment import referees
from webapp.services.safeguarding import supporters, unread
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
# endpoint -> how much waits there for the account
BADGES: dict[str, Callable[[OrmSession, User, date], int]] = {
    "coordinator.home": queue.count_waiting,
    "host.home": shortlists.count_waiting,
    "volunteer.applications": referees.count_wanted,
    "volunteer.invitations": answers.count_waiting,
    "volunteer.mentors_page": lambda session, account, _today: mentorship_sight.count_waiting(session, account),
    "supporter.home": lambda session, account, _today: supporters.count_waiting(session, account),
    "focal_point.calls": lambda session, account, _today: unread.count_calls(session, account),
    "focal_point.reports": lambda session, account, _today: unread.count_reports(session, account),
    "host.placements": stay_waiting.count_waiting,
    "coordinator.placements": stay_waiting.count_waiting,
    "volunteer.placements": lambda session, account, today: (
        clearance_board.count_own(session, account, today) + stay_waiting.count_waiting(session, account, today)
    ),
}


def register_menu(app: Flask) -> None:
    """Give templates the menu of the one who reads."""
    app.context_processor(_menu)


def _menu() -> dict[str, object]:
    account = g.get("account")
    entries = MENUS[account.role if account else None]
    folded = [_entry(*entry) for entry in entries if entry[1] in FOLDED]
    return {
        "menu": [_entry(*entry) for entry in entries if entry[1] not in FOLDED],
        "folded_menu": folded,
        "folded_current": any(is_current for _label, _url, is_current, _badge in folded),
        "folded_badge": sum(badge or 0 for _label, _url, _is_current, badge in folded) or None,
    }


def _entry(words: Words, endpoint: str) -> tuple[str, str, bool, int | None]:
    return gettext(words.text), url_for(endpoint), endpoint == request.endpoint, _badge(endpoint)


def _badge(endpoint: str) -> int | None:
    """Return how much waits behind an entry, None for nothing."""
    count = BADGES.get(endpoint)
    return (count(Session(), g.account, clock.today()) or None) if count else None
