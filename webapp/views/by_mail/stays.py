"""A stay behind a host's link: the agreement to sign, the five questions, and how it was."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp import clock
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import Placement
from webapp.services import check_ins, debriefs, messages, signings
from webapp.services.errors import NotFound, Refused
from webapp.services.stay_sides import HOST
from webapp.views.by_mail import blueprint
from webapp.views.by_mail.opening import Answer
from webapp.views.debrief_form import DebriefForm, debrief_form
from webapp.views.together import agreement
from webapp.views.together.check_ins import answer_check_in, keep_check_in
from webapp.views.together.placement import opened

_CHECK_IN = "/placements/<int:placement_id>/check-ins/<int:check_in_id>"
for _rule, _method, _view in (
    *agreement.PAGES,
    (_CHECK_IN, "GET", answer_check_in),
    (_CHECK_IN, "POST", keep_check_in),
):
    blueprint.add_url_rule(_rule, view_func=_view, methods=[_method])


def overview(placement: Placement) -> str:
    """Return the first page of a link about a stay: what waits, and what is done."""
    found, today = opened(placement.id), clock.today()
    now = signings.standing(Session(), found)
    waiting = [one for one in check_ins.check_ins_of(Session(), found) if check_ins.waits_for(one, HOST, today)]
    return render_template(
        "by_mail/stay.html",
        placement=found,
        signs=found.is_running and now.waits_for(HOST),
        is_signed=now.in_force is not None,
        check_ins=waiting,
        unread=messages.count_unread(Session(), g.account, found),
        debrief=debriefs.standing(Session(), g.account, found),
    )


@blueprint.get("/placements/<int:placement_id>")
def placement(placement_id: int) -> Response:
    """Go to the first page: it is about this stay."""
    return _home(placement_id)


@blueprint.get("/placements/<int:placement_id>/check-ins")
def placement_check_ins(placement_id: int) -> Response:
    """Go to the first page, which lists the questions that wait."""
    return _home(placement_id)


@blueprint.route("/placements/<int:placement_id>/debrief", methods=["GET", "POST"])
def debrief(placement_id: int) -> Answer:
    """Ask how it was, once."""
    found, form = opened(placement_id), debrief_form(HOST)
    if debriefs.standing(Session(), g.account, found) != "say":
        return _home(placement_id)
    if not form.validate_on_submit():
        return _questions(found, form)
    said = form.said()
    try:
        debriefs.give(Session(), g.account, found, said.overall, said.as_expected, said.words, said.says)
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _questions(found, form)
    flash(_("Thank you. What you said is kept."), "success")
    return _home(placement_id)


def _questions(found: Placement, form: DebriefForm) -> Answer:
    page = render_template("by_mail/debrief.html", placement=found, form=form, read_days=debriefs.READ_DAYS)
    return page, 422 if form.is_submitted() else 200


def _home(placement_id: int) -> Response:
    if placement_id != g.link.placement_id:
        raise NotFound
    return redirect(url_for(".home"))
