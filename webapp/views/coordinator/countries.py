"""Country sheets: what the VIO's coordinators tell volunteers of everyday life where they will work."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp import clock, vocabulary
from webapp.db import Session
from webapp.forms import say
from webapp.services import country_sheets as service
from webapp.services.errors import Refused
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.country_form import CountrySheetForm
from webapp.views.coordinator.telling import language


@blueprint.get("/countries")
def countries() -> Any:
    """List the countries in which the VIO receives, with their sheets; `?country=` opens any other one."""
    if request.args.get("country"):
        return redirect(url_for("coordinator.country", country=request.args["country"]))
    entries = service.countries_of(Session(), g.account)
    return render_template(
        "coordinator/countries.html",
        entries=sorted(entries, key=lambda one: vocabulary.country_name(one.country, language()).casefold()),
        choices=vocabulary.country_choices(language()),
        today=clock.today(),
    )


@blueprint.route("/countries/<country>", methods=["GET", "POST"])
def country(country: str) -> Any:
    """Show and keep the sheet on a country."""
    sheet = service.sheet_of(Session(), g.account, country)
    form = CountrySheetForm(reader=language(), sheet=sheet)
    if not form.validate_on_submit() or not _is_kept(form, country):
        page = render_template("coordinator/country.html", form=form, country=country, sheet=sheet)
        return page, 422 if form.is_submitted() else 200
    flash(_("The sheet is kept. Volunteers with an application there can read it now."), "success")
    return redirect(url_for("coordinator.country", country=country))


def _is_kept(form: CountrySheetForm, country: str) -> bool:
    """Keep the sheet, or say on the form why not."""
    try:
        service.write(Session(), g.account, country, form.language.data, form.texts())
    except Refused as refused:
        say(form.customs, refused.words)
        return False
    return True


@blueprint.get("/countries/<country>/sheet")
def print_country(country: str) -> str:
    """Print a sheet, as volunteers can."""
    sheet = service.written_sheet(Session(), g.account, country)
    return render_template(
        "training/country_sheet.html",
        sheet=sheet,
        name=vocabulary.country_name(country, language()),
        parts=service.parts_of(sheet),
        back=url_for("coordinator.country", country=country),
    )
