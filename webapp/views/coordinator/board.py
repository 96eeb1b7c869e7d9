"""The board: every application and placement by state, what is overdue, filters that are kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Assignment, Placement, Volunteer
from webapp.services.board import columns, filters
from webapp.services.board.columns import EVERY, RUNNING, Column, Filter
from webapp.services.errors import Refused
from webapp.services.visibility import NOTHING, Sight
from webapp.team_words import composition, shares
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.telling import name_of

NAMES = ("host", "country", "overdue", "text")  # of the fields by which the board is narrowed
LONGEST_TEXT = 100


@blueprint.get("/board")
def board() -> str:
    """Show the columns of what runs, narrowed; or one column alone, page by page."""
    narrowed, today = _filter(), clock.today()
    key, counted = _column_asked(), columns.counts(Session(), g.account, narrowed, today)
    if key:
        after = request.args.get("after", "")[:30]
        shown = [columns.column(Session(), g.account, key, narrowed, today, after)]
    else:
        shown = columns.columns(Session(), g.account, narrowed, today, counted)
    teams = columns.teams_of(Session(), shown)
    offered = columns.hosts(Session(), g.account)
    return render_template(
        "coordinator/board.html",
        columns=[_printed(one) for one in shown],
        alone=key,
        counts=counted,
        over=[one for one in EVERY if one not in RUNNING],
        hosts=offered,
        countries=sorted({host.country for host in offered if host.country}),
        asked=_asked(),
        filters=filters.filters_of(Session(), g.account),
        teams=[{"work": work, "rows": composition(seats), "shares": shares(seats)} for work, seats in teams],
        url_of=_url_of,
    )


@blueprint.post("/board/filters")
def keep_filter() -> Response:
    """Keep the filter that stands in the address under a name."""
    try:
        kept = filters.keep(Session(), g.account, request.form.get("name", ""), urlencode(_asked()))
    except Refused as refused:
        flash(translate(refused.words), "error")
        return redirect(_url_of())
    flash(_("Kept as “%(name)s”.", name=kept.name), "success")
    return redirect(_url_of())


@blueprint.post("/board/filters/<int:filter_id>/remove")
def remove_filter(filter_id: int) -> Response:
    """Forget a filter."""
    filters.remove(Session(), g.account, filter_id)
    flash(_("The filter is gone. The rows are all still there."), "success")
    return redirect(url_for("coordinator.board"))


def named(one: Any, is_named: bool) -> str:
    """Return how a row's person is called here."""
    person: Volunteer = one.volunteer
    assignment: Assignment = one.assignment
    return name_of(Sight(name=True) if is_named else NOTHING, person, assignment)


def _printed(one: Column) -> dict[str, Any]:
    cards = [
        {
            "card": card,
            "name": named(card.row, card.named),
            "url": _page_of(card),
            "beside": [named(row, is_named) for row, is_named in card.beside],
            "role": card.row.offer.team_role if isinstance(card.row, Placement) else None,
        }
        for card in one.cards
    ]
    following = _url_of(column=f"{one.kind}-{one.state}", after=one.following) if one.following else ""
    return {"column": one, "cards": cards, "following": following}


def _page_of(card: columns.Card) -> str:
    if card.kind == columns.APPLICATION:
        return url_for("coordinator.application", application_id=card.row.id)
    return url_for("coordinator.placement", placement_id=card.row.id)


def _filter() -> Filter:
    asked = _asked()
    host = asked.get("host", "")
    return Filter(
        host=int(host) if host.isdecimal() and len(host) < 10 else None,
        country=asked.get("country", ""),
        overdue="overdue" in asked,
        text=asked.get("text", ""),
    )


def _asked() -> dict[str, str]:
    """Return by what the board is narrowed, as the address says; blank fields left out."""
    found = {name: " ".join(request.args.get(name, "").split())[:LONGEST_TEXT] for name in NAMES}
    return {name: value for name, value in found.items() if value}


def _url_of(**more: str) -> str:
    """Return the address of the board as it is narrowed now."""
    values: dict[str, Any] = {**_asked(), **more}
    return url_for("coordinator.board", **values)


def _column_asked() -> tuple[str, str] | None:
    asked = request.args.get("column", "")
    if not asked:
        return None
    kind, _dash, state = asked.partition("-")
    if (kind, state) not in EVERY:
        abort(404)
    return kind, state
