"""What the office that receives tells of a country: for volunteers who applied or are placed there."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, url_for

from webapp import vocabulary
from webapp.db import Session
from webapp.services import country_sheets
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms.fields import language


@blueprint.get("/countries/<int:sheet_id>")
def country(sheet_id: int) -> str:
    """Show a country sheet."""
    return render_template("volunteer/country.html", **_told(sheet_id))


@blueprint.get("/countries/<int:sheet_id>/sheet")
def print_country(sheet_id: int) -> str:
    """Print a country sheet."""
    back = url_for("volunteer.country", sheet_id=sheet_id)
    return render_template("training/country_sheet.html", back=back, **_told(sheet_id))


def _told(sheet_id: int) -> dict[str, Any]:
    sheet = country_sheets.own_sheet(Session(), g.account, sheet_id)
    name = vocabulary.country_name(sheet.country, language())
    return {"sheet": sheet, "name": name, "parts": country_sheets.parts_of(sheet)}
