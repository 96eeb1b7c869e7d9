"""Pages of the coordinator."""

from __future__ import annotations

from flask import Blueprint

from webapp.views.bars import add_bars
from webapp.views.together import add_pages

blueprint = Blueprint("coordinator", __name__, url_prefix="/coordinator")

from webapp.views.coordinator import (  # noqa: E402, F401  (their routes register on the blueprint)
    agreement,
    alumni,
    answer_rest,
    applications,
    assignments,
    bars,
    board,
    board_moves,
    clearances,
    compare,
    competencies,
    countries,
    country_notes,
    debriefs,
    duties,
    effect,
    emergency,
    fairness,
    help_calls,
    home,
    host_accounts,
    host_links,
    hosts,
    joint_offers,
    learning,
    lessons,
    list_files,
    lists,
    matches,
    offers,
    partnerships,
    placements,
    put_forward,
    questions,
    references,
    roll_calls,
    runs,
    safeguarding,
    scorecards,
    settings,
    sheet,
    story,
    supply,
    suspensions,
    telling,
    volunteers,
)

add_bars(blueprint)
add_pages(blueprint)
