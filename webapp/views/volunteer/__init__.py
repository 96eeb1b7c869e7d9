"""Pages of the volunteer."""

from __future__ import annotations

from flask import Blueprint

from webapp.views.together import add_pages

blueprint = Blueprint("volunteer", __name__, url_prefix="/volunteer")

from webapp.views.volunteer import (  # noqa: E402, F401  (their routes register on the blueprint)
    abilities,
    agreement,
    alumni,
    applications,
    applying,
    assignment,
    certificate,
    clearances,
    companions,
    consents,
    countries,
    debriefs,
    decision,
    emergency,
    help,
    home,
    invitations,
    lessons,
    mentors,
    mentorships,
    person,
    placements,
    profile,
    references,
    search,
    skills,
    stay,
    supporter,
    training,
    who_saw,
)

add_pages(blueprint)
