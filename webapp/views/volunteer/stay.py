"""Steps about the stay: where, and when."""

from __future__ import annotations

from typing import Any

from flask import g, request

from webapp import vocabulary
from webapp.db import Session
from webapp.models import Volunteer
from webapp.services import own_rows, volunteers
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms.fields import language, rows_changed
from webapp.views.volunteer.forms.stay import PlacesForm, TimeForm
from webapp.views.volunteer.steps import saved, show


@blueprint.route("/profile/where", methods=["GET", "POST"])
def where() -> Any:
    """Countries and whole routes, anywhere, and where not."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    form = PlacesForm(data=_places(volunteer) if request.method == "GET" else None).offer()
    if request.method == "POST" and not rows_changed(form) and form.validate():
        volunteers.save_places(Session(), volunteer, form.places())
        return saved("where", volunteer)
    return show("where", "where", volunteer, form, countries=vocabulary.country_choices(language()))


def _places(volunteer: Volunteer) -> dict[str, Any]:
    def codes(kind: str) -> list[str]:
        return [wish.code for wish in volunteer.wishes if wish.kind == kind]

    return {
        "anywhere": volunteer.anywhere,
        "countries": codes("country"),
        "routes": codes("route"),
        "excluded": codes("excluded"),
    }


@blueprint.route("/profile/when", methods=["GET", "POST"])
def when() -> Any:
    """Dates, length of stay, on site or online."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    form = TimeForm(obj=volunteer, data={"on_site": None, "online": None})
    if request.method == "GET":
        form.on_site.data, form.online.data = _word(volunteer.on_site), _word(volunteer.online)
    elif not rows_changed(form) and _drop_empty_window(form) and form.validate():
        volunteers.save_time(Session(), volunteer, form.time())
        return saved("when", volunteer)
    return show("when", "when", volunteer, form)


def _drop_empty_window(form: TimeForm) -> bool:
    """Let a row without any date count as not there: dates are not asked of somebody who works online only."""
    form.windows.entries = [
        entry
        for entry in form.windows.entries
        if entry.form.starts_on.raw_data != [""] or entry.form.ends_on.raw_data != [""]
    ]
    return True


def _word(answer: bool | None) -> str | None:
    return None if answer is None else "yes" if answer else "no"
