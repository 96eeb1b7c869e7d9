"""The volunteer's first page: openings at once, then what to say next, what runs and what waits."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from webapp import clock
from webapp.db import Session, own_session
from webapp.i18n import day
from webapp.models.consents import MATCHING
from webapp.services import (
    applications,
    bonds,
    consents,
    openings,
    own_rows,
    placement_lists,
    profile_strength,
    whole_lists,
)
from webapp.services.alumni import membership
from webapp.services.opening_filters import Filters
from webapp.views.menu import waiting
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.cards import cards_of
from webapp.views.volunteer.steps import FIRST, TITLES, url_of

FEWEST, SHOWN = 3, 5


@blueprint.get("/")
def home() -> str:
    """Show three to five openings, the next question, applications and invitations."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    whole_lists.make_whole(Session(), own_session, volunteer)
    found = openings.find(Session(), volunteer)
    if len(found.fitting) + len(found.near) < FEWEST:  # never empty: then also what a rule keeps away, and which rule
        found = openings.find(Session(), volunteer, Filters(all_open=True))
    shown = [one for one in [*found.fitting, *found.near, *found.others] if not one.is_applied][:SHOWN]
    strength = profile_strength.strength_at_once(Session(), volunteer)
    live = [one for one in applications.applications_of(Session(), volunteer) if one.is_live]
    return render_template(
        "volunteer/home.html",
        volunteer=volunteer,
        cards=cards_of(volunteer, openings.opened(Session(), volunteer, shown), found.may_be_matched),
        found=found,
        strength=strength,
        next_part=strength.missing[0] if strength.missing else None,
        steps_left=[_step(name) for name in FIRST if not _is_filled(strength, name)],
        live=[(one, day(one.answer_by), one.answer_by < clock.today()) for one in live],
        offers=placement_lists.offers_to_answer(Session(), volunteer),
        waiting=waiting()["invitations"],
        asked_together=bonds.asked_of(Session(), g.account),
        stay_waits=waiting()["placements"],
        mentoring_waits=waiting()["mentors"],
        is_alumni_offered=membership.is_offered(Session(), volunteer),
        may_be_matched=consents.standing(Session(), volunteer, MATCHING) is not None,
        url_of=url_of,
    )


def _step(name: str) -> dict[str, Any]:
    return {"title": TITLES[name], "url": url_of(name)}


def _is_filled(strength: profile_strength.Strength, name: str) -> bool:
    return next(part.is_filled for part in strength.parts if part.name == name)
