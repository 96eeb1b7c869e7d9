"""What counts in the score: the weights in force, what decisions teach, and letting a version in, out or back."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.db import Session
from webapp.i18n import translate
from webapp.models import ScoreModel
from webapp.services import learning, learning_preview, learning_runs, models_in_force, score_models, vio_settings
from webapp.services.errors import Refused
from webapp.services.small_cells import FEWEST
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.forms import CountryWeightForm, ReasonForm
from webapp.views.coordinator.learning_words import brought_rows, figures_words, group_words, outcome_words, weight_rows


@blueprint.get("/learning")
def score() -> str:
    """Show what is in force, what waits, why nothing does, and every version so far."""
    return _page(CountryWeightForm(formdata=None))


def _page(form: CountryWeightForm) -> str:
    vio = vio_settings.vio_of(Session(), g.account)
    in_force = models_in_force.of_vio(Session(), vio.id)
    waiting = score_models.waiting(Session(), vio.id)
    newest = learning_runs.latest(Session(), vio.id)
    ended = learning_runs.last_finished(Session(), vio.id)
    if not form.is_submitted():
        form.percent.data = round(100 * learning.weights_of(in_force)["country"])
    return render_template(
        "coordinator/learning.html",
        vio=vio,
        in_force=in_force,
        waiting=waiting,
        rows=weight_rows(in_force, waiting),
        is_going=newest is not None and newest.state in ("queued", "running"),
        newest=newest,
        ended=ended,
        outcome=outcome_words(ended) if ended else "",
        shared=models_in_force.shared(Session()),
        versions=score_models.versions_of(Session(), g.account),
        form=form,
    )


@blueprint.post("/learning/ask")
def ask_to_learn() -> Any:
    """Ask for a look at the decisions, in the background."""
    learning_runs.ask(Session(), g.account)
    flash(_("In the queue. You may leave this page; nothing changes before you decide."), "success")
    return redirect(url_for("coordinator.score"))


@blueprint.post("/learning/country")
def propose_country_weight() -> Any:
    """Have another weight of the country proposed."""
    form = CountryWeightForm()
    if not form.validate_on_submit():
        return _page(form), 422
    replaced = score_models.waiting(Session(), g.account.vio_id)
    try:
        made = score_models.propose_country_weight(Session(), g.account, form.percent.data or 0, form.reason.data or "")
    except Refused as refused:
        form.percent.errors = [translate(refused.words)]
        return _page(form), 422
    return _proposed(made, replaced)


@blueprint.post("/learning/default")
def back_to_default() -> Any:
    """Go back to the weights of the installation."""
    score_models.back_to_default(Session(), g.account)
    return _changed()


@blueprint.post("/learning/shared")
def take_over_shared() -> Any:
    """Have the shared weights proposed."""
    replaced = score_models.waiting(Session(), g.account.vio_id)
    return _proposed(score_models.take_over_shared(Session(), g.account), replaced)


def _proposed(made: ScoreModel, replaced: ScoreModel | None) -> Any:
    """Lead to what waits now, and name what waits no more."""
    flash(_("This version waits for your decision. Nothing has changed."), "success")
    if replaced is not None:
        number = replaced.version
        words = _("Version %(number)s waited until now; it was closed, and this one takes its place.", number=number)
        flash(words, "warning")
    return redirect(url_for("coordinator.score_version", version_id=made.id))


@blueprint.get("/learning/<int:version_id>")
def score_version(version_id: int) -> str:
    """Show one version: its weights, what was measured, and what it would change."""
    found = score_models.version_of(Session(), g.account, version_id)
    return _version_page(found, ReasonForm(formdata=None, data={"reason": found.reason}))


@blueprint.post("/learning/<int:version_id>/approve")
def approve_version(version_id: int) -> Any:
    """Let a proposal in."""
    found = score_models.version_of(Session(), g.account, version_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _version_page(found, form), 422
    score_models.approve(Session(), g.account, found, form.reason.data or "")
    return _changed()


@blueprint.post("/learning/<int:version_id>/reject")
def reject_version(version_id: int) -> Any:
    """Turn a proposal down."""
    found = score_models.version_of(Session(), g.account, version_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _version_page(found, form), 422
    score_models.reject(Session(), g.account, found, form.reason.data or "")
    flash(_("Turned down. The score stays as it is."), "success")
    return redirect(url_for("coordinator.score"))


@blueprint.post("/learning/<int:version_id>/back")
def roll_back_version(version_id: int) -> Any:
    """Put an earlier version in force again."""
    score_models.roll_back(Session(), g.account, score_models.version_of(Session(), g.account, version_id))
    return _changed()


def _changed() -> Any:
    flash(_("In force from now on. All matches are ranked anew in the background; this takes some minutes."), "success")
    return redirect(url_for("coordinator.score"))


def _version_page(found: ScoreModel, form: ReasonForm) -> str:
    standing = models_in_force.of_vio(Session(), found.vio_id or 0)
    return render_template(
        "coordinator/learning_version.html",
        version=found,
        in_force=standing,
        rows=weight_rows(standing, found),
        figures=figures_words(found),
        examples=learning_preview.examples(Session(), g.account, found),
        groups=group_words(found),
        brought=brought_rows(found),
        is_ready=learning_preview.is_ready(found),
        least=learning.COMPARABLE_NEEDED,
        fewest=FEWEST,
        form=form,
    )
