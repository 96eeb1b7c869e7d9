"""Notes on countries, and what the office asks for beside the common list."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound as NoSuchPage

from webapp import clock, vocabulary
from webapp.db import Session
from webapp.forms import say
from webapp.i18n import translate
from webapp.models import ClearanceRule
from webapp.services import clearance_rules
from webapp.services import country_notes as service
from webapp.services.clearance_items import ITEMS
from webapp.services.errors import Refused
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.clearance_forms import NoteForm, RuleForm
from webapp.views.coordinator.telling import language


@blueprint.get("/country-notes")
def country_notes() -> Any:
    """List the notes of the office, those that were looked at longest ago first."""
    chosen = request.args.get("country", "")
    if chosen:
        return redirect(url_for("coordinator.country_note", country=chosen))
    found = service.notes_of(Session(), g.account)
    return render_template(
        "coordinator/country_notes.html",
        notes=[(note, service.is_old(note, clock.today())) for note in found],
        choices=vocabulary.country_choices(language()),
    )


@blueprint.route("/country-notes/<country>", methods=["GET", "POST"])
def country_note(country: str) -> Any:
    """Show and keep the note on one country."""
    if country not in dict(vocabulary.country_choices("en")):
        raise NoSuchPage
    note = service.note_of(Session(), g.account, country)
    form = NoteForm(obj=note)
    if form.validate_on_submit():
        try:
            service.save(Session(), g.account, country, {name: form[name].data for name in service.PARTS})
        except Refused as refused:
            say(form.noted_on, refused.words)
        else:
            flash(_("Your note is kept."), "success")
            return redirect(url_for("coordinator.country_notes"))
    page = render_template("coordinator/country_note.html", form=form, country=country, note=note)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/clearance-rules", methods=["GET", "POST"])
def clearance_rules_page() -> Any:
    """Show what the office adds to the common list, and add to it."""
    form = RuleForm(language=language())
    if form.validate_on_submit():
        try:
            clearance_rules.add(Session(), g.account, form.parts())
        except Refused as refused:
            say(form.title, refused.words)
        else:
            flash(
                _("Added. It holds for lists that are made from now on, and tomorrow for those being prepared."),
                "success",
            )
            return redirect(url_for("coordinator.clearance_rules_page"))
    page = render_template(
        "coordinator/clearance_rules.html",
        form=form,
        rules=[(rule, _title(rule)) for rule in clearance_rules.rules_of(Session(), g.account)],
        common=[translate(item.title) for item in ITEMS.values()],
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/clearance-rules/<int:rule_id>/remove")
def remove_clearance_rule(rule_id: int) -> Any:
    """Take one away."""
    clearance_rules.remove(Session(), g.account, rule_id)
    flash(_("Taken away. Lists that were made keep what stands on them."), "success")
    return redirect(url_for("coordinator.clearance_rules_page"))


def _title(rule: ClearanceRule) -> str:
    return rule.title or translate(ITEMS[rule.item].title)
