"""The page behind the link to somebody of a community: how a placement was, without an account, once."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.i18n import translate
from webapp.models import CommunityAsk
from webapp.services import community_voices
from webapp.services.errors import Refused
from webapp.views.debrief_form import DebriefForm, debrief_form
from webapp.views.public import blueprint
from webapp.views.public.closed_link import closed_link

Answer = str | Response | tuple[str, int]


@blueprint.route("/community/<token>", methods=["GET", "POST"])
def community(token: str) -> Answer:
    """Say who asks and why, ask, and keep the answers."""
    try:
        found = community_voices.find(Session(), token)
    except Refused as refused:
        return closed_link(_("There is nothing to answer here any more"), refused)
    form = debrief_form(community_voices.SIDE)
    if not form.validate_on_submit():
        return _page(found, form)
    try:
        community_voices.answer(Session(), found, form.said())
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _page(found, form)
    return redirect(url_for("public.community_heard"))


@blueprint.get("/community-heard")
def community_heard() -> str:
    """Thank the person."""
    return render_template("public/community_heard.html")


def _page(found: CommunityAsk, form: DebriefForm) -> Answer:
    page = render_template(
        "public/community.html", form=form, placement=found.placement, vio=found.placement.receiving_vio, asked=found
    )
    return page, 422 if form.is_submitted() else 200
