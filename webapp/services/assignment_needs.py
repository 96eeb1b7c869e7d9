"""What an assignment must say before a coordinator can publish it: each item by field, with what to do."""

from __future__ import annotations

from datetime import date

from webapp.models import Assignment
from webapp.services.coach import stay_is_longer_than_dates, to_fill_in
from webapp.services.team_sums import differing_sums
from webapp.words import Words, lazy

_TEXTS: dict[str, Words] = {
    "title": lazy("Give it a title that says what the person will do."),
    "tasks": lazy("Describe the tasks."),
    "expected_results": lazy("Say what shall be different at the end."),
    "learning": lazy("Say what the volunteer will learn."),
    "local_strengths": lazy("Say what your own team already does well."),
    "plain_day": lazy("Describe a plain day."),
    "hardest_thing": lazy("Name the hardest thing about it."),
    "supervisor": lazy("Name the person who supervises the volunteer."),
    "counterpart": lazy("Name the local colleague with whom the volunteer works."),
    "community_consulted": lazy("Say who in the community was asked, and what changed through it."),
    "locals_sought": lazy("Say how you looked for local people first."),
    "why_not_paid_local": lazy("Say why this is not a paid post for a local person."),
    "handover": lazy("Say who goes on with the work afterwards."),
    "funder": lazy("Name who funds the work, or write “none”."),
    "sponsor": lazy("Name the sponsor, or write “none”."),
    "project_ties": lazy("Name ties to a construction or investment project, or write “none”."),
    "community_dispute": lazy("Name any dispute in the community that you know of, or write “none”."),
    "national_priority": lazy("Name the national plan or priority that the work serves."),
}
_ANSWERS: dict[str, Words] = {
    "sector": lazy("Choose the sector."),
    "experience_level": lazy("Say whether a newcomer can do it."),
    "mode": lazy("Say whether it is on site or online."),
    "country": lazy("Choose the country."),
    "start_on": lazy("Give the first day."),
    "end_on": lazy("Give the last day."),
    "weeks": lazy("Give the shortest stay that works, in weeks."),
    "hours": lazy("Give the hours of work a week."),
    "contact_children": lazy("Say what contact with children there is."),
    "contact_adults": lazy("Say what contact with adults at risk there is."),
    "supervision_hours": lazy("Give the hours of supervision a week."),
    "is_child_institution": lazy("Answer yes or no: an institution where children live."),
    "has_clinical_acts": lazy("Answer yes or no: acts on patients."),
    "is_security_work": lazy("Answer yes or no: guarding, police or military work."),
    "is_party_or_religious_work": lazy("Answer yes or no: work for a party or a religion."),
    "replaces_strikers": lazy("Answer yes or no: standing in for people on strike."),
    "has_fees_not_listed": lazy("Answer yes or no: fees outside the list of money."),
    "was_paid_post": lazy("Answer yes or no: a paid post within the last two years."),
}
_ON_SITE: dict[str, Words] = {
    "location": lazy("Name the town or village."),
    "lodging": lazy("Say where the volunteer lives."),
    "water": lazy("Say how water comes to the house."),
    "power": lazy("Say what electricity there is."),
    "internet": lazy("Say what internet there is."),
    "hospital_hours": lazy("Say how many hours it takes to a hospital."),
    "step_free": lazy("Say whether home and work can be reached without steps."),
}
_ONLINE: dict[str, Words] = {
    "online_from": lazy("Say from what time somebody of your team can be met online."),
    "online_to": lazy("Say until what time somebody of your team can be met online."),
    "time_zone": lazy("Choose the time zone of these hours."),
}
_LISTS: dict[str, Words] = {
    "skills": lazy("Choose at least one skill that the work needs."),
    "languages": lazy("Name at least one language that the work needs."),
    "money": lazy("Say who pays for lodging, food and travel, one line for each."),
    "sdg_targets": lazy("Choose at least one target of the Sustainable Development Goals."),
}


def missing_items(assignment: Assignment, today: date) -> dict[str, Words]:
    """Return what is missing or cannot be right before publication, by field, in the order of the form."""
    needed = _TEXTS | _ANSWERS | _LISTS
    if assignment.mode in ("on_site", "either"):
        needed |= _ON_SITE
    if assignment.mode in ("online", "either"):
        needed |= _ONLINE
    found = {name: _missing(getattr(assignment, name), usual) for name, usual in needed.items()}
    missing = {name: words for name, words in found.items() if words}
    if not assignment.places:
        missing["places_international"] = lazy("Say how many places there are; at least one.")
    missing |= differing_sums(assignment, assignment.team)
    return missing | _wrong_dates(assignment, today)


def blanks_left(assignment: Assignment) -> dict[str, Words]:
    """Return by field which blanks of a template still stand in its texts: nobody may publish them."""
    return {name: words for name in _TEXTS if (words := still_to_fill_in(getattr(assignment, name)))}


def still_to_fill_in(value: object) -> Words | None:
    """Return what to do about the blanks in a text; None where there are none, or it is no text."""
    blanks = to_fill_in(value) if isinstance(value, str) else ()
    if not blanks:
        return None
    return lazy("Fill in what stands in square brackets, or take it out: %(what)s.", what=", ".join(blanks))


def _missing(value: object, usual: Words) -> Words | None:
    return usual if _is_blank(value) else still_to_fill_in(value)


def _wrong_dates(assignment: Assignment, today: date) -> dict[str, Words]:
    start, end, weeks = assignment.start_on, assignment.end_on, assignment.weeks
    if end is not None and end < today:
        return {"end_on": lazy("The last day is over. Choose dates to come.")}
    if stay_is_longer_than_dates(start, end, weeks):
        return {"weeks": lazy("The shortest stay is longer than the time between the first and the last day.")}
    return {}


def _is_blank(value: object) -> bool:
    return not value.strip() if isinstance(value, str) else value is None or value == []
