"""Pages of the coordinator."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("coordinator", __name__, url_prefix="/coordinator")

from webapp.views.coordinator import (  # noqa: E402, F401  (their routes register on the blueprint)
    agreement,
    applications,
    assignments,
    compare,
    countries,
    debriefs,
    effect,
    fairness,
    home,
    host_accounts,
    hosts,
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
    runs,
    scorecards,
    settings,
    sheet,
    supply,
    telling,
    volunteers,
)
