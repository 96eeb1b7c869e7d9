"""The training for hosts: the modules, their pages, the quiz, and a sheet to print."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.courses import Course
from webapp.db import Session
from webapp.services import training as service
from webapp.views.host import blueprint
from webapp.views.host.telling import language


def _course() -> Course:
    return service.own_course(g.account, language())


@blueprint.get("/training")
def training() -> str:
    """List the modules, what is passed, and the certificate."""
    course = _course()
    return render_template(
        "host/training.html",
        course=course,
        standings=service.standings(Session(), g.account, course),
        certificate=service.certificate_of(Session(), g.account, course.code),
    )


@blueprint.get("/training/<module>/<int:number>")
def training_page(module: str, number: int) -> str:
    """Show one page, or one case, of a module."""
    standing = service.standing(Session(), g.account, _course(), module)
    if not 1 <= number <= len(standing.module.pages):
        abort(404)
    return render_template("host/training_page.html", module=standing.module, number=number)


@blueprint.route("/training/<module>/quiz", methods=["GET", "POST"])
def training_quiz(module: str) -> str | Response:
    """Ask the questions; keep what was chosen, and say of each why it is right or not."""
    course = _course()
    if request.method == "GET":
        standing = service.standing(Session(), g.account, course, module)
        return render_template("host/training_quiz.html", standing=standing, module=standing.module)
    standing = service.answer(Session(), g.account, course, module, request.form)
    if standing.is_passed:
        flash(_("All answers are right: this module is passed."), "success")
    else:
        flash(_("Your answers are kept. Read the reasons, and choose again where it is not right yet."), "info")
    return redirect(url_for(".training_quiz", module=module))


@blueprint.get("/training/<module>/sheet")
def training_sheet(module: str) -> str:
    """Print a module whole, with its questions."""
    standing = service.standing(Session(), g.account, _course(), module)
    return render_template("host/training_sheet.html", module=standing.module)
