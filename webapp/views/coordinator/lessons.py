"""Lessons for coordinators: what waits to be read, deciding on it, and the library."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.db import Session
from webapp.services import lesson_reviews as service
from webapp.views.coordinator import blueprint
from webapp.views.lessons import add_library

add_library(blueprint)


class DeclineForm(FlaskForm):
    """Why a lesson is not shown."""

    words = TextAreaField(
        _l("Your words to its author"),
        [InputRequired(_l("Write a sentence to its author: why it is not shown.")), Length(max=3000)],
        render_kw={"rows": 3, "dir": "auto"},
    )


@blueprint.get("/lessons/review")
def lessons_to_review() -> str:
    """Show what waits, and what is shown already."""
    return _page()


@blueprint.post("/lessons/<int:lesson_id>/publish")
def publish_lesson(lesson_id: int) -> Response:
    """Show it in the library."""
    service.publish(Session(), g.account, service.lesson_of(Session(), g.account, lesson_id))
    flash(_("It stands in the library now."), "success")
    return redirect(url_for("coordinator.lessons_to_review"))


@blueprint.post("/lessons/<int:lesson_id>/decline")
def decline_lesson(lesson_id: int) -> Any:
    """Show it not, or no longer."""
    found, form = service.lesson_of(Session(), g.account, lesson_id), DeclineForm()
    if not form.validate():
        return _page(form, lesson_id), 422
    service.decline(Session(), g.account, found, form.words.data or "")
    flash(_("It is not shown. Its author has your words."), "success")
    return redirect(url_for("coordinator.lessons_to_review"))


def _page(sent: DeclineForm | None = None, lesson_id: int | None = None) -> str:
    waiting, shown = service.to_review(Session(), g.account)

    def with_forms(found: list[Any]) -> list[tuple[Any, DeclineForm]]:
        return [(one, sent if sent and one.id == lesson_id else _form(one.id)) for one in found]

    groups = [("waiting", with_forms(waiting)), ("shown", with_forms(shown))]
    return render_template("coordinator/lessons.html", groups=groups, lesson_id=lesson_id)


def _form(lesson_id: int) -> DeclineForm:
    form = DeclineForm(formdata=None)
    form.words.id = f"words-{lesson_id}"  # many on one page
    return form
