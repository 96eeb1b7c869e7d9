"""Open assignments for everybody: the list, and one of them."""

from __future__ import annotations

from collections.abc import Iterable

from flask import render_template, request, url_for
from flask_babel import get_locale as current_locale
from flask_babel import gettext

from webapp import clock, list_pages, vocabulary
from webapp.answer_words import usual_answer
from webapp.assignment_facts import parts_of
from webapp.assignment_words import VISITOR, dates_words, place_words
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Assignment
from webapp.services import answer_times, published
from webapp.services.published import Search
from webapp.views.public import blueprint

MODES = ("on_site", "online")


@blueprint.get("/assignments")
def openings() -> str:
    """List open assignments, narrowed by country, sector and mode."""
    asked = request.args
    search = Search(asked.get("country", ""), asked.get("sector", ""), asked.get("mode", ""))
    session, today, language = Session(), clock.today(), str(current_locale())
    found = published.find(session, search, today, list_pages.asked())
    all_open = published.overview(session, today)
    return render_template(
        "public/openings.html",
        cards=[card_of(assignment, language) for assignment in found.rows],
        total=all_open.total(search),
        search=search,
        countries=_by_name((code, vocabulary.country_name(code, language)) for code in all_open.countries),
        sectors=_by_name((code, vocabulary.sector_label(code, language)) for code in all_open.sectors),
        modes=[(mode, translate(vocabulary.MODES[mode])) for mode in MODES],
        **list_pages.beside(found),
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
        parts=parts_of(assignment, language, VISITOR, clock.today()),
        usual=usual_answer(assignment.host.name, answer_times.usual_days(Session(), assignment.host)),
    )


def card_of(assignment: Assignment, language: str) -> dict[str, object]:
    """Return what a card of the list shows."""
    day = [(gettext("Tasks"), assignment.tasks), (gettext("The hardest thing"), assignment.hardest_thing)]
    return {
        "title": assignment.title,
        "url": url_for("public.opening", assignment_id=assignment.id),
        "host": assignment.host.name,
        "where": place_words(assignment, language),
        "dates": dates_words(assignment),
        "day": [(label, _short(text)) for label, text in day if text],
    }


def _short(text: str, most: int = 110) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def _by_name(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: pair[1].casefold())
