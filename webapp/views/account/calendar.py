"""The private address of one's calendar: shown once, made anew or ended at will."""

from __future__ import annotations

from flask import current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.services import calendars
from webapp.views.account import blueprint


@blueprint.get("/calendar")
def calendar() -> str:
    """Say what a calendar link does, and whether there is one."""
    return render_template("account/calendar.html", feed=calendars.feed_of(Session(), g.account), link=None)


@blueprint.post("/calendar/link")
def make_calendar_link() -> str:
    """Make a link, or a new one, and show it this once."""
    token = calendars.renew(Session(), g.account)
    link = f"{current_app.extensions['config'].base_url}/calendar/{token}.ics"
    return render_template("account/calendar.html", feed=calendars.feed_of(Session(), g.account), link=link)


@blueprint.post("/calendar/end")
def end_calendar_link() -> Response:
    """Stop the link."""
    calendars.end(Session(), g.account)
    flash(_("The link is ended. Take the calendar out of your telephone or computer as well."), "success")
    return redirect(url_for("account.calendar"))
