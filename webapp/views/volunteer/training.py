"""The training for volunteers: its list of modules, and the countries they may go to."""

from __future__ import annotations

from flask import g, render_template

from webapp import vocabulary
from webapp.db import Session
from webapp.services import country_sheets
from webapp.views.training import add_modules, overview
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms.fields import language

add_modules(blueprint)


@blueprint.get("/training")
def training() -> str:
    """List the modules, what is passed, the certificate, and the sheets on countries."""
    entries = country_sheets.of_volunteer(Session(), g.account)
    countries = [(vocabulary.country_name(one.country, language()), one) for one in entries]
    return render_template("volunteer/training.html", countries=countries, **overview())
