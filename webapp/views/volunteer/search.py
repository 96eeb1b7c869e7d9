"""Search among the openings, with filters that stay in the address."""

from __future__ import annotations

from functools import lru_cache

from flask import g, get_template_attribute, render_template, request, url_for
from markupsafe import Markup

from webapp import list_pages, vocabulary
from webapp.db import Session, own_session
from webapp.models import Volunteer
from webapp.services import opening_filters, openings, own_rows, whole_lists
from webapp.services.openings import Opening
from webapp.tongue import gettext as _
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.cards import cards_of
from webapp.views.volunteer.forms.fields import language
from webapp.views.volunteer.forms.stay import SearchForm

PAGE = 10
MOST_PAGES = 100
KEPT = 50  # forms of filters: one for each language, and a new one when something else is offered


@blueprint.get("/openings/")
def search() -> str:
    """Show fitting openings first, then near ones, then others, ten to a page."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    whole_lists.make_whole(Session(), own_session, volunteer)
    form = SearchForm(request.args)
    is_sound = form.validate()
    found = openings.find(Session(), volunteer, form.filters() if is_sound else None)
    offered = opening_filters.offered(Session())
    everything = [*found.fitting, *found.near, *found.others]
    number = min(max(request.args.get("page", 1, int), 1), MOST_PAGES)
    shown = openings.opened(Session(), volunteer, everything[(number - 1) * PAGE : number * PAGE])
    return render_template(
        "volunteer/search.html",
        form=form,
        filters=_filters(form, offered) if request.args else _unfiltered(offered, language(), request.script_root),
        found=found,
        total=len(everything),
        groups=_groups(volunteer, shown, found.may_be_matched),
        previous_url=_page(number - 1) if number > 1 else None,
        next_url=_page(number + 1) if number * PAGE < len(everything) else None,
        first=(number - 1) * PAGE + 1,
        last=min(number * PAGE, len(everything)),
        is_filtered=_is_filtered(form),
        show_hidden_url=_page(1, with_cannot="y"),
        show_all_url=_page(1, all_open="y"),
        may_be_matched=found.may_be_matched,
    )


def _groups(volunteer: Volunteer, shown: list[Opening], may_compare: bool) -> list[dict[str, object]]:
    """Return the page's openings in their three groups, without empty ones."""
    parts = (
        ("fitting", _("They fit you"), [one for one in shown if one.match and not one.is_near]),
        ("near", _("Nearly: one thing is missing"), [one for one in shown if one.is_near]),
        ("others", _("Other open assignments"), [one for one in shown if one.match is None]),
    )
    return [
        {"name": name, "heading": heading, "cards": cards_of(volunteer, ones, may_compare)}
        for name, heading, ones in parts
        if ones
    ]


def _page(number: int, **more: str) -> str:
    """Return the address of another page of the same search."""
    kept = list_pages.narrowed("page")
    return url_for("volunteer.search", **{**kept, **more, **({"page": str(number)} if number > 1 else {})})


def _is_filtered(form: SearchForm) -> bool:
    return any(value for name, value in request.args.items() if name in form._fields)


@lru_cache(maxsize=KEPT)
def _unfiltered(offered: opening_filters.Offered, _language: str, _script_root: str) -> Markup:
    """Return the filters of who narrows nothing: the same for all, as long as the same is offered."""
    return _filters(SearchForm(), offered)


def _filters(form: SearchForm, offered: opening_filters.Offered) -> Markup:
    _offer(form, offered)
    written: Markup = get_template_attribute("volunteer/_filters.html", "filters")(form, _is_filtered(form))
    return written


def _offer(form: SearchForm, offered: opening_filters.Offered) -> None:
    """Offer as filters only what some open assignment has."""
    anything, tongue = [("", _("all"))], language()
    countries = {code: vocabulary.country_name(code, tongue) for code in offered.countries}
    skills = {code: vocabulary.skill_label(code, tongue) for code in offered.skills}
    languages = {code: vocabulary.language_name(code, tongue) for code in offered.languages}
    for field, table in ((form.country, countries), (form.skill, skills), (form.language, languages)):
        field.choices = anything + sorted(table.items(), key=lambda pair: pair[1].casefold())
    goals = sorted(offered.goals, key=int)
    form.goal.choices = anything + [(goal, vocabulary.goal_label(goal, tongue)) for goal in goals]
    form.route.choices = anything + vocabulary.route_choices(tongue)
