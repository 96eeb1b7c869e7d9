"""What an assignment says, as the coach reads it: plain, frozen, blank where the host has not said it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DraftSkill:
    """A skill that is asked; `licensed` where the taxonomy says that it usually needs a licence to practise."""

    code: str
    level: int | None = None
    is_essential: bool = True
    needs_licence: bool = False
    licensed: bool = False


@dataclass(frozen=True, slots=True)
class DraftLanguage:
    """A language that is needed at least at `level` (CEFR, N a first language), or helps."""

    code: str
    level: str = "B1"
    is_required: bool = True
    for_safety: bool = False


@dataclass(frozen=True, slots=True)
class DraftMoney:
    """A line of money: who pays whom, what, how much and when."""

    payer: str
    payee: str
    what: str = ""
    amount: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An assignment at any state of its writing; `local_languages` are those of public life in its country."""

    title: str = ""
    sector: str = ""
    tasks: str = ""
    plain_day: str = ""
    hardest_thing: str = ""
    expected_results: str = ""
    learning: str = ""
    local_strengths: str = ""
    skills_text: str = ""
    experience_level: str = ""
    hours: int | None = None
    mode: str = ""
    country: str = ""
    location: str = ""
    start_on: date | None = None
    end_on: date | None = None
    weeks: int | None = None
    places_international: int = 0
    places_national: int = 0
    places_local: int = 0
    lodging: str = ""
    water: str = ""
    power: str = ""
    internet: str = ""
    hospital_hours: int | None = None
    hottest_celsius: int | None = None
    coldest_celsius: int | None = None
    altitude_metres: int | None = None
    walking_km: int | None = None
    step_free: str = ""
    conditions_text: str = ""
    contact_children: str = ""
    contact_adults: str = ""
    supervisor: str = ""
    supervision_hours: int | None = None
    counterpart: str = ""
    community_consulted: str = ""
    was_paid_post: bool | None = None
    locals_sought: str = ""
    why_not_paid_local: str = ""
    handover: str = ""
    funder: str = ""
    sponsor: str = ""
    project_ties: str = ""
    community_dispute: str = ""
    national_priority: str = ""
    sdg_targets: tuple[str, ...] = ()
    skills: tuple[DraftSkill, ...] = ()
    languages: tuple[DraftLanguage, ...] = ()
    money: tuple[DraftMoney, ...] = ()
    local_languages: tuple[str, ...] = ()
    today: date | None = None  # None: no day is over

    @property
    def is_online(self) -> bool:
        """Whether nobody has to live there."""
        return self.mode == "online"
