"""Steps about licences, languages and experience."""

from __future__ import annotations

from typing import Any

from flask import g, request

from webapp import vocabulary
from webapp.db import Session
from webapp.services import linking, own_rows, volunteers
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms.abilities import ExperienceForm, LanguagesForm, LicencesForm
from webapp.views.volunteer.forms.fields import language, rows_changed
from webapp.views.volunteer.steps import saved, show


@blueprint.route("/profile/licences", methods=["GET", "POST"])
def licences() -> Any:
    """Licences to practise."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    form = LicencesForm(obj=volunteer)
    if request.method == "POST" and not rows_changed(form) and form.validate():
        volunteers.save_licences(Session(), volunteer, form.held())
        return saved("licences", volunteer)
    held = {licence.skill for licence in volunteer.licences}
    asked = [one.skill for one in volunteer.skills if vocabulary.is_licensed(one.skill) and one.skill not in held]
    return show(
        "licences",
        "licences",
        volunteer,
        form,
        countries=vocabulary.country_choices(language()),
        asked=[vocabulary.skill_label(code, language()) for code in asked],
    )


@blueprint.route("/profile/languages", methods=["GET", "POST"])
def languages() -> Any:
    """Languages with level, and how it is known."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    form = LanguagesForm(obj=volunteer)
    if request.method == "POST" and not rows_changed(form) and form.validate():
        volunteers.save_languages(Session(), volunteer, form.held())
        return saved("languages", volunteer)
    return show("languages", "languages", volunteer, form)


@blueprint.route("/profile/experience", methods=["GET", "POST"])
def experience() -> Any:
    """Experience in the person's own words, and earlier service."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    form = ExperienceForm(obj=volunteer)
    if request.method == "POST" and not rows_changed(form) and form.validate():
        text = (form.experience.data or "").strip()
        volunteers.save_experience(Session(), volunteer, text, form.served())
        return saved("experience", volunteer)
    suggested = linking.suggest_skills(volunteer.experience, {held.skill for held in volunteer.skills})
    return show(
        "experience",
        "experience",
        volunteer,
        form,
        countries=vocabulary.country_choices(language()),
        suggested=[(vocabulary.skill_label(code, language()), phrase) for code, phrase in suggested],
    )
