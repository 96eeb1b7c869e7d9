"""Check-ins: the list with what each reader may see, the five questions, and a coordinator's word on what differs."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp import clock
from webapp.check_in_words import DRIFTS, MARKS, SHORT
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import CheckIn, CheckInAnswer, Placement
from webapp.services import check_ins as service
from webapp.services import drift
from webapp.services.errors import Refused
from webapp.services.placement_sight import check_decides, decides
from webapp.services.stay_sides import HOST, OFFICE, VOLUNTEER, side_of
from webapp.views.together.forms import CheckInForm, SettleForm
from webapp.views.together.placement import Page, common, opened


def placement_check_ins(placement_id: int) -> str:
    """Show what was answered: to a side its own answers, to the offices both."""
    return _list(opened(placement_id))


def answer_check_in(placement_id: int, check_in_id: int) -> Any:
    """Ask the five questions on a page that is small enough for a bad line."""
    found = opened(placement_id)
    one, side = service.check_in(Session(), found, check_in_id), side_of(g.account, found)
    if not service.waits_for(one, side, clock.today()):
        return redirect(url_for(".placement_check_ins", placement_id=placement_id))
    return _questions(found, one, CheckInForm(side, formdata=None))


def keep_check_in(placement_id: int, check_in_id: int) -> Any:
    """Keep the answers."""
    found = opened(placement_id)
    one = service.check_in(Session(), found, check_in_id)
    form = CheckInForm(side_of(g.account, found))
    if not form.validate():
        return _questions(found, one, form), 422
    try:
        service.answer(Session(), g.account, one, form.given())
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _questions(found, one, form), 422
    flash(_("Thank you. Your answers are kept."), "success")
    return redirect(url_for(".placement_check_ins", placement_id=placement_id))


def settle_check_in(placement_id: int, check_in_id: int) -> Any:
    """Say what was done about that which differs."""
    found = opened(placement_id)
    check_decides(g.account, found.assignment)
    one, form = service.check_in(Session(), found, check_in_id), SettleForm()
    if not form.validate():
        return _list(found, one, form), 422
    try:
        service.settle(Session(), g.account, one, form.words.data)
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _list(found, one, form), 422
    flash(_("Your words are kept. The flag is taken down."), "success")
    return redirect(url_for(".placement_check_ins", placement_id=placement_id))


def _questions(found: Placement, one: CheckIn, form: CheckInForm) -> str:
    return render_template(
        "together/check_in.html",
        one=one,
        form=form,
        agreed=drift.agreed_hours(Session(), found),
        **common(found),
    )


def _list(found: Placement, settled: CheckIn | None = None, form: SettleForm | None = None) -> str:
    side, today = side_of(g.account, found), clock.today()
    kept = service.check_ins_of(Session(), found)
    past = [one for one in reversed(kept) if one.answers or one.due_on <= today]
    return render_template(
        "together/check_ins.html",
        waiting=[one for one in kept if service.waits_for(one, side, today)],
        past=[_told(one, side) for one in past],
        coming=[one for one in kept if one.due_on > today and found.is_running],
        is_late=lambda one: service.is_late(one, today),
        can_settle=decides(g.account, found),
        settled=settled,
        form=form or SettleForm(formdata=None),
        marks={mark: translate(words) for mark, words in MARKS.items()},
        questions={name: translate(words) for name, words in SHORT.items()},
        **common(found),
    )


def _told(one: CheckIn, side: str) -> dict[str, Any]:
    """Return a check-in with what this side may read of it."""
    is_office = side == OFFICE
    answers = [said for said in one.answers if is_office or said.side == side]
    return {
        "check_in": one,
        "answers": answers,
        "missing": [other for other in (VOLUNTEER, HOST) if is_office and one.answer_of(other) is None],
        "shared": [said.change for said in one.answers if _is_shared(said, side)],
        "drifts": [translate(DRIFTS[code]) for code in drift.of_check_in(Session(), one)] if is_office else [],
    }


def _is_shared(said: CheckInAnswer, side: str) -> bool:
    """Whether the other side reads this one thing to change."""
    return side != OFFICE and said.side != side and said.shares_change and bool(said.change)


_ONE = "/placements/<int:placement_id>/check-ins/<int:check_in_id>"
PAGES: tuple[Page, ...] = (
    ("/placements/<int:placement_id>/check-ins", "GET", placement_check_ins),
    (_ONE, "GET", answer_check_in),
    (_ONE, "POST", keep_check_in),
    (f"{_ONE}/settle", "POST", settle_check_in),
)
