"""What both sides expect of one another, worked out from an assignment: ordered codes and values, no sentence.

Three kinds of terms: what the assignment says; what it could say and does not (a value is None: "not agreed yet"); and
rules, which this service holds for every stay and which therefore have no values. Nothing is made up in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from webapp.models import Assignment, AssignmentLanguage, AssignmentSkill, MoneyLine

# Who gives what a term speaks of. `others` are sponsors and such, who sign nothing.
VOLUNTEER, HOST, OFFICE, BOTH, OTHERS = "volunteer", "host", "office", "both", "others"
_PAYERS = {"host": HOST, "vio": OFFICE, "volunteer": VOLUNTEER}


@dataclass(frozen=True)
class Term:
    """One expectation: its part of the agreement, who gives it, a code, and what the assignment says of it.

    Texts of the host stand under `lines`; None is what the assignment does not say. `is_by_hand`: no assignment says
    it, both write it in when they sign.
    """

    part: str
    side: str
    code: str
    values: dict[str, Any] = field(default_factory=dict)
    is_by_hand: bool = False

    @property
    def missing(self) -> list[str]:
        """Return the names of the values that are not agreed yet."""
        return [name for name, value in self.values.items() if value is None]

    def as_row(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {name: getattr(self, name) for name in ("part", "side", "code", "values", "is_by_hand")}


def terms_of(assignment: Assignment) -> list[Term]:
    """Return the terms in the order of the agreement, the work first."""
    return [
        *_work(assignment),
        *_time(assignment),
        *_people(assignment),
        *_learning(assignment),
        *([] if assignment.mode == "online" else _living(assignment)),
        *_money(assignment),
        *_behind(assignment),
        *_safety(assignment),
        *_ending(),
    ]


def from_rows(rows: Iterable[dict[str, Any]]) -> list[Term]:
    """Return kept terms."""
    return [Term(**row) for row in rows]


def _text(text: str | None) -> dict[str, Any]:
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    return {"lines": lines or None}


def _work(assignment: Assignment) -> Iterator[Term]:
    yield Term("work", VOLUNTEER, "tasks", _text(assignment.tasks))
    yield Term("work", BOTH, "results", _text(assignment.expected_results))
    yield Term("work", VOLUNTEER, "skills", {"skills": [_skill(one) for one in assignment.skills] or None})
    yield Term("work", VOLUNTEER, "languages", {"languages": [_language(one) for one in assignment.languages] or None})


def _skill(asked: AssignmentSkill) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in ("skill", "level", "is_essential", "needs_licence")}


def _language(asked: AssignmentLanguage) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in ("language", "level", "is_required", "for_safety")}


def _time(assignment: Assignment) -> Iterator[Term]:
    start, end = assignment.start_on, assignment.end_on
    yield Term("time", BOTH, "first_day", {"day": start.isoformat() if start else None})
    yield Term("time", BOTH, "last_day", {"day": end.isoformat() if end else None})
    yield Term("time", VOLUNTEER, "stay", {"weeks": assignment.weeks})
    yield Term("time", VOLUNTEER, "hours", {"hours": assignment.hours})
    yield Term("time", BOTH, "rest", is_by_hand=True)
    yield Term("time", BOTH, "mode", {"mode": assignment.mode})
    yield Term("time", BOTH, "country", {"country": assignment.country})
    if assignment.mode != "online" or assignment.location:
        yield Term("time", BOTH, "location", _text(assignment.location))
    if assignment.mode in ("online", "either"):
        times = {"start": assignment.online_from, "end": assignment.online_to, "zone": assignment.time_zone}
        yield Term("time", HOST, "online_hours", {name: value or None for name, value in times.items()})


def _people(assignment: Assignment) -> Iterator[Term]:
    yield Term("people", HOST, "supervisor", _text(assignment.supervisor))
    yield Term("people", HOST, "supervision", {"hours": assignment.supervision_hours})
    yield Term("people", HOST, "counterpart", _text(assignment.counterpart))
    yield Term("people", BOTH, "handover", _text(assignment.handover))


def _learning(assignment: Assignment) -> Iterator[Term]:
    yield Term("learning", HOST, "learning", _text(assignment.learning))
    yield Term("learning", HOST, "local_strengths", _text(assignment.local_strengths))


def _living(assignment: Assignment) -> Iterator[Term]:
    yield Term("living", HOST, "lodging", _text(assignment.lodging))
    for name in ("water", "power", "internet", "step_free"):
        yield Term("living", HOST, name, {name: getattr(assignment, name) or None})
    if assignment.conditions_text.strip():
        yield Term("living", BOTH, "conditions", _text(assignment.conditions_text))


def _money(assignment: Assignment) -> Iterator[Term]:
    if not assignment.money:
        yield Term("money", BOTH, "money", {"lines": None})
    for line in assignment.money:
        yield Term("money", _PAYERS.get(line.payer, OTHERS), "payment", _payment(line))
    if assignment.has_fees_not_listed:
        yield Term("money", BOTH, "other_fees")
    else:
        promise = None if assignment.has_fees_not_listed is None else True
        yield Term("money", BOTH, "no_other_fees", {"promise": promise})


def _payment(line: MoneyLine) -> dict[str, Any]:
    said = {"payer": line.payer, "payee": line.payee, "what": line.what or None, "amount": line.amount or None}
    return said | ({"when": line.when} if line.when else {})


def _behind(assignment: Assignment) -> Iterator[Term]:
    for name in ("funder", "sponsor", "project_ties"):
        yield Term("behind", HOST, name, _text(getattr(assignment, name)))


def _safety(assignment: Assignment) -> Iterator[Term]:
    if assignment.mode != "online":
        yield Term("safety", HOST, "hospital", {"hours": assignment.hospital_hours})
    yield Term("safety", HOST, "safety_person", _text(assignment.host.safeguarding_person))
    yield Term("safety", BOTH, "children", {"contact": assignment.contact_children})
    yield Term("safety", BOTH, "adults", {"contact": assignment.contact_adults})
    if {assignment.contact_children, assignment.contact_adults} & {"supervised", "unsupervised"}:
        yield Term("safety", VOLUNTEER, "conduct")
    yield Term("safety", BOTH, "respect")
    yield Term("safety", BOTH, "images")


def _ending() -> Iterator[Term]:
    yield Term("ending", BOTH, "change")
    yield Term("ending", BOTH, "trouble")
    yield Term("ending", OFFICE, "office")
    yield Term("ending", BOTH, "end")
    yield Term("ending", BOTH, "notice", is_by_hand=True)
