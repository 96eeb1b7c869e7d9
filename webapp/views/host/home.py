"""The first page of the host: what to do next."""

from __future__ import annotations

from flask import g, render_template

from webapp import clock
from webapp.db import Session
from webapp.services import assignment_lists, assignments, hosts, shortlists, suspensions, training
from webapp.services.safeguarding import help_calls
from webapp.views.host import blueprint
from webapp.views.menu import waiting

SHOWN = 20  # assignments of each kind; the others are in the list of all


@blueprint.get("/")
def home() -> str:
    """Show what to do next: verification, drafts, applicants who wait."""
    session, today, waits = Session(), clock.today(), waiting()
    host = hosts.own_host(g.account)
    return render_template(
        "host/home.html",
        host=host,
        suspension_words=suspensions.words_to(session, host),
        standing=hosts.standing(host, today),
        to_finish=assignment_lists.newest(session, g.account, assignments.EDITABLE_STATES, SHOWN),
        running=assignment_lists.newest(session, g.account, ("open", "submitted", "filled"), SHOWN),
        number=assignment_lists.count(session, g.account),
        training=training.asked_of(session, host),
        waiting=shortlists.waiting(session, g.account, today) if waits["applicants"] else [],
        stay_waits=waits["placements"],
        calls=help_calls.count_shared(session, g.account),
        number_waiting=waits["applicants"],
    )
