"""Calls for help of which volunteers let the host know (all others do not exist here), and the poster."""

from __future__ import annotations

from flask import g, render_template

from webapp.db import Session
from webapp.safety_words import HELP_STATES, SEVERITIES
from webapp.services.safeguarding import duty
from webapp.services.safeguarding import help_calls as calls
from webapp.views.host import blueprint


@blueprint.get("/help-calls")
def help_calls() -> str:
    """List them: who, how urgent, and where it stands."""
    found = calls.calls_for(Session(), g.account)
    rows = [(one, SEVERITIES[one.severity], HELP_STATES[one.state]) for one in found]
    return render_template("host/help_calls.html", rows=rows, kept=duty.of_vio(Session(), g.account.vio_id))
