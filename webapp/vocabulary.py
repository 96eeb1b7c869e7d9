"""Codes to words in the reader's language, and the choices that forms offer; beside ranking, a bridge to `matching`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from zoneinfo import available_timezones

from babel import Locale

from matching import Reference
from webapp.config import LANGUAGES
from webapp.words import Words, lazy

Choices = list[tuple[str, str]]
NAMED = 5_000  # names in a language that are kept

LEVELS: dict[int, Words] = {
    1: lazy("with guidance"),
    2: lazy("alone"),
    3: lazy("in hard conditions, or leading others"),
    4: lazy("I teach others"),
}
CEFR: dict[str, Words] = {
    "A1": lazy("A1: a few words and simple phrases"),
    "A2": lazy("A2: simple everyday talk"),
    "B1": lazy("B1: I manage most everyday situations"),
    "B2": lazy("B2: I work in it, with some effort"),
    "C1": lazy("C1: I work in it with ease"),
    "C2": lazy("C2: nearly everything, in all settings"),
    "N": lazy("First language"),
}
KNOWN_BY: dict[str, Words] = {
    "own": lazy("own word"),
    "certificate": lazy("certificate"),
    "interview": lazy("interview"),
}
EXPERIENCE_LEVELS: dict[str, Words] = {
    "newcomer": lazy("a newcomer can do it"),
    "experienced": lazy("for experienced people"),
    "specialist": lazy("for a specialist"),
}
MODES: dict[str, Words] = {"on_site": lazy("on site"), "online": lazy("online"), "either": lazy("on site or online")}
CONTACT: dict[str, Words] = {
    "none": lazy("none"),
    "supervised": lazy("supervised by the host's staff"),
    "unsupervised": lazy("alone with them at times"),
}
# Conditions of life: the volunteer answers fine / ask me / cannot; assignments state facts (services/conditions.py).
CONDITIONS: dict[str, Words] = {
    "shared_room": lazy("a shared room"),
    "host_family": lazy("living with a host family"),
    "no_running_water": lazy("no running water"),
    "no_power": lazy("no or little electricity"),
    "no_internet": lazy("no internet for days"),
    "far_hospital": lazy("a hospital more than three hours away"),
    "heat": lazy("heat above 38 degrees"),
    "cold": lazy("cold below minus 15 degrees"),
    "altitude": lazy("altitude above 2,500 metres"),
    "walking": lazy("walking more than 5 km a day"),
    "steps": lazy("places with steps"),
}
# What a host can say of a place; services/conditions.py reads these codes.
WATER: dict[str, Words] = {
    "running": lazy("running water in the house"),
    "well": lazy("a well or tap outside"),
    "carried": lazy("water is carried or delivered"),
}
POWER: dict[str, Words] = {
    "steady": lazy("electricity all day"),
    "cuts": lazy("electricity with cuts"),
    "few_hours": lazy("electricity for some hours a day"),
    "solar": lazy("solar or a generator only"),
    "none": lazy("no electricity"),
}
INTERNET: dict[str, Words] = {
    "steady": lazy("internet every day"),
    "slow": lazy("slow internet, enough for messages"),
    "phone_only": lazy("internet on a mobile phone only"),
    "town": lazy("internet only in the next town"),
    "none": lazy("no internet"),
}
PAYERS: dict[str, Words] = {
    "host": lazy("the host"),
    "vio": lazy("the coordinator's organization"),
    "volunteer": lazy("the volunteer"),
    "sponsor": lazy("a sponsor"),
    "third_party": lazy("somebody else"),
}
HOST_KINDS: dict[str, Words] = {
    "ngo": lazy("non-governmental organization"),
    "community": lazy("community group"),
    "school": lazy("school or training centre"),
    "university": lazy("university or research institute"),
    "clinic": lazy("clinic or hospital"),
    "cooperative": lazy("cooperative or farmers' union"),
    "workshop": lazy("workshop of craftspeople"),
    "museum": lazy("museum or archive"),
    "enterprise": lazy("social or small enterprise"),
    "government": lazy("local or national government"),
    "international": lazy("international organization"),
    "other": lazy("something else"),
}
STATES: dict[str, Words] = {
    "draft": lazy("Draft"),
    "submitted": lazy("Waiting for an answer"),
    "changes_requested": lazy("Changes asked for"),
    "open": lazy("Open"),
    "filled": lazy("Filled"),
    "closed": lazy("Closed"),
    "cancelled": lazy("Cancelled"),
    "shortlisted": lazy("On the shortlist"),
    "interview": lazy("Interview"),
    "selected": lazy("Selected"),
    "declined": lazy("Declined"),
    "withdrawn": lazy("Withdrawn"),
    "unverified": lazy("Not verified yet"),
    "asked": lazy("Verification asked for"),
    "verified": lazy("Verified"),
}


@cache
def reference() -> Reference:
    """Return the reference tables, read once for each process."""
    return Reference.load()


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language if language in LANGUAGES else "en")


# Lists say the same few names again and again, and Babel looks each of them up in layers.
@lru_cache(maxsize=NAMED)
def country_name(iso2: str | None, language: str) -> str:
    """Return a country's name as CLDR writes it (through Babel), or the code where it knows none."""
    return str(_locale(language).territories.get(iso2 or "", iso2 or ""))


@lru_cache(maxsize=NAMED)
def language_name(code: str, language: str) -> str:
    """Return a language's name in the reader's language; in English where CLDR knows none (some sign languages)."""
    known = reference().languages.get(code)
    return str(_locale(language).languages.get(code.replace("-", "_"), known.name_en if known else code))


def skill_label(code: str, language: str) -> str:
    """Return a skill's label; a code that the taxonomy does not have stays a code."""
    skill = reference().skills.get(code)
    return skill.label(language) if skill else code


def is_licensed(code: str) -> bool:
    """Whether the taxonomy says that a skill usually needs a licence to practise."""
    skill = reference().skills.get(code)
    return skill is not None and skill.licensed


def find_skills(text: str, language: str, most: int = 20) -> Choices:
    """Return skills whose label or synonym (the reader's or English) holds every word of `text`, closest first."""
    words = text.casefold().split()
    found: list[tuple[int, str, str]] = []
    for skill in reference().skills.values() if words else ():
        synonyms = [name for tongue in dict.fromkeys((language, "en")) for name in skill.synonyms.get(tongue, ())]
        names = [name.casefold() for name in (skill.label(language), skill.label("en"), *synonyms)]
        ranks = [
            (not name.startswith(words[0])) + 2 * (place > 1)
            for place, name in enumerate(names)
            if all(word in name for word in words)
        ]
        if ranks:
            found.append((min(ranks), skill.label(language), skill.code))
    return [(code, label) for _rank, label, code in sorted(found)[:most]]


def family_label(code: str, language: str) -> str:
    """Return the label of a family of skills."""
    return reference().families[code].label(language)


def route_name(route_id: str, language: str) -> str:
    """Return a route's name."""
    return reference().routes[route_id].name(language)


def sector_label(code: str | None, language: str) -> str:
    """Return a sector's label; blank where none is given."""
    return reference().sectors[code].label(language) if code else ""


def goal_label(goal: str | int, language: str) -> str:
    """Return an SDG goal with its number."""
    return f"{goal}. {reference().sdg_goals[str(goal)].label(language)}"


def _sorted(pairs: Iterable[tuple[str, str]]) -> Choices:
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def country_choices(language: str) -> Choices:
    """Return all countries and territories, by name."""
    return list(_countries_by_name(language))


@cache
def _countries_by_name(language: str) -> tuple[tuple[str, str], ...]:
    return tuple(_sorted((code, country_name(code, language)) for code in reference().countries))


# CLDR names the regions of the United Nations too, under their M49 numbers.
M49 = {
    "Northern Africa": "015",
    "Western Africa": "011",
    "Middle Africa": "017",
    "Eastern Africa": "014",
    "Southern Africa": "018",
    "Central Asia": "143",
    "Eastern Asia": "030",
    "South-eastern Asia": "035",
    "Southern Asia": "034",
    "Western Asia": "145",
    "Northern Europe": "154",
    "Western Europe": "155",
    "Eastern Europe": "151",
    "Southern Europe": "039",
    "Northern America": "021",
    "Central America": "013",
    "Caribbean": "029",
    "South America": "005",
    "Australia and New Zealand": "053",
    "Melanesia": "054",
    "Micronesia": "057",
    "Polynesia": "061",
}


def country_groups(language: str) -> list[tuple[str, Choices]]:
    """Return all countries and territories by region of the world, as the groups of a select."""
    groups: dict[str, Choices] = {name: [] for name in (*M49, "")}
    for code, country in reference().countries.items():
        groups[country.un_subregion].append((code, country_name(code, language)))
    return [(country_name(M49.get(name, "001"), language), _sorted(found)) for name, found in groups.items() if found]


def language_choices(language: str) -> Choices:
    """Return the languages of the reference table, by name."""
    return list(_languages_by_name(language))


@cache
def _languages_by_name(language: str) -> tuple[tuple[str, str], ...]:
    return tuple(_sorted((code, language_name(code, language)) for code in reference().languages))


def route_choices(language: str, extensions: bool = False) -> Choices:
    """Return the routes that can be chosen; extensions are this project's reading and kept apart."""
    routes = reference().routes.values()
    return [(r.id, r.name(language)) for r in routes if r.status != "note_only" and r.is_extension == extensions]


def sector_choices(language: str) -> Choices:
    """Return the sectors."""
    return [(code, term.label(language)) for code, term in reference().sectors.items()]


def goal_choices(language: str) -> Choices:
    """Return the SDG goals with their numbers."""
    return [(goal, goal_label(goal, language)) for goal in reference().sdg_goals]


def target_choices() -> Choices:
    """Return the SDG targets (summaries in English)."""
    return [(code, f"{code} {target.summary_en}") for code, target in reference().sdg_targets.items()]


@cache
def time_zone_choices() -> Choices:
    """Return the time zones that have a place in their name."""
    names = (
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/"))
    )
    return [(zone, zone.replace("_", " ")) for zone in sorted(names)]
