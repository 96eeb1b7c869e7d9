"""Mentors and newcomers in words: before a yes without a name, from codes alone."""

from __future__ import annotations

from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import vocabulary
from webapp.i18n import day, isolated
from webapp.models import Mentorship
from webapp.services.alumni import mentorship_sight
from webapp.services.alumni.mentors import Mentor
from webapp.services.alumni.mentorship_letters import MENTOR
from webapp.views.volunteer.forms.fields import language


def card_of(one: Mentor) -> dict[str, Any]:
    """Return what a newcomer reads of somebody who may be asked."""
    here = language()
    where = vocabulary.country_name(one.country, here) if one.country else _("another country")
    spoken = ", ".join(vocabulary.language_name(code, here) for code in one.languages)
    return {
        "title": ngettext(
            "Served %(num)s month in %(country)s, %(year)s",
            "Served %(num)s months in %(country)s, %(year)s",
            one.months,
            country=where,
            year=one.year,
        ),
        "skill": _("Work: %(skill)s", skill=vocabulary.skill_label(one.skill, here)) if one.skill else "",
        "languages": _("Speaks %(languages)s", languages=spoken) if spoken else "",
        "url": url_for("volunteer.ask_mentor", alumnus_id=one.alumnus_id),
    }


def row_of(one: Mentorship) -> dict[str, Any]:
    """Return a line of the page: whom it is about, as far as that is open, and how it stands."""
    is_mentor = mentorship_sight.side_of(g.account, one) == MENTOR
    is_theirs = mentorship_sight.is_last_word_theirs(g.account, one)
    words, kind = _standing(one, is_mentor)
    return {
        "title": mentorship_sight.other_of(g.account, one).name or _before_yes(one, is_mentor),
        "url": url_for("volunteer.mentorship", mentorship_id=one.id),
        "words": _("has written to you") if is_theirs else words,
        "kind": "waiting" if is_theirs else kind,
        "side": _side(one, is_mentor),
    }


def newcomer_facts(one: Mentorship) -> list[tuple[str, Any]]:
    """Return what a mentor reads of a newcomer before a yes, beside their words: country, role, dates."""
    placement = one.placement
    return [
        (_("Country"), vocabulary.country_name(placement.assignment.country, language())),
        (_("Work"), placement.assignment.title),
        (_("From"), day(placement.starts_on)),
        (_("Until"), day(placement.ends_on)),
    ]


def _side(one: Mentorship, is_mentor: bool) -> str:
    """Return what the reader is in it, or the other to them; of a question that one has asked, nothing yet."""
    if is_mentor:
        return _("you are the mentor")
    return _("your mentor") if one.accepted_at else ""


def _before_yes(one: Mentorship, is_mentor: bool) -> str:
    if not is_mentor:
        return _("Somebody whom you asked on %(day)s", day=day(one.asked_at))
    where = vocabulary.country_name(one.placement.assignment.country, language())
    return _("A newcomer: %(title)s, %(country)s", title=isolated(one.placement.assignment.title), country=where)


def _standing(one: Mentorship, is_mentor: bool) -> tuple[str, str]:
    if one.state == "asked":
        return (_("waits for your yes or no"), "waiting") if is_mentor else (_("waits for an answer"), "waiting")
    if one.state == "accepted":
        return _("since %(day)s", day=day(one.accepted_at)), "going"
    if one.state == "declined":
        return _("not this time"), "closed"
    return _("ended on %(day)s", day=day(one.state_at)), "closed"
