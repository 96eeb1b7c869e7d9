"""The page on which a volunteer or a host says how a placement was, and later reads what the others said."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from webapp.db import Session
from webapp.debrief_words import expected, told_by
from webapp.i18n import translate
from webapp.models import Placement
from webapp.services import debriefs as service
from webapp.services import placement_sight
from webapp.services.errors import Refused
from webapp.views.debrief_form import DebriefForm, debrief_form


def add_debrief(blueprint: Blueprint) -> None:
    """Give a role the page."""
    blueprint.route("/placements/<int:placement_id>/debrief", methods=["GET", "POST"])(debrief)


def debrief(placement_id: int) -> Any:
    """Ask, keep what is said, and show what may be read."""
    found = placement_sight.placement_for(Session(), g.account, placement_id)
    form = debrief_form(service.voice_of(g.account, found))
    if not form.is_submitted():
        return _page(found, form)
    if not form.validate():
        return _page(found, form), 422
    said = form.said()
    try:
        service.give(Session(), g.account, found, said.overall, said.as_expected, said.words, said.says)
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _page(found, form), 422
    flash(_("Thank you. What you said is kept."), "success")
    return redirect(url_for(".debrief", placement_id=placement_id))


def _page(found: Placement, form: DebriefForm) -> str:
    side, language = service.voice_of(g.account, found), str(get_locale())
    readable = service.seen(Session(), g.account, found)
    is_given = service.given(Session(), g.account, found) is not None
    return render_template(
        "debriefs/side.html",
        placement=found,
        form=form,
        asks=service.is_open(found) and not is_given,
        is_given=is_given,
        opens_on=found.ends_on,
        expected=expected(Session(), found, side, language),
        told=told_by(Session(), found, readable, language),
        waits=is_given and not {"volunteer", "host"} <= {one.side for one in readable},
        read_days=service.READ_DAYS,
    )
