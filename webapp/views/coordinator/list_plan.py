"""What the coordinator says about a list's columns: the form as it is shown, and the plan that it makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from webapp import vocabulary
from webapp.db import Session
from webapp.i18n import translate
from webapp.models import User
from webapp.services import verifications
from webapp.services.errors import Refused
from webapp.services.imports.columns import COLUMNS, column
from webapp.services.imports.plan import Plan, Source, plan_from
from webapp.services.imports.reading import Table
from webapp.services.list_rows import list_id
from webapp.views.coordinator.telling import language
from webapp.vocabulary import Choices
from webapp.words import lazy

_ANSWERS = ("contact_children", "contact_adults", "is_child_institution", "has_clinical_acts", "is_security_work") + (
    "is_party_or_religious_work",
    "replaces_strikers",
    "has_fees_not_listed",
    "was_paid_post",
)
# What offices most often leave out because it is the same for all.
OFFERED: dict[str, tuple[str, ...]] = {
    "volunteers": ("residence", "language_level", "skill_level", "modes"),
    "hosts": ("country", "kind"),
    "assignments": ("host_id", "mode", "country", "sector", "places_international", "weeks", "hours", "language_level")
    + _ANSWERS,
}
MOST_OPTIONS = 900  # of all selects of a page together
MORE = 2  # rows in which any other column can be stated for the whole list
SAMPLES = 3
LONGEST_SAMPLE = 40


@dataclass(frozen=True)
class TheirColumn:
    """One column of the office: its first values, and which of ours it is (a second one where it makes two)."""

    number: int
    name: str
    samples: str
    first: str
    second: str

    @property
    def is_ours(self) -> bool:
        """Whether it is named as ours: then there is nothing to choose but whether to read it."""
        return self.name == self.first and not self.second


@dataclass(frozen=True)
class Constant:
    """One column of ours that can be stated for all rows; options where there are few answers."""

    name: str
    label: str
    value: str
    options: Choices


def their_columns(plan: Plan, table: Table) -> list[TheirColumn]:
    """Return the office's columns in their order."""
    found = []
    for number, name in enumerate(table.header):
        ours = [mine for mine, sources in plan.columns.items() if any(one.column == name for one in sources)]
        cells = [" ".join(row[name].split()) for _, row in table.rows[:50] if row[name].strip()]
        samples = " · ".join(cell[:LONGEST_SAMPLE] for cell in list(dict.fromkeys(cells))[:SAMPLES])
        found.append(TheirColumn(number, name, samples, *[*ours, "", ""][:2]))
    return found


def our_columns(kind: str) -> Choices:
    """Return our columns as the choices of a select."""
    return [(one.name, translate(one.label)) for one in COLUMNS[kind]]


def has_room(theirs: Sequence[TheirColumn], ours: Choices) -> bool:
    """Whether a select for each column keeps the page small; else our column is typed, with suggestions."""
    selects = sum(1 + bool(one.second) for one in theirs if not one.is_ours)
    return selects * len(ours) <= MOST_OPTIONS


def constants(kind: str, plan: Plan, account: User) -> list[Constant]:
    """Return what may be stated for all rows: what is often needed, and what was stated already."""
    wanted = dict.fromkeys((*OFFERED[kind], *plan.constants))
    return [
        Constant(name, translate(column(kind, name).label), plan.constants.get(name, ""), _options(kind, name, account))
        for name in wanted
    ]


def _options(kind: str, name: str, account: User) -> Choices:
    reader = column(kind, name).reader
    if reader == "host":
        return [(list_id(host), host.name) for host in verifications.hosts_of_vio(Session(), account)]
    if reader == "flag":
        return [("yes", _("yes")), ("no", _("no"))]
    if reader == "country":
        return vocabulary.country_choices(language())
    if reader == "sector":
        return vocabulary.sector_choices(language())
    tables = {
        "mode": vocabulary.MODES,
        "contact": vocabulary.CONTACT,
        "host_kind": vocabulary.HOST_KINDS,
        "cefr": vocabulary.CEFR,
    }
    return [(code, translate(words)) for code, words in tables.get(reader, {}).items()]


def plan_from_form(kind: str, table: Table, before: Plan, form: Mapping[str, str]) -> Plan:
    """Return the plan that the form makes; labels, words and decisions of the plan before stay. Refused with words."""
    columns: dict[str, list[dict[str, str]]] = {}
    labels = {label.casefold(): name for name, label in our_columns(kind)}
    for number, theirs in enumerate(table.header):
        written = (form.get(f"c{number}", "").strip(), form.get(f"d{number}", "").strip())
        for ours in dict.fromkeys(labels.get(text.casefold(), text) for text in written):
            if ours:
                label = _label_before(before, ours, theirs)
                columns.setdefault(ours, []).append({"column": theirs, "label": label})
    given = before.to_json() | {
        "columns": columns,
        "constants": _constants_from(kind, before, form),
        "shift_years": _years(form.get("shift_years", "")),
        "statements": {
            purpose: {"on": form.get(f"s-{purpose}-on", ""), "how": form.get(f"s-{purpose}-how", "")}
            for purpose in ("matching", "abroad")
        },
        "date_order": form.get("date_order", ""),
        "encoding": form.get("encoding", ""),
        "odd_characters": form.get("odd_characters", ""),
    }
    return plan_from(kind, given)


def decided(kind: str, before: Plan, form: Mapping[str, str], duplicates: Sequence[int]) -> Plan:
    """Return the plan with what the coordinator decides on the report."""
    chosen = {str(row): form.get(f"row-{row}", "") or form.get("all-rows", "") for row in duplicates}
    given = before.to_json() | {
        "leave_out_errors": form.get("leave_out_errors") == "yes",
        "displacement": form.get("displacement", "") if form.get("reviewed") == "yes" else "",
        "duplicates": before.duplicates | {row: decision for row, decision in chosen.items() if decision},
    }
    if form.get("reviewed") == "yes" and not form.get("displacement"):
        raise Refused(lazy("Say what you decide about paid posts of local people."))
    return plan_from(kind, given)


def _label_before(before: Plan, ours: str, theirs: str) -> str:
    return next((one.label for one in _sources(before, ours) if one.column == theirs), "")


def _sources(plan: Plan, ours: str) -> tuple[Source, ...]:
    return plan.columns.get(ours, ())


def _constants_from(kind: str, before: Plan, form: Mapping[str, str]) -> dict[str, str]:
    asked = dict.fromkeys((*OFFERED[kind], *before.constants))
    found = {name: form.get(f"k-{name}", "").strip() for name in asked}
    for number in range(MORE):
        name, value = form.get(f"more-{number}-name", ""), form.get(f"more-{number}-value", "").strip()
        if bool(name) != bool(value):
            raise Refused(
                lazy("Under “The same for all rows”: choose a column and write its value, or leave both blank.")
            )
        if name:
            found[name] = value
    return {name: value for name, value in found.items() if value}


def _years(text: str) -> int:
    written = text.strip() or "0"
    try:
        return int(written)
    except ValueError:
        raise Refused(lazy("Write the years as a whole number, such as 2 or -1.")) from None
