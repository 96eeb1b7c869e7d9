"""What all sides said of a placement; asking the community by a link, or writing down a talk."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, StringField
from wtforms.validators import DataRequired, Email, Length

from webapp.db import Session
from webapp.debrief_words import follow_up_lines, told_by
from webapp.forms import stripped
from webapp.i18n import translate
from webapp.models import Placement
from webapp.services import community_voices, follow_ups, placement_sight
from webapp.services import debriefs as service
from webapp.services.errors import Refused
from webapp.services.visibility import sight_of
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.telling import name_of
from webapp.views.debrief_form import DebriefForm, debrief_form


class ContactForm(FlaskForm):
    """Somebody of the community, to whom the link goes."""

    name = StringField(_l("Name"), [DataRequired(_l("Write the name.")), Length(max=200)], filters=[stripped])
    email = EmailField(
        _l("E-mail"), [DataRequired(_l("Write the e-mail address.")), Email(_l("Check the address.")), Length(max=255)]
    )


@blueprint.get("/placements/<int:placement_id>/debrief")
def debrief(placement_id: int) -> str:
    """Show what was said, and what can still be asked."""
    return _page(_placement(placement_id))


@blueprint.post("/placements/<int:placement_id>/debrief/talk")
def write_down_talk(placement_id: int) -> Any:
    """Keep what the community said in a talk."""
    found, form = _decided(placement_id), debrief_form("community")
    if not form.validate():
        return _page(found, talk=form), 422
    said = form.said()
    try:
        service.give(Session(), g.account, found, said.overall, said.as_expected, said.words, said.says)
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _page(found, talk=form), 422
    flash(_("Kept. Everybody who reads it sees that it comes from a talk."), "success")
    return redirect(url_for("coordinator.debrief", placement_id=placement_id))


@blueprint.post("/placements/<int:placement_id>/debrief/ask")
def ask_community(placement_id: int) -> Any:
    """Send somebody of the community the link."""
    found, form = _decided(placement_id), ContactForm()
    if not form.validate():
        return _page(found, contact=form), 422
    try:
        community_voices.ask(Session(), g.account, found, form.name.data or "", form.email.data or "", _link_to)
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _page(found, contact=form), 422
    flash(_("The letter is on its way."), "success")
    return redirect(url_for("coordinator.debrief", placement_id=placement_id))


def _placement(placement_id: int) -> Placement:
    return placement_sight.placement_for(Session(), g.account, placement_id)


def _decided(placement_id: int) -> Placement:
    found = _placement(placement_id)
    placement_sight.check_decides(g.account, found.assignment)
    return found


def _link_to(token: str) -> str:
    return url_for("public.community", token=token, _external=True)


def _page(found: Placement, talk: DebriefForm | None = None, contact: ContactForm | None = None) -> str:
    said = service.seen(Session(), g.account, found)
    is_heard = any(one.side == "community" for one in said)
    can_ask = placement_sight.decides(g.account, found) and service.is_open(found) and not is_heard
    sight = sight_of(Session(), g.account, found.volunteer, found.assignment)
    return render_template(
        "coordinator/debrief.html",
        placement=found,
        name=name_of(sight, found.volunteer, found.assignment),
        told=told_by(Session(), found, said, str(get_locale())),
        is_open=service.is_open(found),
        can_ask=can_ask,
        asked=community_voices.asked(Session(), g.account, found),
        followed=[(one, follow_up_lines(one)) for one in follow_ups.answered(Session(), g.account, found)],
        talk=talk or debrief_form("community"),
        contact=contact or ContactForm(formdata=None),
        sent="talk" if talk else "contact" if contact else "",
    )
