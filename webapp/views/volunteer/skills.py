"""The skills step: one form that holds the skills, a search, and what can be added. It works without scripts."""

from __future__ import annotations

from typing import Any

from flask import g, request

from webapp import vocabulary
from webapp.db import Session
from webapp.models import Volunteer
from webapp.services import linking, own_rows, volunteers
from webapp.views.volunteer import blueprint
from webapp.views.volunteer.forms.abilities import SkillsForm
from webapp.views.volunteer.forms.fields import rows_changed
from webapp.views.volunteer.steps import saved, show


@blueprint.route("/profile/skills", methods=["GET", "POST"])
def skills() -> Any:
    """Search, tick, say how well, save. Nothing is added that the person did not tick."""
    volunteer = own_rows.volunteer_of(Session(), g.account)
    form = SkillsForm(data={"skills": _rows(volunteer)} if request.method == "GET" else None)
    suggested = linking.suggest_skills(volunteer.experience, {held.skill for held in volunteer.skills})
    is_new = False
    if request.method == "POST" and not _only_looks(form):
        is_new = form.take()  # a tick counts, whichever button was pressed
        if not is_new and "add" not in request.form and form.validate():
            volunteers.save_skills(Session(), volunteer, form.held())
            return saved("skills", volunteer)
    form.offer(volunteer, suggested)
    return show(
        "skills",
        "skills",
        volunteer,
        form,
        is_new=is_new,
        has_looked=bool((form.q.data or "").strip() or form.family.data),
        licensed=[entry.form.label for entry in form.skills.entries if vocabulary.is_licensed(entry.form.skill.data)],
    )


def _only_looks(form: SkillsForm) -> bool:
    """Whether a row was taken out or a search asked for: by its button, or by the Enter key in its box."""
    if rows_changed(form):
        return True
    is_enter = not {"save", "add", "go"} & set(request.form)
    is_search = "search" in request.form or (is_enter and bool((form.q.data or "").strip()))
    if is_search:
        form.take()
    return is_search


def _rows(volunteer: Volunteer) -> list[dict[str, Any]]:
    return [{"skill": held.skill, "level": str(held.level), "last_used": held.last_used} for held in volunteer.skills]
