"""Messages of a placement: read, which takes the mark of what is new away, and written."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, url_for

from webapp import clock
from webapp.db import Session
from webapp.forms import say
from webapp.models import Placement
from webapp.services import messages as service
from webapp.services.errors import Refused
from webapp.views.together.forms import MessageForm
from webapp.views.together.placement import Page, common, opened


def placement_messages(placement_id: int) -> str:
    """Show the messages, and mark them as read."""
    found = opened(placement_id)
    return _page(found, MessageForm(formdata=None))


def write_message(placement_id: int) -> Any:
    """Send a message to all others of the placement."""
    found, form = opened(placement_id), MessageForm()
    if not send(found, form):
        return _page(found, form), 422
    return redirect(url_for(".placement_messages", placement_id=placement_id, _anchor="write"))


def send(found: Placement, form: MessageForm) -> bool:
    """Send what the form says to all others of the placement; False where it cannot go, and the form says why."""
    if not form.validate():
        return False
    try:
        service.write(Session(), g.account, found, form.text.data)
    except Refused as refused:
        say(form.text, refused.words)
        return False
    return True


def _page(found: Placement, form: MessageForm) -> str:
    sent = service.thread(Session(), found)
    return render_template(
        "together/messages.html",
        messages=sent,
        read_id=service.mark_read(Session(), g.account, found),
        is_closed=service.is_closed(found, clock.today()),
        closes_on=service.closes_on(found),
        form=form,
        **common(found),
    )


PAGES: tuple[Page, ...] = (
    ("/placements/<int:placement_id>/messages", "GET", placement_messages),
    ("/placements/<int:placement_id>/messages", "POST", write_message),
)
