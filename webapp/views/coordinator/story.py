"""The story of a person and of an assignment: all that happened, in its order, as far as this office may know."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request, url_for

from webapp.db import Session, own_session
from webapp.i18n import translate
from webapp.models import Assignment, Volunteer
from webapp.services import file_looks, own_rows, visibility
from webapp.services.errors import Refused
from webapp.services.spreadsheets import CSV_TYPE, write_csv
from webapp.services.story import stories
from webapp.services.story.cutting import Cut, Page
from webapp.services.story.lines import KINDS, LETTER, LOOK, PROFILE, WORK, Line, Spot
from webapp.views.coordinator import blueprint
from webapp.views.coordinator import story_words as words
from webapp.views.coordinator.telling import is_blind
from webapp.words import lazy

HEADER = ("at", "kind", "what", "why", "about", "who", "run")
OF_PERSON = [one for one in KINDS if one != WORK]
OF_ASSIGNMENT = [one for one in KINDS if one not in (PROFILE, LETTER, LOOK)]


@blueprint.get("/volunteers/<int:volunteer_id>/story")
def person_story(volunteer_id: int) -> str:
    """Show a person's story, not while names are hidden: it would tell who it is."""
    found = _person(volunteer_id)
    page = Page([]) if is_blind() else stories.of_person(Session(), g.account, found, _kind(), _cut())
    back = url_for("coordinator.volunteer", volunteer_id=found.id)
    return _page(
        page, found.full_name, back, OF_PERSON, url_for("coordinator.person_story_file", volunteer_id=found.id)
    )


@blueprint.get("/assignments/<int:assignment_id>/story")
def assignment_story(assignment_id: int) -> str:
    """Show the story of an assignment."""
    found = own_rows.vio_assignment(Session(), g.account, assignment_id)
    page = stories.of_assignment(Session(), g.account, found, _kind(), _cut())
    back = url_for("coordinator.assignment", assignment_id=found.id)
    file = url_for("coordinator.assignment_story_file", assignment_id=found.id)
    return _page(page, found.title, back, OF_ASSIGNMENT, file)


@blueprint.post("/volunteers/<int:volunteer_id>/story.csv")
def person_story_file(volunteer_id: int) -> Response:
    """Give a person's story as a file."""
    _refuse_blind()
    found = _person(volunteer_id)
    file_looks.note_all(own_session, g.account, [found], "list")
    return _file(found, f"volunteer-{found.id}-story")


@blueprint.post("/assignments/<int:assignment_id>/story.csv")
def assignment_story_file(assignment_id: int) -> Response:
    """Give the story of an assignment as a file."""
    _refuse_blind()
    found = own_rows.vio_assignment(Session(), g.account, assignment_id)
    return _file(found, f"assignment-{found.id}-story")


def _person(volunteer_id: int) -> Volunteer:
    found = own_rows.vio_volunteer(Session(), g.account, volunteer_id)
    file_looks.note(own_session, g.account, found, visibility.sight_of(Session(), g.account, found))
    return found


def _page(page: Page, title: str, back: str, kinds: list[str], file: str) -> str:
    return render_template(
        "coordinator/story.html",
        subject=title,
        lines=words.all_told(page.lines, WORK not in kinds),
        kinds=[(code, translate(words.KINDS[code])) for code in kinds],
        kind=_kind(),
        back=back,
        file=file,
        is_of_person=WORK not in kinds,
        previous=_beside("before", page.previous),
        following=_beside("after", page.following),
    )


def _file(subject: Volunteer | Assignment, name: str) -> Response:
    found = stories.whole(Session(), g.account, subject, _kind())
    told = words.all_told(found, isinstance(subject, Volunteer))
    rows = [_row(line, one) for line, one in zip(found, told, strict=True)]
    response = Response(write_csv(HEADER, rows), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _row(line: Line, told: words.Told) -> list[str]:
    at = line.at.date().isoformat() if line.is_day else line.at.isoformat(timespec="seconds")
    return [at, told.kind, told.text, told.note, told.about, told.who, str(told.run or "")]


def _refuse_blind() -> None:
    if is_blind():
        raise Refused(lazy("Names are hidden now. Show them again to take a list away."))


def _kind() -> str:
    asked = request.args.get("kind", "")
    return asked if asked in KINDS else ""


def _cut() -> Cut:
    return Cut(Spot.read(request.args.get("after", "")), Spot.read(request.args.get("before", "")))


def _beside(name: str, spot: Spot | None) -> str | None:
    if spot is None:
        return None
    values: dict[str, Any] = {**(request.view_args or {}), name: str(spot), **({"kind": _kind()} if _kind() else {})}
    return url_for(request.endpoint or "", **values)
