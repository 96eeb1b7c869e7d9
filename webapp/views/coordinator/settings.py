"""The settings of a VIO."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.db import Session
from webapp.services import vio_settings
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.settings_form import SettingsForm
from webapp.views.coordinator.telling import language


@blueprint.route("/settings", methods=["GET", "POST"])
def settings() -> Any:
    """Show and keep what the VIO's coordinators choose."""
    vio = vio_settings.vio_of(Session(), g.account)
    form = SettingsForm(language=language(), vio=vio)
    if not form.validate_on_submit():
        return render_template("coordinator/settings.html", form=form, vio=vio), 422 if form.is_submitted() else 200
    changed = vio_settings.change_settings(Session(), g.account, form.values(vio_settings.SETTINGS))
    flash(_("Your settings are kept.") if changed else _("Nothing was changed."), "success")
    return redirect(url_for("coordinator.settings"))
