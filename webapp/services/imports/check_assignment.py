"""What a row about an assignment must hold together: its host, its dates, and what is never published."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from webapp.models import Assignment, Host
from webapp.services import publish_gate
from webapp.services.assignment_needs import blanks_left, missing_items
from webapp.services.coach import coaching_of
from webapp.services.imports.columns import column
from webapp.services.imports.findings import Row
from webapp.services.imports.guessing import fold
from webapp.services.imports.known import Known
from webapp.services.imports.plan import Plan
from webapp.services.imports.rows import heading
from webapp.services.imports.write_assignment import fill
from webapp.services.list_rows import list_id
from webapp.services.refusals import refusals_of
from webapp.services.text_hints import hints_of
from webapp.words import Words, lazy

# Without these a list's assignment is not published, whoever has reviewed it: where, when, how many, and the answers
# on which the rules that nobody can waive decide. What else is missing is said, and mended by its host.
# What a text may hint at, and the answer that settles it: nobody answers that for a whole list at once.
_SETTLES = {
    "resident_children": "is_child_institution",
    "clinical_acts": "has_clinical_acts",
    "security_work": "is_security_work",
    "party_or_religious_work": "is_party_or_religious_work",
    "replaces_strikers": "replaces_strikers",
    "hidden_fees": "has_fees_not_listed",
}
NEEDED_TO_OPEN = (
    ("title", "tasks", "mode", "start_on", "places_international", "contact_children", "contact_adults")
    + ("is_child_institution", "has_clinical_acts", "is_security_work", "is_party_or_religious_work")
    + ("replaces_strikers", "has_fees_not_listed", "was_paid_post")
)


def judge(_session: Session, row: Row, before: dict[str, str], plan: Plan, known: Known, today: date) -> None:
    """Find the host, try the rules on an assignment that is built and thrown away, and see whether it may open."""
    host = _host(row, plan, known) if "host_id" in row.values else getattr(row.existing, "host", None)
    _check_cells(row, before, plan)
    if row.problems or host is None:
        return
    if row.existing is not None and row.existing.state in ("filled", "closed", "cancelled"):
        if any(row.values[name] != before.get(name) for name in row.values if name != "id"):
            row.fault(
                heading(plan, "id"), "id", lazy("This assignment is over and stays as it was. Leave the row out.")
            )
        return
    tried = fill(Assignment(), {**before, **row.values})
    tried.host = host
    for refusal in refusals_of(tried):
        row.fault(heading(plan, refusal.field), refusal.field, refusal.words)
    _see_whether_open(row, before, plan, tried, host, today)


def _host(row: Row, plan: Plan, known: Known) -> Host | None:
    written = row.values["host_id"]
    if not written:
        return None  # said already
    name = fold(written)
    host = known.hosts.get(written) or (None if name in known.shared_names else known.hosts.get(name))
    if host is None:
        words = lazy(
            "No host organization of yours has this number or name (or several have it). Import the hosts first, or "
            "write the host's number."
        )
        row.fault(heading(plan, "host_id"), "host_id", words)
        return None
    row.values["host_id"] = list_id(host)
    return host


def _check_cells(row: Row, before: dict[str, str], plan: Plan) -> None:
    whole = {**before, **row.values}
    if whole.get("start_on") and whole.get("end_on") and whole["end_on"] < whole["start_on"]:
        row.fault(heading(plan, "end_on"), "end_on", lazy("The last day lies before the first. Correct one of them."))
    is_bound = whole.get("mode") != "online" or any(
        whole.get(name, "0") not in ("", "0") for name in ("places_national", "places_local")
    )
    if is_bound and not whole.get("country") and not any(one.field == "country" for one in row.problems):
        words = lazy("Write the country: work on site, and national or local places, need one.")
        row.fault(heading(plan, "country"), "country", words)
    if bool(whole.get("online_from")) != bool(whole.get("online_to")):
        name = "online_to" if whole.get("online_from") else "online_from"
        row.fault(heading(plan, name), name, lazy("Write both ends of the hours, or leave both blank."))
    asked = {item.split(":")[0] for name in ("skills_essential", "skills_desirable") for item in _items(whole, name)}
    for code in _items(whole, "licensed_skills"):
        if code not in asked:
            words = lazy("%(code)s needs a licence here but is not among the skills. Add it there.", code=code)
            row.fault(heading(plan, "licensed_skills"), "licensed_skills", words)


def _items(cells: dict[str, str], name: str) -> list[str]:
    return [item for item in cells.get(name, "").split("|") if item]


def _see_whether_open(row: Row, before: dict[str, str], plan: Plan, tried: Assignment, host: Host, today: date) -> None:
    """Publish only what the coordinator has reviewed, of a verified host, with what publishing cannot do without."""
    is_open = row.existing is not None and row.existing.state == "open"
    missing = missing_items(tried, today)
    needed = {*NEEDED_TO_OPEN, *blanks_left(tried), *(() if tried.mode == "online" else ("country",))}
    blocking = [name for name in missing if name in needed]
    if "end_on" in missing and tried.end_on is not None:
        blocking.append("end_on")  # it is over
    elif tried.end_on is None and tried.start_on is not None and tried.start_on < today:
        blocking.append("start_on")  # begun, and nobody knows until when
    if is_open and not plan.displacement:
        if any(row.values[name] != before.get(name) for name in row.values if name != "id"):
            words = lazy("This assignment is open. Say that you have reviewed the list, or leave the row out.")
            row.fault(heading(plan, "id"), "id", words)
        return
    if is_open and (fallen := _fallen(row, before, tried, host)) is not None:
        row.fault(heading(plan, "id"), "id", fallen)
        return
    hints = hints_of(tried)
    unsettled = [hint for hint in hints if _SETTLES[hint.code] in row.assumed]
    below = publish_gate.refusal_of(tried, host.vio) if plan.displacement and not is_open else None
    is_fit = not blocking and not unsettled and host.is_verified(today) and not row.problems and below is None
    row.opens = bool(plan.displacement) and is_fit
    if plan.displacement and not row.opens and not host.is_verified(today):
        row.notes.append(lazy("It waits for review: its host is not verified."))
    elif plan.displacement and blocking:
        row.notes.append(lazy("It waits for review. Missing: %(what)s.", what=_labels(blocking)))
    elif plan.displacement and unsettled:
        asked = dict.fromkeys(_SETTLES[hint.code] for hint in unsettled)
        row.notes.append(
            lazy(
                "It waits for review: this is only assumed, and its words hint at it: %(what)s.", what=_labels([*asked])
            )
        )
    elif below is not None:
        row.notes.append(below.words)
    others = [name for name in missing if name not in blocking]
    if others:
        row.notes.append(lazy("Not said: %(what)s.", what=_labels(others)))
    for hint in hints:
        row.notes.append(
            lazy("Read “%(words)s” in “%(field)s” closely.", words=", ".join(hint.words), field=_labels([hint.field]))
        )


def _fallen(row: Row, before: dict[str, str], tried: Assignment, host: Host) -> Words | None:
    """Return what to say where a change takes what is open below the gate; a waiver was for the text of then.

    A list does not hold all that an assignment says, so its own score says nothing: what the change takes away does.
    """
    least = host.vio.least_coach_score
    if not least or row.existing is None:
        return None
    listed = fill(Assignment(), before)
    listed.host = host
    lost = coaching_of(listed).score - coaching_of(tried).score
    score = coaching_of(row.existing).score - lost
    if lost <= 0 or score >= least:
        return None
    return lazy(
        "This assignment is open. So changed, the coach would give it %(score)s of 100 points, and your organization "
        "asks for %(least)s. Keep more of what it said, or leave the row out.",
        score=max(0, score),
        least=least,
    )


def _labels(names: list[str]) -> str:
    return ", ".join(str(_label(name)) for name in names)


def _label(name: str) -> Words | str:
    try:
        return column("assignments", {"skills": "skills_essential"}.get(name, name)).label
    except KeyError:
        return name
