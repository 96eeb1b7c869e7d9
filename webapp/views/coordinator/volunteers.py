"""The own VIO's volunteers: the list, and one profile without what is private to the person."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request, url_for
from flask_babel import gettext as _

from webapp.db import Session, own_session
from webapp.models.consents import ABROAD, MATCHING
from webapp.services import consents, directory, file_looks, visibility
from webapp.services.directory import PAGE, Search
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.telling import is_blind, language
from webapp.vocabulary import language_choices, skill_label

YES_NO = ("", "yes", "no")


@blueprint.get("/volunteers")
def volunteers() -> str:
    """List the own VIO's volunteers; not while names are hidden."""
    search = _search()
    found, total = ([], 0) if is_blind() else directory.find(Session(), g.account, search)
    pages = max(1, -(-total // PAGE))
    return render_template(
        "coordinator/volunteers.html",
        volunteers=found,
        total=total,
        search=search,
        previous=_address(search.page - 1) if search.page > 1 else None,
        following=_address(search.page + 1) if search.page < pages else None,
        note=_("page %(page)s of %(pages)s", page=min(search.page, pages), pages=pages),
        skill=skill_label(search.skill, language()) if search.skill else "",
        language_options=language_choices(language()),
        stands=lambda one: {consent.purpose for consent in one.consents if consent.withdrawn_at is None},
        abroad=ABROAD,
        matching=MATCHING,
    )


@blueprint.get("/volunteers/<int:volunteer_id>")
def volunteer(volunteer_id: int) -> str:
    """Show a profile, its matches and applications; conditions of life stay with the person."""
    found = visibility.vio_volunteer(Session(), g.account, volunteer_id)
    sight = visibility.sight_of(Session(), g.account, found)
    file_looks.note(own_session, g.account, found, sight)
    here, elsewhere = directory.applications_here(Session(), g.account, found)
    return render_template(
        "coordinator/volunteer.html",
        volunteer=found,
        sight=sight,
        matches=directory.matches_here(Session(), g.account, found),
        applications=here,
        elsewhere=elsewhere,
        consents=consents.history(Session(), found),
        titles=consents.TITLES,
    )


def _search() -> Search:
    chosen = {name: request.args.get(name, "") for name in ("text", "skill", "language", "claimed", "consent")}
    for name in ("claimed", "consent"):
        chosen[name] = chosen[name] if chosen[name] in YES_NO else ""
    return Search(**chosen, page=max(1, request.args.get("page", 1, type=int)))


def _address(page: int) -> str:
    kept: dict[str, Any] = {
        name: value for name, value in request.args.items() if value and name not in ("page", "blind")
    }
    return url_for("coordinator.volunteers", **kept, page=page)
