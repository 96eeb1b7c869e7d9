"""A supporter's volunteers: name, how to reach them, placement, and when it is time to write."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.db import Session
from webapp.models import SupporterLink
from webapp.safety_forms import WordsForm
from webapp.services.safeguarding import supporters
from webapp.views.supporter import blueprint
from webapp.words import Words, lazy

# Why it is time to write; of an incident the supporter learns nothing, so it reads like any other day.
TIMES: dict[str, Words] = {
    "before": lazy("Two weeks before they leave: ask how they feel, and what they still need."),
    "settling": lazy("They have been there for a month. This is when it is often hardest: ask how it really goes."),
    "check": lazy("Write a line and ask how things are."),
    "back_soon": lazy("Two weeks home: coming back can be harder than leaving. Ask how it is."),
    "back_later": lazy("Twelve weeks home: ask what stayed with them, and what they would want next."),
}


@blueprint.get("/")
def home() -> str:
    """List the volunteers, those who wait first."""
    rows = [_told(link) for link in supporters.links_of(Session(), g.account)]
    return render_template("supporter/home.html", rows=sorted(rows, key=lambda row: not row["waits"]))


def _told(link: SupporterLink) -> dict[str, Any]:
    times = [TIMES[prompt.kind] for prompt in supporters.open_prompts(link)]
    is_unread = supporters.is_last_word_theirs(link)
    return {"link": link, "times": times, "is_unread": is_unread, "waits": bool(times) or is_unread}


@blueprint.route("/volunteers/<int:link_id>", methods=["GET", "POST"])
def thread(link_id: int) -> Any:
    """Show what the two wrote, and write."""
    link = supporters.link_for(Session(), g.account, link_id)
    form = WordsForm()
    if form.validate_on_submit():
        supporters.write(Session(), g.account, link_id, form.text.data or "")
        flash(_("Sent. Nobody else can read it."), "success")
        return redirect(url_for("supporter.thread", link_id=link_id))
    page = render_template("supporter/thread.html", form=form, **_told(link))
    return (page, 422) if form.is_submitted() else page
