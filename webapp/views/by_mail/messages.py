"""The messages of a stay behind a host's link: read, newest page first, and written."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for

from webapp import clock
from webapp.db import Session
from webapp.models import Placement
from webapp.services import messages as service
from webapp.views.by_mail import blueprint
from webapp.views.by_mail.opening import Answer
from webapp.views.together.forms import MessageForm
from webapp.views.together.messages import send
from webapp.views.together.placement import opened


@blueprint.get("/placements/<int:placement_id>/messages")
def messages(placement_id: int) -> str:
    """Show the messages; looking takes the mark of what is new away, and does nothing else."""
    return _page(opened(placement_id), MessageForm(formdata=None))


@blueprint.post("/placements/<int:placement_id>/messages")
def write_message(placement_id: int) -> Answer:
    """Send a message to all others of the placement."""
    found, form = opened(placement_id), MessageForm()
    if not send(found, form):
        return _page(found, form), 422
    return redirect(url_for(".messages", placement_id=placement_id, _anchor="write"))


def _page(found: Placement, form: MessageForm) -> str:
    shown, older = service.part_of(Session(), found, request.args.get("before", type=int))
    return render_template(
        "by_mail/messages.html",
        placement=found,
        messages=shown,
        older=older,
        read_id=service.mark_read(Session(), g.account, found),
        is_closed=service.is_closed(found, clock.today()),
        closes_on=service.closes_on(found),
        form=form,
    )
