"""Lessons on pages: the library, the same for every role that reads it, and writing for those who were there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional

from webapp import list_pages, vocabulary
from webapp.db import Session
from webapp.forms import stripped
from webapp.i18n import translate
from webapp.models import Lesson, Placement
from webapp.services import lessons as service
from webapp.services import placement_sight
from webapp.services.errors import Refused

SHOWN_AS = (
    ("anonymous", _l("without a name")),
    ("first_name", _l("with the name that I write below")),
    ("name", _l("with my full name, or that of my organization")),
)


class AgreeForm(FlaskForm):
    """The consent to show a lesson, and under which name."""

    shown_as = RadioField(_l("How may it be shown?"), default="anonymous", choices=SHOWN_AS)
    name = StringField(_l("Name to show"), [Optional(), Length(max=200)], filters=[stripped], render_kw={"dir": "auto"})


class LessonForm(AgreeForm):
    """A lesson, and whether it may be shown."""

    text = TextAreaField(
        _l("What would you tell the next one?"),
        [Length(max=service.LONGEST)],
        description=_l("One thing that you wish you had known. Name nobody else."),
        render_kw={"rows": 5, "dir": "auto"},
    )
    agrees = BooleanField(_l("I agree to this"))


class SearchForm(FlaskForm):
    """What the library is narrowed to; it stays in the address."""

    class Meta:
        """Nothing is changed by it."""

        csrf = False

    country = SelectField(_l("Country"), [Optional()])
    sector = SelectField(_l("Sector"), [Optional()])
    skill = SelectField(_l("Skill"), [Optional()])
    words = StringField(_l("Words in it"), [Optional(), Length(max=200)], render_kw={"dir": "auto"})


def add_library(blueprint: Blueprint) -> None:
    """Give a role the library."""
    blueprint.get("/lessons/")(lessons)


def add_writing(blueprint: Blueprint) -> None:
    """Give a role the pages on which it writes lessons and takes them back."""
    blueprint.route("/placements/<int:placement_id>/lessons", methods=["GET", "POST"])(own_lessons)
    blueprint.post("/lessons/<int:lesson_id>/agree")(agree_lesson)
    blueprint.post("/lessons/<int:lesson_id>/withdraw")(withdraw_lesson)


def lessons() -> Any:
    """Show what others would tell, narrowed as the address says."""
    form = SearchForm(request.args)
    _offer(form)
    if not form.validate():
        return render_template("lessons/library.html", form=form, cards=[], total=0, is_filtered=True), 422
    asked: dict[str, Any] = {name: getattr(form, name).data or "" for name in ("country", "sector", "skill", "words")}
    found, total = service.find(Session(), service.Search(**asked), list_pages.asked())
    return render_template(
        "lessons/library.html",
        form=form,
        cards=[_card(one) for one in found.rows],
        total=total,
        is_filtered=any(asked.values()),
        **list_pages.beside(found),
    )


def own_lessons(placement_id: int) -> Any:
    """Write a lesson; see those that are written, and who may read them."""
    found, form = placement_sight.placement_for(Session(), g.account, placement_id), LessonForm()
    if not form.is_submitted():
        return _own_page(found, form)
    if not form.validate():
        return _own_page(found, form), 422
    try:
        with Session().begin_nested():  # a lesson whose consent is refused is not half kept
            made = service.add(Session(), g.account, found, form.text.data or "")
            if form.agrees.data:
                service.agree(Session(), g.account, made, form.shown_as.data, form.name.data or "")
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return _own_page(found, form), 422
    flash(_("Thank you. A coordinator reads it next.") if form.agrees.data else _("Kept for yourself."), "success")
    return redirect(url_for(".own_lessons", placement_id=placement_id))


def agree_lesson(lesson_id: int) -> Response:
    """Give the consent to show a lesson, without a name."""
    found = service.own_lesson(Session(), g.account, lesson_id)
    service.agree(Session(), g.account, found, "anonymous")
    flash(_("Thank you. A coordinator reads it next."), "success")
    return redirect(url_for(".own_lessons", placement_id=found.placement_id))


def withdraw_lesson(lesson_id: int) -> Response:
    """Take the consent back, at once."""
    found = service.own_lesson(Session(), g.account, lesson_id)
    service.withdraw(Session(), g.account, found)
    flash(_("Taken back. From now on nobody else reads it."), "success")
    return redirect(url_for(".own_lessons", placement_id=found.placement_id))


def _own_page(found: Placement, form: LessonForm) -> str:
    mine = [one for one in service.own(Session(), g.account) if one.placement_id == found.id]
    return render_template(
        "lessons/own.html", placement=found, form=form, mine=mine, wording=service.WORDING, version=service.VERSION
    )


def _card(one: Lesson) -> dict[str, Any]:
    """Return what the library prints; of who wrote it, only what they agreed to."""
    work, language = one.placement.assignment, str(get_locale())
    return {
        "text": one.text,
        "name": one.shown_name,
        "side": one.side,
        "country": vocabulary.country_name(work.country, language),
        "sector": vocabulary.sector_label(work.sector, language),
        "skills": [vocabulary.skill_label(asked.skill, language) for asked in work.skills],
    }


def _offer(form: SearchForm) -> None:
    """Offer only what lessons are about, by name."""
    countries, sectors, skills = service.offered(Session())
    language = str(get_locale())
    for field, pairs in (
        (form.country, [(code, vocabulary.country_name(code, language)) for code in countries]),
        (form.sector, [(code, vocabulary.sector_label(code, language)) for code in sectors]),
        (form.skill, [(code, vocabulary.skill_label(code, language)) for code in skills]),
    ):
        chosen = sorted(pairs, key=lambda pair: pair[1])
        field.choices = [SelectChoice("", _("any")), *(SelectChoice(code, words) for code, words in chosen)]
