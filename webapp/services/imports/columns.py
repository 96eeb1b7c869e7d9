"""Our columns: the same names in import, export and templates, each with a label and how its cells are read."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.words import Words, lazy


@dataclass(frozen=True)
class Column:
    """One column: `reader` names the reader of its cells (cells.READERS)."""

    name: str
    label: Words
    reader: str = "text"
    is_needed: bool = False
    only_in: bool = False  # read from lists, never written: its value ends in another column


def _c(name: str, label: Words, reader: str = "text", needed: bool = False, only_in: bool = False) -> Column:
    return Column(name, label, reader, needed, only_in)


VOLUNTEERS: tuple[Column, ...] = (
    _c("id", lazy("Your own number"), "id"),
    _c("full_name", lazy("Full name"), "name", needed=True),
    _c("call_me", lazy("Called"), "line100"),
    _c("email", lazy("E-mail"), "email"),
    _c("phone", lazy("Phone"), "line50"),
    _c("residence", lazy("Country of residence"), "country"),
    _c("consent_matching", lazy("Agrees to be matched"), "flag"),
    _c("consent_matching_on", lazy("Agreed to be matched on"), "past_date"),
    _c("consent_matching_how", lazy("How the agreement to be matched was given")),
    _c("consent_abroad", lazy("Agrees to be matched abroad"), "flag"),
    _c("consent_abroad_on", lazy("Agreed to be matched abroad on"), "past_date"),
    _c("consent_abroad_how", lazy("How the agreement to be matched abroad was given")),
    _c("skills", lazy("Skills"), "held_skills"),
    _c("skill_level", lazy("Level of skills that name none"), "skill_level", only_in=True),
    _c("licences", lazy("Licences"), "licences"),
    _c("languages", lazy("Languages"), "held_languages"),
    _c("language_level", lazy("Level of languages that name none"), "cefr", only_in=True),
    _c("countries", lazy("Countries where willing to serve"), "countries"),
    _c("routes", lazy("Routes where willing to serve"), "routes"),
    _c("anywhere", lazy("Willing to serve anywhere"), "flag"),
    _c("excluded", lazy("Countries excluded"), "countries"),
    _c("availability", lazy("Availability"), "windows"),
    _c("available_from", lazy("Available from"), "plan_date", only_in=True),
    _c("available_until", lazy("Available until"), "plan_date", only_in=True),
    _c("stay_min_weeks", lazy("Shortest stay in weeks"), "weeks"),
    _c("stay_max_weeks", lazy("Longest stay in weeks"), "weeks"),
    _c("modes", lazy("On site or online"), "modes"),
    _c("online_hours", lazy("Hours online a week"), "week_hours"),
    _c("online_from", lazy("Online from"), "clock"),
    _c("online_to", lazy("Online until"), "clock"),
    _c("time_zone", lazy("Time zone"), "zone"),
    _c("causes", lazy("Causes (SDG goals)"), "goals"),
    _c("served", lazy("Countries of earlier service"), "countries"),
    _c("experience", lazy("Experience")),
    _c("motivation", lazy("Motivation")),
    _c("open_to_all", lazy("Open to other organizations"), "flag"),
)
HOSTS: tuple[Column, ...] = (
    _c("id", lazy("Your own number"), "id"),
    _c("name", lazy("Name of the organization"), "name", needed=True),
    _c("country", lazy("Country"), "country"),
    _c("location", lazy("Town or village"), "name"),
    _c("kind", lazy("Kind of organization"), "host_kind"),
    _c("about", lazy("About the organization")),
    _c("website", lazy("Website"), "line300"),
    _c("contact_name", lazy("Contact person"), "name"),
    _c("contact_email", lazy("E-mail"), "email"),
    _c("contact_phone", lazy("Phone"), "line50"),
    _c("registration_number", lazy("Registration number"), "line100"),
    _c("reference_one", lazy("First reference"), "line300"),
    _c("reference_two", lazy("Second reference"), "line300"),
    _c("safeguarding_person", lazy("Responsible for safeguarding"), "name"),
    _c("conduct_policy_signed_on", lazy("Conduct policy signed on"), "past_date"),
    _c("conduct_policy_signed_by", lazy("Conduct policy signed by"), "name"),
)
ASSIGNMENTS: tuple[Column, ...] = (
    _c("id", lazy("Your own number"), "id"),
    _c("host_id", lazy("Host organization (your number or its name)"), "host", needed=True),
    _c("title", lazy("Title"), "name", needed=True),
    _c("sector", lazy("Sector"), "sector"),
    _c("tasks", lazy("Tasks"), needed=True),
    _c("plain_day", lazy("A plain day")),
    _c("hardest_thing", lazy("The hardest thing")),
    _c("expected_results", lazy("Expected results")),
    _c("learning", lazy("What the volunteer learns")),
    _c("local_strengths", lazy("What the local team does well")),
    _c("skills_text", lazy("Skills in the host's own words")),
    _c("skills_essential", lazy("Essential skills"), "asked_skills"),
    _c("skills_desirable", lazy("Desirable skills"), "asked_skills"),
    _c("licensed_skills", lazy("Skills that need a licence"), "skills"),
    _c("experience_level", lazy("Experience needed"), "experience_level"),
    _c("languages", lazy("Languages needed"), "asked_languages"),
    _c("language_level", lazy("Level of languages that name none"), "cefr", only_in=True),
    _c("languages_helpful", lazy("Languages that help"), "languages"),
    _c("hours", lazy("Hours a week"), "week_hours"),
    _c("mode", lazy("On site or online"), "mode"),
    _c("country", lazy("Country"), "country"),
    _c("location", lazy("Town or village"), "name"),
    _c("start_on", lazy("First day"), "plan_date"),
    _c("end_on", lazy("Last day"), "plan_date"),
    _c("weeks", lazy("Shortest stay in weeks"), "weeks"),
    _c("time_zone", lazy("Time zone"), "zone"),
    _c("online_from", lazy("Online from"), "clock"),
    _c("online_to", lazy("Online until"), "clock"),
    _c("places_international", lazy("International places"), "count"),
    _c("places_national", lazy("National places"), "count"),
    _c("places_local", lazy("Local places"), "count"),
    _c("lodging", lazy("Lodging"), "line300"),
    _c("water", lazy("Water"), "water"),
    _c("power", lazy("Electricity"), "power"),
    _c("internet", lazy("Internet"), "internet"),
    _c("hospital_hours", lazy("Hours to a hospital"), "number"),
    _c("hottest_celsius", lazy("Hottest (degrees)"), "degrees"),
    _c("coldest_celsius", lazy("Coldest (degrees)"), "degrees"),
    _c("altitude_metres", lazy("Altitude in metres"), "degrees"),
    _c("walking_km", lazy("Walking a day in km"), "number"),
    _c("step_free", lazy("Reached without steps"), "flag"),
    _c("conditions_text", lazy("Conditions of life")),
    _c("contact_children", lazy("Contact with children"), "contact"),
    _c("contact_adults", lazy("Contact with adults at risk"), "contact"),
    _c("supervisor", lazy("Supervisor"), "name"),
    _c("supervision_hours", lazy("Hours of supervision a week"), "number"),
    _c("counterpart", lazy("Local counterpart"), "name"),
    _c("community_consulted", lazy("Who in the community was asked")),
    _c("is_child_institution", lazy("An institution where children live"), "flag"),
    _c("has_clinical_acts", lazy("Acts on patients"), "flag"),
    _c("is_security_work", lazy("Guarding, police or military work"), "flag"),
    _c("is_party_or_religious_work", lazy("Work for a party or a religion"), "flag"),
    _c("replaces_strikers", lazy("Stands in for people on strike"), "flag"),
    _c("has_fees_not_listed", lazy("Fees outside the list of money"), "flag"),
    _c("was_paid_post", lazy("A paid post within the last two years"), "flag"),
    _c("locals_sought", lazy("How local people were looked for")),
    _c("why_not_paid_local", lazy("Why it is no paid post for a local person")),
    _c("handover", lazy("Who goes on with the work")),
    _c("funder", lazy("Funder"), "line300"),
    _c("sponsor", lazy("Sponsor"), "line300"),
    _c("project_ties", lazy("Ties to a construction or investment project")),
    _c("community_dispute", lazy("Disputes in the community")),
    _c("national_priority", lazy("National priority")),
    _c("sdg_targets", lazy("SDG targets"), "targets"),
    _c("money", lazy("Money (who pays whom, what, how much, when)"), "money"),
)
COLUMNS: dict[str, tuple[Column, ...]] = {"volunteers": VOLUNTEERS, "hosts": HOSTS, "assignments": ASSIGNMENTS}


def names(kind: str) -> tuple[str, ...]:
    """Return the names of the columns that are written to lists of this kind."""
    return tuple(column.name for column in COLUMNS[kind] if not column.only_in)


def column(kind: str, name: str) -> Column:
    """Return one of our columns; KeyError where there is none of this name."""
    return {one.name: one for one in COLUMNS[kind]}[name]
