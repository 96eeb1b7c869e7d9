"""References of an applicant: whom the volunteer named, asking them, and what they said."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.db import Session
from webapp.i18n import day
from webapp.models import Application, Reference
from webapp.recruitment_words import alumni_words, misconduct, reference_facts, said
from webapp.services import moves
from webapp.services.recruitment import access, alumni_references, referees, reference_answers, reference_letters
from webapp.services.visibility import sight_of
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.recruitment_forms import LookForm
from webapp.views.coordinator.telling import name_of, without_name


@blueprint.get("/applications/<int:application_id>/references")
def references(application_id: int) -> str:
    """Show who was named, how far it is, and what was said."""
    return _page(access.seen_application(Session(), g.account, application_id))


@blueprint.post("/applications/<int:application_id>/references/<int:reference_id>/ask")
def ask_reference(application_id: int, reference_id: int) -> Response:
    """Send the letter with its link."""
    found = access.seen_reference(Session(), g.account, application_id, reference_id)
    reference_letters.ask(Session(), g.account, found, _link_to)
    flash(_("The letter is on its way."), "success")
    return _back(application_id)


@blueprint.post("/applications/<int:application_id>/references/alumni/<int:alumnus_id>/ask")
def ask_alumnus(application_id: int, alumnus_id: int) -> Response:
    """Ask one of the alumni who served beside the applicant."""
    found = access.seen_application(Session(), g.account, application_id)
    alumni_references.ask(Session(), g.account, found, alumnus_id, _link_to)
    flash(_("The letter is on its way."), "success")
    return _back(application_id)


@blueprint.post("/applications/<int:application_id>/references/<int:reference_id>/ask-again")
def ask_reference_again(application_id: int, reference_id: int) -> Response:
    """Send the letter once more."""
    found = access.seen_reference(Session(), g.account, application_id, reference_id)
    reference_letters.ask_again(Session(), g.account, found, _link_to)
    flash(_("Another letter is on its way. The links of both work."), "success")
    return _back(application_id)


@blueprint.post("/applications/<int:application_id>/references/<int:reference_id>/end")
def end_reference(application_id: int, reference_id: int) -> Response:
    """End the request; its links stop."""
    found = access.seen_reference(Session(), g.account, application_id, reference_id)
    reference_letters.end(Session(), g.account, found)
    flash(_("This person is not asked any more."), "success")
    return _back(application_id)


@blueprint.post("/applications/<int:application_id>/references/<int:reference_id>/look")
def look_at_reference(application_id: int, reference_id: int) -> Any:
    """Keep what was done about a word on misconduct."""
    found = access.seen_reference(Session(), g.account, application_id, reference_id)
    form = _look_form(found)
    if not form.validate_on_submit():
        return _page(found.application, {reference_id: form}), 422
    reference_answers.look(Session(), g.account, found, form.words.data or "")
    flash(_("Kept. What follows is for people to decide."), "success")
    return _back(application_id)


def _link_to(token: str) -> str:
    return url_for("public.reference", token=token, _external=True)


def _back(application_id: int) -> Response:
    return redirect(url_for("coordinator.references", application_id=application_id))


def _look_form(one: Reference) -> LookForm:
    """Return a form of its own for each answer: there may be two on one page."""
    return LookForm(prefix=f"look{one.id}")


def _page(found: Application, tried: Mapping[int, LookForm] = MappingProxyType({})) -> str:
    volunteer, assignment = found.volunteer, found.assignment
    return render_template(
        "coordinator/recruitment/references.html",
        application=found,
        name=name_of(sight_of(Session(), g.account, volunteer, assignment), volunteer, assignment),
        named=[_told(one, found, tried.get(one.id)) for one in referees.references_of(Session(), found)],
        alumni=[alumni_words(one) for one in alumni_references.fitting(Session(), g.account, found)],
        needed=referees.NEEDED,
        most=reference_letters.MOST_LETTERS,
    )


def _told(one: Reference, found: Application, tried: LookForm | None) -> dict[str, Any]:
    told = {**reference_facts(one), "can_end": moves.can_move(one, "withdrawn") and found.is_live, "answer": None}
    told["can_ask"] = moves.can_move(one, "asked") and found.is_live
    told["can_ask_again"] = one.state == "asked" and found.is_live and one.letters < reference_letters.MOST_LETTERS
    answer = one.answer
    if answer is not None:
        reads = access.may_read(g.account, found, "misconduct")
        told["answer"] = {
            "said": said(answer),
            "words": without_name(answer.words, found.volunteer),
            "misconduct": misconduct(answer) if reads else "",
            "is_yes": reads and answer.misconduct == "yes",
            "misconduct_words": without_name(answer.misconduct_words, found.volunteer) if reads else "",
            "may_be_read": answer.may_be_read,
            "at": day(answer.answered_at),
            "look": tried or (_look_form(one) if answer.misconduct == "yes" and answer.looked_at is None else None),
            "looked": answer.looked_words,
            "looked_at": day(answer.looked_at),
            "looked_by": (answer.looked_by.display_name or answer.looked_by.email) if answer.looked_by else "",
        }
    return told
