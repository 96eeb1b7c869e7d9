"""Before every page: whether the link works, as whom one acts behind it, and that nothing else is opened by it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import g, render_template, request
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.guesses import visitor_address
from webapp.i18n import translate
from webapp.models import HostLink
from webapp.pace import Pace
from webapp.services import suspensions
from webapp.services.by_mail import asking, links
from webapp.services.errors import NotFound, Refused
from webapp.views.by_mail import blueprint

WITHIN = timedelta(minutes=10)
WRONG = Pace(20, WITHIN)  # tokens of one address that lead nowhere
Answer = str | Response | tuple[str, int]


@blueprint.url_value_preprocessor
def _take_token(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.token = (values or {}).pop("token", "")


@blueprint.url_defaults
def _give_token(_endpoint: str, values: dict[str, Any]) -> None:
    values.setdefault("token", g.get("token", ""))


@blueprint.before_request
def _open() -> Answer | None:
    """Let the request act as the host of the link, whoever is signed in; or say kindly why it does not open."""
    g.account = None
    g.link = _found(g.token)
    if request.endpoint == f"{blueprint.name}.again":
        return None
    try:
        links.check_works(Session(), g.link)
    except Refused as refused:
        return closed(translate(refused.words))
    g.account = links.host_by(g.link)
    if (request.view_args or {}).get("placement_id", g.link.placement_id) != g.link.placement_id:
        raise NotFound
    return None


@blueprint.context_processor
def _for_templates() -> dict[str, object]:
    """Give the frame no account and no menu: nobody is signed in here; where the page opened, what is suspended."""
    found = {"account": None, "menu": [], "link": g.get("link"), "suspended_at": None}
    if g.get("account") is not None:
        found["suspended_at"] = g.link.host.suspended_at
        found["suspension_words"] = suspensions.words_to(Session(), g.link.host)
    return found


def closed(words: str, is_asked: bool = False) -> Answer:
    """Return the page of a link that does not work any more, with the way to a new one where there can be one."""
    can_ask = not is_asked and asking.answers_by_mail(Session(), g.link.host)
    page = render_template(
        "by_mail/closed.html",
        words=words,
        can_ask=can_ask,
        is_asked=is_asked,
        address=links.masked(g.link.host.contact_email or ""),
        vio=g.link.host.vio,
    )
    return (page, 200) if is_asked else (page, 410)


def _found(token: str) -> HostLink:
    try:
        return links.find(Session(), token)
    except NotFound:
        address = visitor_address()
        if address is not None and WRONG.is_over(address):
            raise TooManyRequests(retry_after=int(WITHIN.total_seconds())) from None
        raise
