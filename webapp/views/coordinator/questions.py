"""The questions that applicants for the VIO's assignments answer."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.db import Session
from webapp.i18n import translate
from webapp.services.errors import Refused
from webapp.services.recruitment import questions as service
from webapp.services.recruitment.questions import Draft
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.recruitment_forms import QuestionsForm


@blueprint.route("/questions", methods=["GET", "POST"])
def questions() -> Any:
    """Show what is asked, or our suggestions where nothing is yet; keep what was written."""
    form, kept = QuestionsForm(), service.in_force(Session(), g.account.vio_id)
    if form.validate_on_submit() and _keep(form):
        flash(
            _("Kept. From now on applicants are asked this; earlier answers stay with the earlier questions."),
            "success",
        )
        return redirect(url_for("coordinator.questions"))
    if not form.is_submitted():
        asked = [Draft(one.kind, one.prompt, one.is_required, one.code) for one in kept.questions] if kept else None
        form.show(service.suggested() if asked is None else asked)
    page = render_template("coordinator/questions.html", form=form, kept=kept, most=service.MOST)
    return page, 422 if form.is_submitted() else 200


def _keep(form: QuestionsForm) -> bool:
    try:
        service.keep(Session(), g.account, form.drafts())
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return False
    return True
