"""What the library knows about one volunteer and one assignment: plain, frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

CEFR_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "N")
MODES = ("on_site", "online")
SKILL_LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """A skill that a volunteer states, 1 (with guidance) to 4 (teaches others); the year is shown, never scored."""

    code: str
    level: int
    last_used: int | None = None


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence to practise a skill, given by a country; `valid_until` None where no date is stated."""

    skill: str
    country: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class HeldLanguage:
    """A language with its CEFR step (1 = A1 ... 6 = C2, 7 = native) and how it is known."""

    code: str
    level: int
    basis: str = "own"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days, both ends included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Hours:
    """Local times of day in minutes after midnight, and the IANA name of the place whose clock they follow."""

    start: int
    end: int
    time_zone: str


@dataclass(frozen=True, slots=True)
class Volunteer:
    """One profile; empty or None means "not known". It holds no name, sex, age, nationality or motivation."""

    id: str
    residence: str = ""
    consent_matching: bool = False
    consent_abroad: bool = False
    skills: tuple[HeldSkill, ...] = ()
    licences: tuple[Licence, ...] = ()
    languages: tuple[HeldLanguage, ...] = ()
    countries: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    anywhere: bool = False
    excluded: tuple[str, ...] = ()
    no_go: tuple[str, ...] = ()
    availability: tuple[Window, ...] = ()
    stay_min_weeks: int | None = None
    stay_max_weeks: int | None = None
    modes: tuple[str, ...] = ()
    online_hours: int | None = None
    hours: Hours | None = None
    causes: tuple[int, ...] = ()
    served: tuple[str, ...] = ()
    experience: str = ""
    noted: str = ""  # what whoever keeps the profile notes with it, in hexadecimal; no rule or criterion reads it


@dataclass(frozen=True, slots=True)
class AskedSkill:
    """A skill that an assignment asks for; a level that is not named (`implied`) follows from the experience level."""

    code: str
    level: int
    implied: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class AskedLanguage:
    """A language that an assignment needs, with its minimum step and whether somebody's safety depends on it."""

    code: str
    level: int
    safety: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment; an empty tuple, text or None means "not known", open places that are not named are none."""

    id: str
    title: str = ""
    tasks: str = ""
    expected_results: str = ""
    skills_text: str = ""
    essential: tuple[AskedSkill, ...] = ()
    desirable: tuple[AskedSkill, ...] = ()
    licensed_skills: tuple[str, ...] = ()
    experience_level: str = ""
    languages: tuple[AskedLanguage, ...] = ()
    languages_helpful: tuple[str, ...] = ()
    country: str = ""
    start_on: date | None = None
    end_on: date | None = None
    weeks: int | None = None
    places_international: int = 0
    places_national: int = 0
    places_local: int = 0
    mode: str = "on_site"
    weekly_hours: int | None = None
    hours: Hours | None = None
    goals: tuple[int, ...] = ()
    host_verified: bool = False
