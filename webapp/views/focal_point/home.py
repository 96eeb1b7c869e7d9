"""What waits for a focal point: calls first, then reports, then incidents."""

from __future__ import annotations

from flask import g, render_template, url_for
from flask_babel import ngettext

from webapp.db import Session
from webapp.services import vio_settings
from webapp.services.bars import bar_queue
from webapp.services.safeguarding import incidents, people
from webapp.views.focal_point import blueprint
from webapp.views.menu import waiting


@blueprint.get("/")
def home() -> str:
    """Show what waits."""
    session = Session()
    vio = vio_settings.vio_of(session, g.account)
    return render_template(
        "focal_point/home.html",
        vio=vio,
        tasks=[{"count": count, "text": text, "url": url_for(page)} for count, text, page in _waiting() if count],
        too_few=len(people.focal_points(session, vio.id)) < people.FEWEST,
    )


def _waiting() -> list[tuple[int, str, str]]:
    """Return how much waits of each kind, its words and its page."""
    session, account, found = Session(), g.account, waiting()
    calls, written = found["calls"], found["calls_written"]
    reports, added = found["reports"], found["reports_added"]
    followed = sum(one.state != "closed" for one in incidents.incidents_of(session, account))
    to_decide = bar_queue.count_waiting(session, account)
    return [
        (calls, ngettext("call for help to take up", "calls for help to take up", calls), "focal_point.calls"),
        (written, ngettext("call with new words", "calls with new words", written), "focal_point.calls"),
        (reports, ngettext("new report", "new reports", reports), "focal_point.reports"),
        (added, ngettext("report with new words", "reports with new words", added), "focal_point.reports"),
        (followed, ngettext("incident to follow up", "incidents to follow up", followed), "focal_point.incidents"),
        (to_decide, ngettext("bar or appeal to decide", "bars or appeals to decide", to_decide), "focal_point.bars"),
    ]
