"""The steps of a profile: their order, and what every step's page and saving have in common."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.models import Volunteer
from webapp.services import openings, profile_strength
from webapp.views.volunteer.cards import link_of
from webapp.words import Words, lazy

# Asked at first, in this order; the others whenever the person likes.
FIRST = ("about", "skills", "languages", "where", "when")
TITLES: dict[str, Words] = {
    "about": lazy("About you"),
    "skills": lazy("What you can do"),
    "languages": lazy("Your languages"),
    "where": lazy("Where you would go"),
    "when": lazy("When you have time"),
    "experience": lazy("Experience and earlier service"),
    "licences": lazy("Licences"),
    "causes": lazy("Causes you care about"),
    "conditions": lazy("Conditions of life"),
    "motivation": lazy("Why you want to serve"),
    "sharing": lazy("Being found by other organizations"),
}
ORDER = tuple(TITLES)
LAST_STEPS_FIT = 3


def url_of(step: str) -> str:
    """Return the address of a step's page."""
    return url_for(f"volunteer.{step}")


def following(step: str) -> str | None:
    """Return the step after this one, None behind the last."""
    place = ORDER.index(step) + 1
    return ORDER[place] if place < len(ORDER) else None


def show(step: str, template: str, volunteer: Volunteer, form: FlaskForm, **more: Any) -> Any:
    """Show a step; with 422 where what was sent has errors, so that nothing is kept and nothing typed is lost."""
    found = openings.find(Session(), volunteer)
    page = render_template(
        f"volunteer/profile/{template}.html",
        step=step,
        title=TITLES[step],
        form=form,
        number=FIRST.index(step) + 1 if step in FIRST else None,
        first_count=len(FIRST),
        is_last_first=step == FIRST[-1],
        following=following(step),
        strength=profile_strength.strength_of(volunteer),
        fitting=[link_of(one) for one in openings.opened(Session(), volunteer, found.fitting[:LAST_STEPS_FIT])],
        fitting_count=len(found.fitting),
        volunteer=volunteer,
        titles=TITLES,
        **more,
    )
    return page, 422 if request.method == "POST" and form.errors else 200


def saved(step: str, volunteer: Volunteer) -> Response:
    """Say that it is saved and what fits now, and go on: to the next step, or back to the profile."""
    count = len(openings.find(Session(), volunteer).fitting)
    flash(
        ngettext("Saved. %(num)s opening fits you now.", "Saved. %(num)s openings fit you now.", count)
        if count
        else _("Saved."),
        "success",
    )
    if request.form.get("go") == "profile":
        return redirect(url_for("volunteer.profile"))
    if step == FIRST[-1]:  # all that is asked at first is there: time to look
        return redirect(url_for("volunteer.home"))
    after = following(step)
    return redirect(url_of(after) if after else url_for("volunteer.profile"))
