"""The own VIO's volunteers: the list, and one profile without what is private to the person."""

from __future__ import annotations

from flask import g, render_template, request

from webapp import list_pages
from webapp.db import Session, own_session
from webapp.models.consents import ABROAD, MATCHING
from webapp.services import (
    consent_wordings,
    consents,
    counting,
    directory,
    file_looks,
    own_rows,
    visibility,
    whole_lists,
)
from webapp.services.directory import Search
from webapp.services.paging import Part
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.telling import is_blind, language
from webapp.vocabulary import language_choices, skill_label

YES_NO = ("", "yes", "no")


@blueprint.get("/volunteers")
def volunteers() -> str:
    """List the own VIO's volunteers; not while names are hidden."""
    search = _search()
    found, total = (Part([]), 0) if is_blind() else directory.find(Session(), g.account, search, list_pages.asked())
    return render_template(
        "coordinator/volunteers.html",
        listed=found.rows,
        total=total,
        most_counted=counting.MOST_COUNTED,
        search=search,
        **list_pages.beside(found),
        skill=skill_label(search.skill, language()) if search.skill else "",
        language_options=language_choices(language()),
        abroad=ABROAD,
        matching=MATCHING,
    )


@blueprint.get("/volunteers/<int:volunteer_id>")
def volunteer(volunteer_id: int) -> str:
    """Show a profile, its matches and applications; conditions of life stay with the person."""
    found = own_rows.vio_volunteer(Session(), g.account, volunteer_id)
    sight = visibility.sight_of(Session(), g.account, found)
    file_looks.note(own_session, g.account, found, sight)
    whole_lists.make_whole(Session(), own_session, found)
    here, elsewhere = directory.applications_here(Session(), g.account, found)
    return render_template(
        "coordinator/volunteer.html",
        volunteer=found,
        sight=sight,
        matches=directory.matches_here(Session(), g.account, found),
        applications=here,
        elsewhere=elsewhere,
        consents=consents.history(Session(), found),
        titles=consent_wordings.TITLES,
    )


def _search() -> Search:
    chosen = {name: request.args.get(name, "") for name in ("text", "skill", "language", "claimed", "consent")}
    for name in ("claimed", "consent"):
        chosen[name] = chosen[name] if chosen[name] in YES_NO else ""
    return Search(**chosen)
