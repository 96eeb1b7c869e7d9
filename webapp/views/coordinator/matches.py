"""The match review of an assignment, and the page of one match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import clock, explain, list_pages, score_words, vocabulary
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Assignment, Match
from webapp.models.matching import MATCH_STATUSES, VERDICTS
from webapp.services import judgements, match_list, match_review, own_rows, ranking, runs, shown_matches
from webapp.services.errors import Refused
from webapp.services.judgements import Word
from webapp.services.match_list import Filters
from webapp.services.match_review import MOST_COMPARED
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.forms import JudgementForm
from webapp.views.coordinator.interview import asked_by
from webapp.views.coordinator.map import map_of
from webapp.views.coordinator.shown import Listed, list_of, reader_of, show
from webapp.views.coordinator.telling import band_words, is_blind, language

REVIEWED = ("none", *VERDICTS)


@blueprint.get("/assignments/<int:assignment_id>/matches")
def matches(assignment_id: int) -> str:
    """Show who fits, band by band, with reasons; who nearly fits; and who does not, counted."""
    assignment = own_rows.vio_assignment(Session(), g.account, assignment_id, match_list.BESIDE_WORK)
    return _review_page(assignment, JudgementForm(), [])


@blueprint.post("/assignments/<int:assignment_id>/matches")
def judge(assignment_id: int) -> Any:
    """Say one word on everyone who is ticked, or lead to the page that compares them."""
    assignment = own_rows.vio_assignment(Session(), g.account, assignment_id)
    ticked = request.form.getlist("match", type=int)
    if "compare" in request.form:
        return _to_comparison(assignment, ticked)
    form = JudgementForm()
    if not form.validate_on_submit():
        return _review_page(assignment, form, ticked), 422
    try:
        chosen = match_review.chosen(Session(), g.account, assignment, ticked)
        judgements.judge(Session(), g.account, assignment, chosen, _word(form))
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _review_page(assignment, form, ticked), 422
    flash(ngettext("Kept for %(num)s person.", "Kept for %(num)s people.", len(chosen)), "success")
    return redirect(url_for("coordinator.matches", assignment_id=assignment_id, **list_pages.narrowed()))


@blueprint.get("/matches/<int:match_id>")
def match(match_id: int) -> str:
    """Show one match with every reason and its number."""
    return _match_page(match_review.coordinator_match(Session(), g.account, match_id), JudgementForm())


@blueprint.post("/matches/<int:match_id>")
def judge_one(match_id: int) -> Any:
    """Say a word on one match."""
    found = match_review.coordinator_match(Session(), g.account, match_id)
    form = JudgementForm()
    if not form.validate_on_submit():
        return _match_page(found, form), 422
    try:
        judgements.judge(Session(), g.account, found.assignment, [found], _word(form))
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _match_page(found, form), 422
    flash(_("Your decision and its reason are kept."), "success")
    return redirect(url_for("coordinator.match", match_id=found.id))


def _word(form: JudgementForm) -> Word:
    return Word(form.verdict, form.reason_code, form.note.data or "", is_blind())


def _to_comparison(assignment: Assignment, ticked: list[int]) -> Any:
    if 2 <= len(ticked) <= MOST_COMPARED:
        return redirect(url_for("coordinator.compare", assignment_id=assignment.id, match=ticked))
    form = JudgementForm(formdata=None)
    form.form_errors.append(_("Tick two or three people to see them side by side."))
    return _review_page(assignment, form, ticked), 422


def _filters() -> Filters:
    """Read the filters from the address; what is not in the lists filters nothing."""
    route = request.args.get("route", "")
    routes = vocabulary.reference().routes
    status, reviewed = request.args.get("status", ""), request.args.get("reviewed", "")
    return Filters(
        status=status if status in MATCH_STATUSES else "eligible",
        route=route if route in routes else "",
        route_countries=vocabulary.reference().countries_on(route) if route in routes else (),
        skill=request.args.get("skill", ""),
        language=request.args.get("language", ""),
        reviewed=reviewed if reviewed in REVIEWED else "",
    )


def _review_page(assignment: Assignment, form: JudgementForm, ticked: list[int]) -> str:
    filters = _filters()
    page = match_list.find(Session(), g.account, assignment, filters, list_pages.asked())
    around = shown_matches.around(Session(), g.account, assignment)
    skills, languages = match_list.wanted(Session(), assignment)
    not_eligible, excluded = _excluded(assignment)
    return render_template(
        "coordinator/matches.html",
        assignment=assignment,
        filters=filters,
        total=_total(assignment, filters, around.counts),
        bands=_by_band(list_of(page.rows, assignment, asked_by(assignment, skills, languages))),
        form=form,
        ticked=ticked,
        counts=around.counts,
        not_eligible=not_eligible,
        excluded=excluded,
        without_match=around.without_match,
        options=_options(assignment, skills, around.languages),
        going=runs.going_for(Session(), assignment),
        first=page.rows[0] if page.rows else None,
        address=_address,
        **list_pages.beside(page),
    )


def _total(assignment: Assignment, filters: Filters, counts: Mapping[str, int]) -> int:
    """Return how many people the whole list has; nothing is counted twice."""
    if not filters.is_narrow:
        return counts[filters.status]
    return match_list.count(Session(), g.account, assignment, filters)


def _address(**changes: Any) -> str:
    """Return this page's address with some filters changed."""
    given = {**list_pages.narrowed("blind", list_pages.AFTER, list_pages.BEFORE), **changes}
    return url_for("coordinator.matches", **request.view_args or {}, **{k: v for k, v in given.items() if v})


def _by_band(listed: list[Listed]) -> list[tuple[str, list[Listed]]]:
    """Group a page's matches by their band, in the order in which they stand."""
    groups: dict[int, list[Listed]] = {}
    for one in listed:
        groups.setdefault(one.match.band, []).append(one)
    return [(band_words(band), some) for band, some in groups.items()]


def _excluded(assignment: Assignment) -> tuple[int, list[tuple[str, int]]]:
    """Return how many people are not eligible, and each rule that left people out, in words, with how many."""
    counts = ranking.exclusions(Session(), assignment)
    rules = [(explain.why_not_words(code), people) for code, people in counts.items() if code.isupper()]
    return counts.get("ineligible", 0), rules


def _options(
    assignment: Assignment, skills: Sequence[Any], spoken: tuple[str, ...]
) -> dict[str, list[tuple[str, str]]]:
    """Return what the filters offer: this assignment's skills, the languages of the people in the list, all routes."""
    here = language()
    return {
        "skill": [(one.skill, vocabulary.skill_label(one.skill, here)) for one in skills],
        "language": _language_choices(spoken, here),
        "route": vocabulary.route_choices(here) if assignment.vio.route_wording else [],
    }


@lru_cache
def _language_choices(codes: tuple[str, ...], here: str) -> list[tuple[str, str]]:
    named = ((code, vocabulary.language_name(code, here)) for code in codes)
    return sorted(named, key=lambda pair: pair[1].casefold())


def _match_page(found: Match, form: JudgementForm) -> str:
    assignment = found.assignment
    row = match_review.rows_of(Session(), g.account, assignment, [found])[0]
    one = show(row, assignment)
    return render_template(
        "coordinator/match.html",
        one=one,
        notes=score_words.notes(Session(), found, reader_of(row, assignment)),
        row=row,
        sight=row.sight,
        volunteer=row.volunteer,
        assignment=assignment,
        band=band_words(found.band),
        form=form,
        words=judgements.words_on(Session(), found),
        reason_words=lambda review: translate(judgements.reason_words(review.verdict, review.reason_code)),
        map=map_of(row, assignment),
        today=clock.today(),
    )
