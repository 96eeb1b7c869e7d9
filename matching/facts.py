"""The records of the reference data, one class per table: what one line of each file says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

MembershipBasis = Literal["named", "inferred", "extension_rule"]
UI_LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")


@dataclass(frozen=True)
class Country:
    """An ISO 3166-1 entry; `aliases` are other English names under which lists name it."""

    iso2: str
    iso3: str
    name_en: str
    region: str
    un_subregion: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Partner:
    """What the Belt and Road tables say of a country; `mou_status` signed, withdrawn, china (the initiator) or none."""

    iso2: str
    mou_status: str
    mou_year: int | None
    mou_year_confidence: str
    official_languages: tuple[str, ...]
    route_role: tuple[str, ...]
    route_basis: str
    source: tuple[str, ...]
    notes: str


@dataclass(frozen=True)
class Membership:
    """One country on one route; `basis` says who put it there: a source, our reading, or our extension rule."""

    iso2: str
    route_id: str
    basis: MembershipBasis


@dataclass(frozen=True)
class Route:
    """A corridor, a sea passage or a project extension; `status` is classical, note_only or project_rule."""

    id: str
    names: dict[str, str]
    kind: str
    status: str
    description_en: str
    source: tuple[str, ...]

    @property
    def is_extension(self) -> bool:
        """True where the route is this project's own addition and no Belt and Road term."""
        return self.kind == "extension"

    def name(self, language: str) -> str:
        """Return the name in a user interface language, in English where there is none."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True)
class Stop:
    """A place on a route in its order (None: unordered); degrees locate the place, not the alignment."""

    route_id: str
    branch: str
    seq: int | None
    iso2: str
    place: str
    lat: float
    lon: float
    basis: str


ByLanguage = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Term:
    """A code with its label in the six languages: a skill family, a sector or an SDG goal."""

    code: str
    labels: dict[str, str]

    def label(self, language: str) -> str:
        """Return the label in a user interface language, in English where there is none."""
        return self.labels.get(language) or self.labels["en"]


@dataclass(frozen=True)
class Skill(Term):
    """A skill of the taxonomy; `broader` is one skill code or None, `esco` a UUID or blank.

    `synonyms` are other words for it by language (BCP 47), of more languages than have labels; `examples` are what
    people say who have it, without naming it.
    """

    family: str
    synonyms: ByLanguage
    examples: ByLanguage
    broader: str | None
    related: tuple[str, ...]
    licensed: bool
    esco: str

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield all that it is called: (language, label or synonym), labels first."""
        yield from self.labels.items()
        for language, synonyms in self.synonyms.items():
            yield from ((language, synonym) for synonym in synonyms)

    def said(self) -> Iterator[tuple[str, str]]:
        """Yield all that speaks of it: (language, label, synonym or example)."""
        yield from self.names()
        for language, examples in self.examples.items():
            yield from ((language, example) for example in examples)


@dataclass(frozen=True)
class Language:
    """A language with its BCP 47 code and its usual script (ISO 15924)."""

    code: str
    name_en: str
    script: str


@dataclass(frozen=True)
class SdgTarget:
    """A target of the Sustainable Development Goals with a short summary in this project's words."""

    target: str
    goal: str
    summary_en: str


@dataclass(frozen=True)
class Caveat:
    """A sentence that must stand where the facts it limits are shown."""

    code: str
    text_en: str
    shown_where: tuple[str, ...]
