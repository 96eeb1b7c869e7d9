"""The volunteer's supporter, and what the two write to each other."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.db import Session
from webapp.safety_forms import WordsForm
from webapp.services.safeguarding import supporters
from webapp.views.volunteer import blueprint


@blueprint.get("/supporter/")
def supporter() -> Any:
    """Open the thread with the one supporter, or list all, or say what a supporter is."""
    links = supporters.links_of(Session(), g.account)
    if len(links) == 1:
        return redirect(url_for("volunteer.support_thread", link_id=links[0].id))
    return render_template("volunteer/supporters.html", links=links)


@blueprint.route("/supporter/<int:link_id>", methods=["GET", "POST"])
def support_thread(link_id: int) -> Any:
    """Show what the two wrote, and write."""
    link, form = supporters.link_for(Session(), g.account, link_id), WordsForm()
    if form.validate_on_submit():
        supporters.write(Session(), g.account, link_id, form.text.data or "")
        flash(_("Sent. Nobody else can read it."), "success")
        return redirect(url_for("volunteer.support_thread", link_id=link_id))
    page = render_template("volunteer/support_thread.html", link=link, form=form, is_there=supporters.is_there(link))
    return (page, 422) if form.is_submitted() else page
