"""Cells of an assignment onto a row of the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.models import Assignment, AssignmentLanguage, AssignmentSkill, MoneyLine
from webapp.services.imports.columns import names
from webapp.services.imports.money import parse_money
from webapp.services.imports.values import items, merge, value_of

_SKILLS = ("skills_essential", "skills_desirable", "licensed_skills")
_LANGUAGES = ("languages", "languages_helpful")
_APART = frozenset({"id", "host_id", "sdg_targets", "money", *_SKILLS, *_LANGUAGES})
_PLACES = ("places_international", "places_national", "places_local")


def fill(assignment: Assignment, cells: Mapping[str, str]) -> Assignment:
    """Set what `cells` speak of; lists that hang together (skills, languages) need all their cells. Host apart."""
    for name in names("assignments"):
        if name in cells and name not in _APART:
            _set(assignment, name, cells[name])
    for name in _PLACES:
        setattr(assignment, name, getattr(assignment, name) or 0)  # not yet stored: the defaults come with the flush
    if "sdg_targets" in cells:
        assignment.sdg_targets = items(cells["sdg_targets"])
    else:
        assignment.sdg_targets = assignment.sdg_targets or []
    if any(name in cells for name in _SKILLS):
        merge(assignment.skills, lambda row: row.skill, _skills(cells), AssignmentSkill)
    if any(name in cells for name in _LANGUAGES):
        merge(assignment.languages, lambda row: row.language, _languages(cells), AssignmentLanguage)
    if "money" in cells:
        lines = [
            dict(zip(("payer", "payee", "what", "amount", "when"), one, strict=True))
            for one in parse_money(cells["money"])
        ]
        merge(assignment.money, lambda row: (row.payer, row.payee, row.what, row.amount, row.when), lines, MoneyLine)
    return assignment


def _set(assignment: Assignment, name: str, cell: str) -> None:
    if name == "step_free":
        assignment.step_free = cell or None
        return
    value = value_of("assignments", name, cell)
    setattr(assignment, name, 0 if name in _PLACES and value is None else value)


def _skills(cells: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a row for each skill; one that is essential is not desirable as well."""
    licensed = set(items(cells.get("licensed_skills", "")))
    found: dict[str, dict[str, Any]] = {}
    for column, is_essential in (("skills_essential", True), ("skills_desirable", False)):
        for item in items(cells.get(column, "")):
            code, _, level = item.partition(":")
            row = {"skill": code, "level": int(level) if level else None, "is_essential": is_essential}
            found.setdefault(code, row | {"needs_licence": code in licensed})
    return list(found.values())


def _languages(cells: Mapping[str, str]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for item in items(cells.get("languages", "")):
        code, level, *safety = item.split(":")
        found[code] = {"language": code, "level": level, "is_required": True, "for_safety": bool(safety)}
    for code in items(cells.get("languages_helpful", "")):
        row = {"language": code, "is_required": False, "for_safety": False}
        found.setdefault(code, {**row, "level": "B1"})
    return list(found.values())
