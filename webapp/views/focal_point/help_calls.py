"""Calls for help that a focal point was asked to take up."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session, own_session
from webapp.safety_forms import WordsForm
from webapp.safety_words import HELP_STATES, SEVERITIES
from webapp.services.safeguarding import call_readers, escalation, help_calls, incidents, looks, unread
from webapp.views.focal_point import blueprint


@blueprint.get("/calls")
def calls() -> str:
    """List the calls that this focal point was asked to take up."""
    found = help_calls.calls_for(Session(), g.account)
    rows = [(one, SEVERITIES[one.severity], HELP_STATES[one.state]) for one in found]
    return render_template("focal_point/calls.html", rows=rows, changed=unread.changed_calls(Session(), g.account))


@blueprint.route("/calls/<int:call_id>", methods=["GET", "POST"])
def call(call_id: int) -> Any:
    """Show a call with all that is needed to reach the person, and write to them."""
    kept, form = help_calls.call_for(Session(), g.account, call_id), WordsForm()
    if form.validate_on_submit():
        help_calls.write(Session(), g.account, call_id, form.text.data or "")
        flash(_("Sent."), "success")
        return redirect(url_for("focal_point.call", call_id=call_id))
    if request.method == "GET":
        looks.note(own_session, g.account, kept)
    names = {word.author_id: word.author.display_name or "" for word in kept.words if word.author}
    page = render_template(
        "focal_point/call.html",
        call=kept,
        form=form,
        severity=SEVERITIES[kept.severity],
        state=HELP_STATES[kept.state],
        names=names | {kept.volunteer.user_id: kept.volunteer.called, g.account.id: _("You")},
        goes_on=escalation.next_step(Session(), kept) is not None,
        incident=incidents.of_subject(Session(), g.account, kept),
        others=call_readers.others(Session(), g.account, kept),
        looks=looks.looks_at(Session(), kept),
    )
    return (page, 422) if form.is_submitted() else page


@blueprint.post("/calls/<int:call_id>/take")
def take_call(call_id: int) -> Response:
    """Take a call up."""
    help_calls.take(Session(), g.account, help_calls.call_for(Session(), g.account, call_id))
    flash(_("It is yours. The volunteer was told your name: get in touch now."), "success")
    return redirect(url_for("focal_point.call", call_id=call_id))


@blueprint.post("/calls/<int:call_id>/close")
def close_call(call_id: int) -> Response:
    """Say that it is done."""
    help_calls.close(Session(), g.account, help_calls.call_for(Session(), g.account, call_id))
    flash(_("The call is closed."), "success")
    return redirect(url_for("focal_point.calls"))


@blueprint.post("/calls/<int:call_id>/hand-over")
def hand_over_call(call_id: int) -> Response:
    """Ask another focal point to take it up."""
    kept = help_calls.call_for(Session(), g.account, call_id)
    call_readers.hand_over(Session(), g.account, kept, request.form.get("user_id", 0, type=int))
    flash(_("Handed over. You do not see it any more."), "success")
    return redirect(url_for("focal_point.calls"))
