"""What goes with a "no": what speaks for the person, and other open assignments that fit. Only the person reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from webapp import vocabulary
from webapp.models import Application, Assignment, Host, Match, Volunteer
from webapp.models.consents import ABROAD, MATCHING
from webapp.services import conditions
from webapp.services.person_relations import consents_to
from webapp.services.published import is_public
from webapp.words import Words, joined, lazy

MOST = 3  # other assignments named in an answer
MOST_STRENGTHS = 4
CANDIDATES = 40  # matches looked at to find those: some meet what the person cannot live with
SKILL_CODES = ("SKILL_STATED", "SKILL_NARROWER")
# What a reason for the "no" lies in is not praised in the same letter.
AGAINST = {"level": "skills", "licence": "skills", "language": "languages", "dates": "availability"}


def strengths(session: Session, application: Application, reason_code: str) -> list[Any]:
    """Return what of the person's own profile meets this assignment, by the match that stands; none without consent."""
    query = (
        select(Match)
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(Match.assignment_id == application.assignment_id, Match.volunteer_id == application.volunteer_id)
        .where(Match.is_current, consents_to(MATCHING))
    )
    match = session.scalars(query.order_by(Match.id.desc()).limit(1)).first()
    reasons = [one for one in match.reasons if one["criterion"] != AGAINST.get(reason_code)] if match else []
    return _praised(reasons)[:MOST_STRENGTHS]


def others(session: Session, volunteer: Volunteer, today: date) -> list[Match]:
    """Return up to three matches with public assignments to which the person may apply now and never has."""
    may_go = session.scalar(select(Volunteer.id).where(Volunteer.id == volunteer.id, consents_to(ABROAD))) is not None
    found = [match for match in _eligible(session, volunteer, today) if may_go or _is_at_home(match, volunteer)]
    return [match for match in found if not conditions.is_hidden(volunteer, match.assignment)][:MOST]


def closing(session: Session, application: Application, reason_code: str, today: date) -> Words:
    """Return the end of a letter that says no: strengths, and other openings, each where there are some."""
    parts: list[Words] = []
    if praised := strengths(session, application, reason_code):
        told = joined(praised, "; ")
        parts.append(lazy("What speaks for you, as your profile says: %(strengths)s.", strengths=told))
    if found := others(session, application.volunteer, today):
        parts.append(joined((lazy("Other open assignments that fit you:"), *map(_line, found)), "\n"))
    parts.append(lazy("Sign in to see other assignments that fit you."))
    return joined(parts)


def _eligible(session: Session, volunteer: Volunteer, today: date) -> Iterable[Match]:
    applied = select(Application.assignment_id).where(Application.volunteer_id == volunteer.id)
    query = (
        select(Match)
        .join(Match.assignment)
        .join(Host, Host.id == Assignment.host_id)
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(Match.volunteer_id == volunteer.id, Match.is_current, Match.status == "eligible")
        .where(is_public(today), consents_to(MATCHING), Match.assignment_id.not_in(applied))
        .options(contains_eager(Match.assignment).contains_eager(Assignment.host))
        .order_by(Match.band.desc(), Match.lot)
        .limit(CANDIDATES)
    )
    return session.scalars(query)


def _is_at_home(match: Match, volunteer: Volunteer) -> bool:
    return match.assignment.country is not None and match.assignment.country == volunteer.residence


def _line(match: Match) -> Words:
    assignment = match.assignment
    place = partial(vocabulary.country_name, assignment.country) if assignment.country else ""
    told = joined([part for part in (assignment.title, assignment.host.name, place) if part], ", ")
    return Words("- %(told)s", {"told": told})


def _praised(reasons: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Return, as values of words, each reason that speaks for the person."""
    found: list[Any] = []
    for reason in reasons:
        evidence, is_full = reason["evidence"], reason["contribution"] >= reason["possible"]
        if reason["code"] in SKILL_CODES and is_full:
            found.append(partial(vocabulary.skill_label, evidence["skill"]))
        elif reason["code"] == "LANGUAGE_MET":
            found.append(partial(vocabulary.language_name, evidence["language"]))
        elif reason["code"] == "WEEKS_ENOUGH":
            found.append(lazy("you are free when it is needed"))
    return found
