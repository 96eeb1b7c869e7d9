"""What coordinators of the VIO score in an interview."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.db import Session
from webapp.i18n import translate
from webapp.services.errors import Refused
from webapp.services.recruitment import competency_lists as service
from webapp.services.recruitment.competencies import COMPETENCIES
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.recruitment_forms import CompetenciesForm


@blueprint.route("/competencies", methods=["GET", "POST"])
def competencies() -> Any:
    """Show the VIO's own competencies, or that it scores the common ones; keep what was written."""
    form, kept = CompetenciesForm(), service.in_force(Session(), g.account.vio_id)
    if form.validate_on_submit() and _keep(form):
        flash(
            _("Kept. Interviews without a scorecard use it from now on; earlier scorecards stay as they are."),
            "success",
        )
        return redirect(url_for("coordinator.competencies"))
    if not form.is_submitted():
        form.show(service.entries_of(kept))
    page = render_template(
        "coordinator/competencies.html",
        form=form,
        kept=kept,
        common=[translate(one.name) for one in COMPETENCIES.values()],
        least=service.LEAST,
        most=service.MOST,
    )
    return page, 422 if form.is_submitted() else 200


def _keep(form: CompetenciesForm) -> bool:
    try:
        service.keep(Session(), g.account, form.entries())
    except Refused as refused:
        form.form_errors.append(translate(refused.words))
        return False
    return True
