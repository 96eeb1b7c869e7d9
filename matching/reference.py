"""Reads the reference tables (countries, routes, skills, ...) and answers questions about them."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from matching.facts import (
    UI_LANGUAGES,
    ByLanguage,
    Caveat,
    Country,
    Language,
    Membership,
    MembershipBasis,
    Partner,
    Route,
    SdgTarget,
    Skill,
    Stop,
    Term,
)
from matching.routes import Edge, Leg, RouteGraph

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "data" / "reference"
ON_A_ROUTE: tuple[MembershipBasis, ...] = ("named", "inferred")
_MEMBERSHIP_COLUMNS: tuple[tuple[str, MembershipBasis], ...] = (
    ("routes_named", "named"),
    ("routes_inferred", "inferred"),
    ("routes_extension", "extension_rule"),
)

EARTH_RADIUS_KM = 6371

Row = dict[str, str]


@dataclass(frozen=True, eq=False)
class Reference:
    """All reference tables, keyed by their codes; load once, share freely, never change."""

    countries: dict[str, Country]
    partners: dict[str, Partner]
    memberships: dict[str, tuple[Membership, ...]]
    routes: dict[str, Route]
    stops: tuple[Stop, ...]
    graph: RouteGraph
    families: dict[str, Term]
    skills: dict[str, Skill]
    languages: dict[str, Language]
    sdg_goals: dict[str, Term]
    sdg_targets: dict[str, SdgTarget]
    sectors: dict[str, Term]
    caveats: dict[str, Caveat]
    fingerprint: str

    @staticmethod
    def load(path: Path | None = None) -> Reference:
        """Read the tables (default: data/reference); the result is kept. FileNotFoundError where one is missing."""
        return _load((path or DEFAULT_FOLDER).resolve())

    def routes_of(self, iso2: str, basis: tuple[MembershipBasis, ...] = ON_A_ROUTE) -> tuple[str, ...]:
        """Return the routes of a country, by default without this project's extensions; empty where there is none."""
        return tuple(entry.route_id for entry in self.memberships.get(iso2, ()) if entry.basis in basis)

    def countries_on(self, route_id: str, basis: tuple[MembershipBasis, ...] = ON_A_ROUTE) -> tuple[str, ...]:
        """Return the countries of a route; name `extension_rule` in `basis` for the members of an extension."""
        entries = (entry for found in self.memberships.values() for entry in found)
        return tuple(entry.iso2 for entry in entries if entry.route_id == route_id and entry.basis in basis)

    def hops(self, start: str, end: str) -> int | None:
        """Return the links between two countries; None, never a number, where either is off the graph."""
        return self.graph.hops(start, end)

    def path(self, start: str, end: str) -> list[Leg]:
        """Return the legs between two countries; empty where they are the same or there is no path."""
        return self.graph.path(start, end)

    def country_code(self, text: str) -> str | None:
        """Return the ISO code for a code, an English name or an alias, in any case; None where it is not known."""
        return _country_names(self).get(" ".join(text.replace("\u2019", "'").split()).casefold())


@cache
def _load(folder: Path) -> Reference:
    partners = list(_rows(folder / "bri_countries.csv"))
    stops = tuple(_stop(row) for row in _rows(folder / "route_stops.csv"))
    return Reference(
        countries={row["iso2"]: _country(row) for row in _rows(folder / "countries.csv")},
        partners={row["iso2"]: _partner(row) for row in partners},
        memberships={row["iso2"]: _memberships(row) for row in partners},
        routes={row["id"]: _route(row) for row in _rows(folder / "routes.csv")},
        stops=stops,
        graph=RouteGraph(_edge(row, stops) for row in _rows(folder / "route_edges.csv")),
        families={row["code"]: _term(row, "code") for row in _rows(folder / "skill_families.csv")},
        skills=_skills(folder),
        languages={row["code"]: Language(**row) for row in _rows(folder / "languages.csv")},
        sdg_goals={row["goal"]: _term(row, "goal") for row in _rows(folder / "sdg_goals.csv")},
        sdg_targets={row["target"]: SdgTarget(**row) for row in _rows(folder / "sdg_targets.csv")},
        sectors={row["code"]: _term(row, "code") for row in _rows(folder / "sectors.csv")},
        caveats={row["code"]: _caveat(row) for row in _rows(folder / "caveats.csv")},
        fingerprint=_fingerprint(folder),
    )


def _rows(path: Path) -> Iterator[Row]:
    # The csv module leaves every cell as text: Namibia's code NA stays what it is.
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, strict=True)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.csv")):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _items(cell: str) -> tuple[str, ...]:
    return tuple(item for item in (part.strip() for part in cell.split("|")) if item)


def _texts(row: Row, prefix: str) -> dict[str, str]:
    return {language: row[f"{prefix}_{language}"] for language in UI_LANGUAGES if row[f"{prefix}_{language}"]}


def _term(row: Row, key: str) -> Term:
    return Term(row[key], _texts(row, "label"))


def _country(row: Row) -> Country:
    return Country(
        row["iso2"],
        row["iso3"],
        row["name_en"],
        row["region"],
        row["un_subregion"],
        _items(row["aliases_en"]),
    )


def _partner(row: Row) -> Partner:
    return Partner(
        iso2=row["iso2"],
        mou_status=row["mou_status"],
        mou_year=int(row["mou_year"]) if row["mou_year"] else None,
        mou_year_confidence=row["mou_year_confidence"],
        official_languages=_items(row["official_languages"]) + _items(row["official_languages_other"]),
        route_role=_items(row["route_role"]),
        route_basis=row["route_basis"],
        source=_items(row["source"]),
        notes=row["notes"],
    )


def _memberships(row: Row) -> tuple[Membership, ...]:
    return tuple(
        Membership(row["iso2"], route_id, basis)
        for column, basis in _MEMBERSHIP_COLUMNS
        for route_id in _items(row[column])
    )


def _route(row: Row) -> Route:
    names = _texts(row, "name")
    return Route(
        row["id"],
        names,
        row["kind"],
        row["status"],
        row["description_en"],
        _items(row["source"]),
    )


def _stop(row: Row) -> Stop:
    return Stop(
        route_id=row["route_id"],
        branch=row["branch"],
        seq=int(row["seq"]) if row["seq"] else None,
        iso2=row["iso2"],
        place=row["place"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        basis=row["basis"],
    )


def _edge(row: Row, stops: tuple[Stop, ...]) -> Edge:
    start, end = row["iso2_a"], row["iso2_b"]
    span = _span_km(_stops_of(start, row["route_id"], stops), _stops_of(end, row["route_id"], stops))
    return Edge(start, end, row["route_id"], row["kind"], row["basis"], span)


def _stops_of(iso2: str, route_id: str, stops: tuple[Stop, ...]) -> list[Stop]:
    there = [stop for stop in stops if stop.iso2 == iso2]
    return [stop for stop in there if stop.route_id == route_id] or there


def _span_km(starts: list[Stop], ends: list[Stop]) -> int:
    return round(min(_apart_km(start, end) for start in starts for end in ends))


def _apart_km(start: Stop, end: Stop) -> float:
    phi, theta = radians(start.lat), radians(end.lat)
    chord = sin((theta - phi) / 2) ** 2 + cos(phi) * cos(theta) * sin(radians(end.lon - start.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))


def _skills(folder: Path) -> dict[str, Skill]:
    synonyms = _said(folder / "skill_synonyms.csv", "synonym")
    examples = _said(folder / "skill_examples.csv", "example")
    return {
        row["code"]: _skill(row, synonyms.get(row["code"], {}), examples.get(row["code"], {}))
        for row in _rows(folder / "skills.csv")
    }


def _said(path: Path, column: str) -> dict[str, ByLanguage]:
    """Return the texts of a column by skill and language, in the order of the file."""
    found: dict[str, ByLanguage] = {}
    for row in _rows(path):
        known = found.setdefault(row["code"], {})
        known[row["lang"]] = (*known.get(row["lang"], ()), row[column])
    return found


def _skill(row: Row, synonyms: ByLanguage, examples: ByLanguage) -> Skill:
    return Skill(
        code=row["code"],
        labels=_texts(row, "label"),
        family=row["family"],
        synonyms=synonyms,
        examples=examples,
        broader=row["broader"] or None,
        related=_items(row["related"]),
        licensed=row["licensed"] == "yes",
        esco=row["esco"],
    )


def _caveat(row: Row) -> Caveat:
    return Caveat(row["code"], row["text_en"], _items(row["shown_where"]))


@cache
def _country_names(reference: Reference) -> dict[str, str]:
    names: dict[str, str] = {}
    for country in reference.countries.values():
        for name in (country.iso2, country.iso3, country.name_en, *country.aliases):
            names.setdefault(name.casefold(), country.iso2)
    return names
