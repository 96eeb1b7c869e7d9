"""How this role's pages tell codes and people: in the reader's language, without names where those are hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType, SimpleNamespace
from typing import Any, Protocol
from urllib.parse import urlencode

from flask import g, request, session

from webapp import vocabulary
from webapp.assignment_words import dates_words
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Assignment, Volunteer
from webapp.services.match_review import person_code
from webapp.services.sights import sights_of
from webapp.services.visibility import Sight
from webapp.tongue import gettext as _
from webapp.tongue import tongue
from webapp.views.coordinator import blueprint
from webapp.words import Words, lazy

BLIND = "blind"
BAND_POINTS = 2  # the step of a band, in points of 100
# What the audit trail says on these pages; other codes are printed as they are.
EVENTS: dict[str, Words] = {
    "assignment_draft": lazy("Draft begun"),
    "assignment_reworded": lazy("Reworded while it was open"),
    "assignment_hints": lazy("New words to read closely"),
    "assignment_submitted": lazy("Sent for review"),
    "assignment_changes_requested": lazy("Changes asked for"),
    "assignment_open": lazy("Published"),
    "assignment_gate_waived": lazy("Published below the least score"),
    "assignment_filled": lazy("Filled"),
    "assignment_closed": lazy("Closed"),
    "assignment_cancelled": lazy("Cancelled"),
    "assignment_team": lazy("Team changed"),
    "team_filled_by_host": lazy("The host said how many of its team are there"),
    "shortlist_handed_over": lazy("The host says that the shortlist is ready"),
    "application_submitted": lazy("Applied"),
    "application_promise_renewed": lazy("Promised day moved"),
    "application_promise_rested": lazy("Promised day set anew after a pause"),
    "application_shortlisted": lazy("Put on the shortlist"),
    "application_interview": lazy("Interview"),
    "application_selected": lazy("Selected"),
    "application_declined": lazy("Declined"),
    "application_withdrawn": lazy("Withdrawn by the volunteer"),
    "host_reminded": lazy("Host reminded"),
    "host_asked": lazy("The host asked the office something"),
    "host_talks": lazy("Host and applicant talk"),
    "host_agreed": lazy("Host and applicant would like to work together"),
    "offer_made": lazy("Offer made"),
    "offer_agreed": lazy("Said yes, waits for the others"),
    "offer_accepted": lazy("Offer accepted"),
    "offer_declined": lazy("Offer declined"),
    "offer_expired": lazy("Offer ended without an answer"),
    "offer_withdrawn": lazy("Offer taken back"),
    "placement_preparing": lazy("Placement being prepared"),
    "placement_active": lazy("Placement begun"),
    "placement_extended": lazy("Placement extended"),
    "placement_completed": lazy("Placement completed"),
    "placement_ended_early": lazy("Placement ended early"),
    "placement_cancelled": lazy("Placement cancelled"),
}
TAKEN_BACK: Words = lazy("Taken back by the host")
FIELDS: dict[str, Words] = {
    "title": lazy("title"),
    "tasks": lazy("tasks"),
    "plain_day": lazy("a plain day"),
    "hardest_thing": lazy("the hardest thing"),
    "expected_results": lazy("expected results"),
    "learning": lazy("what the volunteer will learn"),
    "local_strengths": lazy("what the local team does well"),
    "skills_text": lazy("skills in own words"),
    "lodging": lazy("lodging"),
    "conditions_text": lazy("conditions"),
    "community_consulted": lazy("community consulted"),
    "why_not_paid_local": lazy("why no local person is paid for it"),
    "handover": lazy("handing over"),
    "project_ties": lazy("ties to projects"),
    "community_dispute": lazy("dispute in the community"),
    "national_priority": lazy("national priority"),
    "money": lazy("money"),
    "start_on": lazy("first day"),
    "end_on": lazy("last day"),
}


class Named(Protocol):
    """Of a person, what a page calls them by."""

    @property
    def id(self) -> int:
        """Number of the row."""

    @property
    def full_name(self) -> str:
        """The name, which may be hidden."""


@blueprint.before_request
def keep_blind() -> None:
    """Enter or leave the mode that hides names; it holds on every page until it is left."""
    if BLIND in request.args:
        session[BLIND] = request.args[BLIND] == "1"


def is_blind() -> bool:
    """Whether names are hidden now."""
    return bool(session.get(BLIND))


def language() -> str:
    """Return the code of the reader's language."""
    return tongue().language


def name_of(sight: Sight, volunteer: Named, assignment: Assignment) -> str:
    """Return the person's name where it may be shown, else a code that means this person on this assignment only."""
    return name_or_code(sight, volunteer, assignment, is_blind())


def name_or_code(sight: Sight, volunteer: Named, assignment: Assignment, hidden: bool) -> str:
    """Return the same, for a list that has found out once whether names are hidden."""
    if sight.name and not hidden:
        return volunteer.full_name
    return _("Person %(code)s", code=person_code(assignment.id, volunteer.id))


def named(rows: Sequence[Any]) -> list[tuple[Any, str]]:
    """Return rows about a person and an assignment, each with the person's name as it may be shown."""
    sights = sights_of(Session(), g.account, rows)
    return [(row, name_of(sight, row.volunteer, row.assignment)) for row, sight in zip(rows, sights, strict=True)]


def without_name(text: str, volunteer: Volunteer) -> str:
    """Return a free text; in blind mode with every part of the person's name and address blotted out."""
    if not is_blind():
        return text
    parts = re.split(r"[\s,.@]+", f"{volunteer.full_name} {volunteer.call_me or ''} {volunteer.email or ''}")
    for part in sorted({part for part in parts if len(part) > 1}, key=len, reverse=True):
        text = re.sub(re.escape(part), "▒▒▒", text, flags=re.IGNORECASE)
    return text


def band_words(band: int) -> str:
    """Return the points of a band, such as 76–78."""
    return f"{band * BAND_POINTS}–{(band + 1) * BAND_POINTS}"


def event_words(action: str, detail: Mapping[str, Any] = MappingProxyType({})) -> str:
    """Return what a line of the audit trail says; a host that takes its assignment back moves it as others do."""
    is_taken_back = detail.get("by") == "host" and action.startswith("assignment_")
    return translate(TAKEN_BACK if is_taken_back else EVENTS.get(action, action))


def _in_words(table: dict[Any, Any]) -> Callable[[Any], str]:
    return lambda code: translate(table[code]) if code in table else str(code or "")


def tell() -> SimpleNamespace:
    """Return the functions by which templates turn codes into words."""
    here = language()
    return SimpleNamespace(
        country=lambda code: vocabulary.country_name(code, here),
        language=lambda code: vocabulary.language_name(code, here),
        skill=lambda code: vocabulary.skill_label(code, here),
        sector=lambda code: vocabulary.sector_label(code, here),
        route=lambda code: vocabulary.route_name(code, here),
        goal=lambda code: vocabulary.goal_label(code, here),
        level=_in_words(vocabulary.LEVELS),
        known_by=_in_words(vocabulary.KNOWN_BY),
        mode=_in_words(vocabulary.MODES),
        host_kind=_in_words(vocabulary.HOST_KINDS),
        event=event_words,
        dates=dates_words,
        band=band_words,
        name=name_of,
        blot=without_name,
    )


@blueprint.context_processor
def for_templates() -> dict[str, object]:
    """Give every page of this role its words, and whether names are hidden."""
    return {"tell": tell(), "is_blind": is_blind(), "blind_url": _blind_url(), "field_name": _in_words(FIELDS)}


def _blind_url() -> str:
    """Return this page's address with names hidden, or shown where they are hidden now."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != BLIND]
    return "?" + urlencode([*kept, (BLIND, "0" if is_blind() else "1")])
