"""Alumni for coordinators: who may be asked what it was like, and that a mentorship exists; never its words."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from webapp.db import Session
from webapp.i18n import isolated
from webapp.models import Mentorship, Placement, Volunteer
from webapp.safety_forms import trimmed
from webapp.services.alumni import contacts, mentorship_sight, mentorships
from webapp.services.visibility import sight_of
from webapp.views.coordinator import blueprint
from webapp.views.coordinator.telling import is_blind, name_of


class EndForm(FlaskForm):
    """Why an office ends a mentorship."""

    reason = TextAreaField(
        _l("Your words to both"),
        [DataRequired(_l("Write to both why it ends.")), Length(max=mentorships.LONGEST_REASON)],
        filters=[trimmed],
        render_kw={"rows": 3, "dir": "auto"},
    )


@blueprint.get("/alumni")
def alumni() -> str:
    """Show who may be asked, and the mentorships of the office's people."""
    return _page()


@blueprint.post("/mentorships/<int:mentorship_id>/end")
def end_mentorship(mentorship_id: int) -> Any:
    """End one, with a reason."""
    found, form = mentorship_sight.mentorship_for(Session(), g.account, mentorship_id), EndForm()
    if not form.validate():
        return _page(form, mentorship_id), 422
    mentorships.end_by_office(Session(), g.account, found, form.reason.data or "")
    flash(_("Ended. Both have a letter with your words."), "success")
    return redirect(url_for("coordinator.alumni"))


def _page(sent: EndForm | None = None, mentorship_id: int | None = None) -> str:
    rows = []
    for one in mentorship_sight.seen(Session(), g.account):
        form = sent if sent and one.id == mentorship_id else EndForm(formdata=None)
        form.reason.id = f"reason-{one.id}"  # many on one page
        rows.append(_row(one, form))
    return render_template(
        "coordinator/alumni.html",
        asked=[_contact(one) for one in contacts.who_may_be_asked(Session(), g.account)],
        rows=rows,
        mentorship_id=mentorship_id,
    )


def _row(one: Mentorship, form: EndForm) -> dict[str, Any]:
    mentor, newcomer = (_name(person, one.placement) for person in (one.mentor, one.placement.volunteer))
    return {
        "one": one,
        "words": _("%(mentor)s mentors %(newcomer)s", mentor=isolated(mentor), newcomer=isolated(newcomer)),
        "form": form,
    }


def _contact(stay: Placement) -> dict[str, Any]:
    """Return what an office reads of who ticked that it may ask; in blind mode without name and address."""
    alumnus = stay.volunteer
    hidden = is_blind()
    return {
        "name": _("hidden") if hidden else alumnus.full_name,
        "email": "" if hidden else alumnus.email or "",
        "title": stay.assignment.title,
        "country": stay.assignment.country,
        "year": stay.ends_on.year,
    }


def _name(person: Volunteer, placement: Placement) -> str:
    """Return the name of one's own; of the other VIO's person only whose they are."""
    if person.vio_id != g.account.vio_id:
        return _("somebody of %(vio)s", vio=person.vio.name)
    return name_of(sight_of(Session(), g.account, person), person, placement.assignment)
