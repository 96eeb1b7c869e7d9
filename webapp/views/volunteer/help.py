"""I need help: whom to telephone first, then a call that somebody owns, with a clock where somebody is on duty."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.models import HelpCall
from webapp.safety_forms import WordsForm
from webapp.safety_words import HELP_STATES, SEVERITIES
from webapp.services import own_rows
from webapp.services.safeguarding import duty, escalation, help_calls, people
from webapp.services.safeguarding.help_calls import Cry
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms.help import HelpForm, ShareForm


@blueprint.route("/help/", methods=["GET", "POST"])
def help_page() -> Any:
    """Show whom to telephone, who is on duty and how fast they answer, and take a call."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    placement = help_calls.running_placement(Session(), volunteer)
    form = HelpForm(phone=volunteer.phone, has_host=placement is not None)
    if form.validate_on_submit():
        made = help_calls.call(Session(), g.account, _cry(form))
        flash(_("Your call is sent."), "success")
        return redirect(url_for("volunteer.help_call", call_id=made.id))
    kept = duty.of_vio(Session(), volunteer.vio_id)
    page = render_template(
        "volunteer/help.html",
        form=form,
        vio=volunteer.vio,
        kept=kept,
        on_duty=duty.on_duty(kept),
        goes_on=duty.goes_on(kept),
        is_read=bool(people.focal_points(Session(), volunteer.vio_id)),
        clocks=[(SEVERITIES[code], kept.minutes_for(code)) for code in SEVERITIES] if kept else [],
        calls=[(one, SEVERITIES[one.severity], HELP_STATES[one.state]) for one in _own()],
    )
    return (page, 422) if form.is_submitted() else page


def _own() -> list[HelpCall]:
    return help_calls.calls_for(Session(), g.account)


def _cry(form: HelpForm) -> Cry:
    return Cry(
        severity=form.severity.data,
        text=form.text.data or "",
        phone=form.phone.data or "",
        coordinator_may_see=form.coordinator_may_see.data,
        host_may_see=bool(form.host_may_see and form.host_may_see.data),
    )


@blueprint.route("/help/<int:call_id>", methods=["GET", "POST"])
def help_call(call_id: int) -> Any:
    """Show who has the call, until when, and what was written; and write."""
    kept, form = help_calls.call_for(Session(), g.account, call_id), WordsForm()
    if form.validate_on_submit():
        help_calls.write(Session(), g.account, call_id, form.text.data or "")
        flash(_("Sent."), "success")
        return redirect(url_for("volunteer.help_call", call_id=call_id))
    page = render_template(
        "volunteer/help_call.html",
        call=kept,
        form=form,
        shares=ShareForm(
            formdata=None,
            has_host=kept.placement_id is not None,
            coordinator_may_see=kept.coordinator_may_see,
            host_may_see=kept.host_may_see,
        ),
        severity=SEVERITIES[kept.severity],
        state=HELP_STATES[kept.state],
        kept=duty.of_vio(Session(), kept.vio_id),
        goes_on=escalation.next_step(Session(), kept) is not None,
        names={word.author_id: word.author.display_name or "" for word in kept.words if word.author}
        | {g.account.id: _("You")},
    )
    return (page, 422) if form.is_submitted() else page


@blueprint.post("/help/<int:call_id>/share")
def share_help_call(call_id: int) -> Response:
    """Let coordinator or host know, or no longer."""
    kept = help_calls.call_for(Session(), g.account, call_id)
    form = ShareForm(has_host=kept.placement_id is not None)
    host = bool(form.host_may_see and form.host_may_see.data)
    help_calls.share(Session(), g.account, kept, form.coordinator_may_see.data, host)
    flash(_("Kept. Nobody else sees it."), "success")
    return redirect(url_for("volunteer.help_call", call_id=call_id))


@blueprint.post("/help/<int:call_id>/close")
def close_help_call(call_id: int) -> Response:
    """End the call."""
    help_calls.close(Session(), g.account, help_calls.call_for(Session(), g.account, call_id))
    flash(_("The call is closed. Call again whenever you need to."), "success")
    return redirect(url_for("volunteer.help_page"))
