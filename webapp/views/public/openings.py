"""Open assignments for everybody: the list, and one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import render_template, request, url_for
from flask_babel import format_date, gettext
from flask_babel import get_locale as current_locale

from webapp import clock, vocabulary
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Assignment
from webapp.services import published
from webapp.services.published import PAGE, Search
from webapp.views.public import blueprint
from webapp.views.public.opening_facts import conditions_of, day_of, money_of, where_and_when

MODES = ("on_site", "online")


@blueprint.get("/assignments")
def openings() -> str:
    """List open assignments, narrowed by country, sector and mode."""
    asked = request.args
    search = Search(asked.get("country", ""), asked.get("sector", ""), asked.get("mode", ""), page=_page())
    session, today, language = Session(), clock.today(), str(current_locale())
    found, total = published.find(session, search, today)
    countries, sectors = published.countries_and_sectors(session, today)
    kept: dict[str, Any] = {name: asked[name] for name in ("country", "sector", "mode") if asked.get(name)}
    return render_template(
        "public/openings.html",
        cards=[card_of(assignment, language) for assignment in found],
        total=total,
        search=search,
        countries=_by_name((code, vocabulary.country_name(code, language)) for code in countries),
        sectors=_by_name((code, vocabulary.sector_label(code, language)) for code in sectors),
        modes=[(mode, translate(vocabulary.MODES[mode])) for mode in MODES],
        previous=url_for("public.openings", page=search.page - 1, **kept) if search.page > 1 else None,
        following=url_for("public.openings", page=search.page + 1, **kept) if search.page * PAGE < total else None,
    )


@blueprint.get("/assignments/<int:assignment_id>")
def opening(assignment_id: int) -> str:
    """Show what a visitor may know of an open assignment: no names of people, no contact data."""
    assignment = published.one(Session(), assignment_id, clock.today())
    language = str(current_locale())
    return render_template(
        "public/opening.html",
        assignment=assignment,
        country=vocabulary.country_name(assignment.country, language),
        levels=vocabulary.LEVELS,
        skills=[(one, vocabulary.skill_label(one.skill, language)) for one in assignment.skills],
        tongues=[(one, vocabulary.language_name(one.language, language)) for one in assignment.languages],
        facts=where_and_when(assignment, language),
        conditions=conditions_of(assignment),
        money=money_of(assignment),
    )


def card_of(assignment: Assignment, language: str) -> dict[str, object]:
    """Return what a card of the list shows."""
    country = vocabulary.country_name(assignment.country, language)
    place = ", ".join(part for part in (assignment.location, country) if part)
    is_online = assignment.mode == "online"
    dates = [format_date(day, "d MMM y") for day in (assignment.start_on, assignment.end_on) if day]
    return {
        "title": assignment.title,
        "url": url_for("public.opening", assignment_id=assignment.id),
        "host": assignment.host.name,
        "where": gettext("online") if is_online else place,
        "dates": " – ".join(dates),
        "day": day_of(assignment),
    }


def _page() -> int:
    written = request.args.get("page", "1")
    return min(int(written), 10_000) if written.isdecimal() else 1


def _by_name(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: pair[1].casefold())
