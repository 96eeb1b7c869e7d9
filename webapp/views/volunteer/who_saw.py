"""Who has seen the volunteer's file."""

from __future__ import annotations

from flask import g, render_template

from webapp.db import Session
from webapp.models.accounts import HOST
from webapp.services import file_looks
from webapp.services.own_rows import volunteer_of
from webapp.views.volunteer import blueprint
from webapp.words import Words, lazy

WHAT: dict[str, Words] = {
    "profile": lazy("your profile"),
    "contact": lazy("your profile with e-mail and telephone"),
    "list": lazy("a downloaded list with you in it"),
    "document": lazy("a document of yours"),
}


@blueprint.get("/who-saw")
def who_saw() -> str:
    """List who opened the profile, the contact data and the documents, by organization and day."""
    found = file_looks.seen_by_others(Session(), volunteer_of(Session(), g.account))
    return render_template("volunteer/who_saw.html", looks=found, what=WHAT, host=HOST)
