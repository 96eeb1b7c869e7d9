"""What a row about a volunteer must hold together, and what its consents are."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Volunteer
from webapp.models.consents import ABROAD, MATCHING, PURPOSES
from webapp.services import known_gone
from webapp.services.imports.dates import read_date
from webapp.services.imports.findings import Row
from webapp.services.imports.known import Known
from webapp.services.imports.plan import Plan
from webapp.services.imports.rows import heading
from webapp.services.imports.unreadable import Unreadable
from webapp.services.list_rows import standing
from webapp.words import lazy


def judge(session: Session, row: Row, before: dict[str, str], plan: Plan, known: Known, today: date) -> None:
    """Add what is wrong between cells, and settle when and how each consent was given."""
    _look_for_erased(session, row, plan, known)
    whole = {**before, **row.values}
    least, most = whole.get("stay_min_weeks", ""), whole.get("stay_max_weeks", "")
    if least and most and int(most) < int(least):
        words = lazy("The longest stay is shorter than the shortest. Correct one of them.")
        row.fault(heading(plan, "stay_max_weeks"), "stay_max_weeks", words)
    both = {*_items(whole, "countries")} & {*_items(whole, "excluded")}
    if both:
        words = lazy(
            "%(codes)s stands both where the person would go and where not. Choose one.", codes=", ".join(both)
        )
        row.fault(heading(plan, "excluded"), "excluded", words)
    if bool(whole.get("online_from")) != bool(whole.get("online_to")):
        name = "online_to" if whole.get("online_from") else "online_from"
        row.fault(heading(plan, name), name, lazy("Write both ends of the hours online, or leave both blank."))
    for purpose in PURPOSES:
        _settle_consent(row, before, plan, purpose, today)
    agrees = {purpose: _agrees(row, before, purpose) for purpose in PURPOSES}
    if agrees[ABROAD] and not agrees[MATCHING]:
        words = lazy("Being matched abroad builds on being matched. State both, or neither.")
        row.fault(heading(plan, "consent_abroad"), "consent_abroad", words)


def _look_for_erased(session: Session, row: Row, plan: Plan, known: Known) -> None:
    """Whoever went and had everything deleted comes back by their own word, and by no list."""
    email = row.values.get("email", "")
    if row.existing is not None or not email or not known.gone:
        return
    if known_gone.address_of(session, known.vio_id, email) in known.gone:
        words = lazy(
            "Somebody with this address has had their data deleted here. Leave the row out. If the person wants to "
            "come back, ask them to register themselves."
        )
        row.fault(heading(plan, "email"), "email", words)


def _items(cells: dict[str, str], name: str) -> list[str]:
    return [item for item in cells.get(name, "").split("|") if item]


def _agrees(row: Row, before: dict[str, str], purpose: str) -> bool:
    name = f"consent_{purpose}"
    return row.values.get(name, before.get(name, "no")) == "yes"


def _settle_consent(row: Row, before: dict[str, str], plan: Plan, purpose: str, today: date) -> None:
    """Complete what the row says by the statement for the file; a consent needs its day and how it was given."""
    name = f"consent_{purpose}"
    said = row.values.get(name, "")
    statement = plan.statements.get(purpose)
    if name not in plan.columns and name not in plan.constants and statement:
        said = "yes"
    if not said:  # nobody said anything: what stands, stands
        for part in (name, f"{name}_on", f"{name}_how"):
            row.values.pop(part, None)
        return
    row.values[name] = said
    if said == "no":
        row.values[f"{name}_on"] = row.values[f"{name}_how"] = ""
        return
    on, how = row.values.get(f"{name}_on", ""), row.values.get(f"{name}_how", "")
    if not on and not how and before.get(name) == "yes":
        on, how = before[f"{name}_on"], before[f"{name}_how"]  # it stands already, with its own day
    elif statement:
        on, how = on or _day(row, plan, purpose, statement.on, today), how or statement.how
    row.values[f"{name}_on"], row.values[f"{name}_how"] = on, how
    for part, value in ((f"{name}_on", on), (f"{name}_how", how)):
        if not value and not any(problem.field == part for problem in row.problems):
            words = lazy("A consent needs the day and how it was given. Add both columns, or state both for the file.")
            row.fault(heading(plan, part), part, words)
    _keep_withdrawn(row, purpose, on)


def _day(row: Row, plan: Plan, purpose: str, written: str, today: date) -> str:
    """Read the day of a statement; it lies in the past."""
    name = f"consent_{purpose}_on"
    try:
        day = read_date(written, plan.date_order)
    except Unreadable as fault:
        row.fault(name, name, fault.words, written)
        return ""
    if day > today:
        row.fault(name, name, lazy("The day of a consent cannot lie ahead."), written)
    return day.isoformat()


def _keep_withdrawn(row: Row, purpose: str, on: str) -> None:
    """A consent that was taken back is not given again by an older list."""
    volunteer: Volunteer | None = row.existing
    if volunteer is None or not on or standing(volunteer, purpose) is not None:
        return
    ends = [one.withdrawn_at.date() for one in volunteer.consents if one.purpose == purpose and one.withdrawn_at]
    if ends and date.fromisoformat(on) <= max(ends):
        for part in ("", "_on", "_how"):
            row.values.pop(f"consent_{purpose}{part}", None)
        row.notes.append(lazy("A consent was taken back after the day that the list states. It stays taken back."))


def keep_own_word(row: Row) -> None:
    """Who has an account keeps the profile themselves: a list changes nothing in it but the office's own number."""
    volunteer: Any = row.existing
    if volunteer is None or not volunteer.is_claimed:
        return
    kept = [change for change in row.changes if change[0] == "id"]
    if len(kept) < len(row.changes):
        row.notes.append(lazy("This person has an account and keeps the profile themselves. The list changes nothing."))
    row.changes = kept
