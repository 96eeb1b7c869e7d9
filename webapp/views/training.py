"""The pages of a training, the same for every role that has a course: a module, its quiz, and a sheet to print.

A role's own package shows the list of modules, from `overview`, and takes the rest with `add_modules`.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.courses import Course
from webapp.db import Session
from webapp.services import training as service


def add_modules(blueprint: Blueprint) -> None:
    """Give a role the pages of the modules; its list of modules is its own endpoint `training`."""
    blueprint.get("/training/<module>/<int:number>")(training_page)
    blueprint.route("/training/<module>/quiz", methods=["GET", "POST"])(training_quiz)
    blueprint.get("/training/<module>/sheet")(training_sheet)


def overview() -> dict[str, Any]:
    """Return what the list of modules prints: the course, what is passed, and the certificate."""
    course = _course()
    return {
        "course": course,
        "standings": service.standings(Session(), g.account, course),
        "certificate": service.certificate_of(Session(), g.account, course.code),
    }


def training_page(module: str, number: int) -> str:
    """Show one page, or one case, of a module."""
    standing = service.standing(Session(), g.account, _course(), module)
    if not 1 <= number <= len(standing.module.pages):
        abort(404)
    return render_template("training/page.html", module=standing.module, number=number)


def training_quiz(module: str) -> str | Response:
    """Ask the questions; keep what was chosen, and say of each why it is right or not."""
    course = _course()
    if request.method == "GET":
        standing = service.standing(Session(), g.account, course, module)
        return render_template("training/quiz.html", standing=standing, module=standing.module)
    standing = service.answer(Session(), g.account, course, module, request.form)
    if standing.is_passed:
        flash(_("All answers are right: this module is passed."), "success")
    else:
        flash(_("Your answers are kept. Read the reasons, and choose again where it is not right yet."), "info")
    return redirect(url_for(".training_quiz", module=module))


def training_sheet(module: str) -> str:
    """Print a module whole, with its questions."""
    standing = service.standing(Session(), g.account, _course(), module)
    return render_template("training/sheet.html", module=standing.module)


def _course() -> Course:
    return service.own_course(g.account, str(get_locale()))
