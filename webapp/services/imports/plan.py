"""How one list is to be read: columns, what holds for all rows, and what the coordinator states and decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from webapp.models.consents import PURPOSES
from webapp.services.errors import Refused
from webapp.services.imports.columns import COLUMNS
from webapp.services.imports.dates import ORDERS
from webapp.services.imports.reading import ENCODINGS
from webapp.services.reviews import DISPLACEMENT
from webapp.words import lazy

MOST_YEARS = 100
NEW, SAME, LEAVE = "new", "same", "leave"
DECISIONS = (NEW, SAME, LEAVE)
ODD_CHARACTERS = ("mac_roman", "cp1252")


@dataclass(frozen=True)
class Source:
    """One of their columns; where several make one of ours, `label` stands before its text."""

    column: str
    label: str = ""


@dataclass(frozen=True)
class Statement:
    """When and how all people of the list gave a consent, in the words of the office."""

    on: str
    how: str


@dataclass(frozen=True)
class Plan:
    """All that is decided about a list; the same plan and the same file give the same result."""

    columns: dict[str, tuple[Source, ...]] = field(default_factory=dict)  # ours -> theirs
    constants: dict[str, str] = field(default_factory=dict)  # ours -> value where a row says nothing
    values: dict[str, dict[str, str]] = field(default_factory=dict)  # ours -> their words -> ours
    shift_years: int = 0
    statements: dict[str, Statement] = field(default_factory=dict)  # matching, abroad
    date_order: str = ""
    encoding: str = ""
    odd_characters: str = ""
    displacement: str = ""  # "I have reviewed these": the decision, where the assignments shall be open at once
    leave_out_errors: bool = False
    duplicates: dict[str, str] = field(default_factory=dict)  # row number (or "all") -> new, same, leave

    def to_json(self) -> dict[str, Any]:
        """Return what `plan_from` reads."""
        plain = asdict(self)
        plain["columns"] = {name: [asdict(one) for one in sources] for name, sources in self.columns.items()}
        return plain

    def decision(self, row: int) -> str:
        """Return what was decided about a row that looks like somebody known; blank where nothing was."""
        return self.duplicates.get(str(row)) or self.duplicates.get("all", "")


def plan_from(kind: str, given: Mapping[str, Any]) -> Plan:
    """Return the plan that a mapping file or an earlier upload holds; Refused where it names what is not there."""
    known = {column.name for column in COLUMNS[kind]}
    columns = {name: _sources(theirs) for name, theirs in (given.get("columns") or {}).items()}
    constants = {name: str(value) for name, value in (given.get("constants") or {}).items() if str(value).strip()}
    values = given.get("values") or {}
    for name in (*columns, *constants, *values):
        if name not in known:
            raise Refused(lazy("“%(name)s” is none of our columns for such a list.", name=name))
    return Plan(
        columns={name: sources for name, sources in columns.items() if sources},
        constants=constants,
        values={name: {str(k): str(v) for k, v in words.items()} for name, words in values.items()},
        shift_years=_years(given.get("shift_years") or 0),
        statements=_statements(given.get("statements") or {}),
        date_order=_one_of(given.get("date_order"), ORDERS),
        encoding=_one_of(given.get("encoding"), ENCODINGS),
        odd_characters=_one_of(given.get("odd_characters"), ODD_CHARACTERS),
        displacement=_one_of(given.get("displacement"), DISPLACEMENT),
        leave_out_errors=bool(given.get("leave_out_errors")),
        duplicates=_decisions(given.get("duplicates") or {}),
    )


def _sources(theirs: Any) -> tuple[Source, ...]:
    found = theirs if isinstance(theirs, list | tuple) else [theirs] if theirs else []
    return tuple(Source(one) if isinstance(one, str) else Source(one["column"], one.get("label", "")) for one in found)


def _years(given: Any) -> int:
    if not isinstance(given, int) or abs(given) > MOST_YEARS:
        raise Refused(lazy("Dates can be moved by whole years, at most %(most)s.", most=MOST_YEARS))
    return given


def _statements(given: Mapping[str, Any]) -> dict[str, Statement]:
    found = {}
    for name, said in given.items():
        purpose = name.removeprefix("consent_")
        if purpose not in PURPOSES:
            raise Refused(lazy("A statement is about being matched (consent_matching) or abroad (consent_abroad)."))
        on, how = str(said.get("on") or "").strip(), str(said.get("how") or "").strip()
        if bool(on) != bool(how):
            raise Refused(lazy("State both for a consent: the day on which it was given, and how."))
        if on:
            found[purpose] = Statement(on, how)
    return found


def _decisions(given: Any) -> dict[str, str]:
    decisions = {"all": given} if isinstance(given, str) else dict(given)
    for decision in decisions.values():
        _one_of(decision, DECISIONS)
    return {str(row): decision for row, decision in decisions.items() if decision}


def _one_of(given: Any, words: Any) -> str:
    if given and given not in words:
        raise Refused(
            lazy("“%(given)s” is not possible here. Choose one of: %(words)s.", given=given, words=", ".join(words))
        )
    return str(given or "")
