"""The first page behind a link: the applicants of an assignment, or what waits about a stay; and a new link."""

from __future__ import annotations

from datetime import timedelta

from flask import g, render_template
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from webapp import clock
from webapp.db import Session
from webapp.guesses import visitor_address
from webapp.i18n import translate
from webapp.pace import Pace
from webapp.services import shortlists
from webapp.services.by_mail import asking
from webapp.services.errors import Refused
from webapp.views.by_mail import blueprint
from webapp.views.by_mail.opening import Answer, closed
from webapp.views.by_mail.stays import overview
from webapp.views.by_mail.telling import card

WITHIN = timedelta(hours=1)
ASKED = Pace(5, WITHIN)


@blueprint.get("/")
def home() -> str:
    """Show who applied, those who wait first; or what there is to do about the stay."""
    if g.link.placement_id is not None:
        return overview(g.link.placement)
    assignment = g.link.assignment
    people = shortlists.applicants(Session(), g.account, assignment, clock.today())
    return render_template(
        "by_mail/applicants.html",
        assignment=assignment,
        waiting=[card(one) for one in people if one.waits],
        answered=[card(one) for one in people if not one.waits],
        can_answer=assignment.state in shortlists.ANSWERABLE,
    )


@blueprint.post("/again")
def again() -> Answer:
    """Send a new link: only ever to the address that the office knows."""
    address = visitor_address()
    if address is not None and ASKED.is_over(address):
        raise TooManyRequests(retry_after=int(WITHIN.total_seconds()))
    try:
        asking.ask_again(Session(), g.link)
    except Refused as refused:
        return closed(translate(refused.words), is_asked=True)
    return closed(_("A new link is on its way. It can take a few minutes."), is_asked=True)
