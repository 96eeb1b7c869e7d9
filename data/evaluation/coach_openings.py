"""The real openings of the shared folder as drafts for the coach; what a file does not say stays blank."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from data.evaluation.shared_sets import Absent
from data.model.sources import ESCO
from matching.coach import Draft, DraftLanguage, DraftSkill
from matching.matcher import linker_for
from matching.reference import Reference

ASSIGNMENTS = ESCO.parent / "assignments"
# In a sentence with one of these the skills are asked for; in any other they are wished for.
_ASKED = re.compile(r"\b(must|requir\w*|need\w*|essential|mandatory|degree)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_LANGUAGES = {"Spanish 1": "es", "Spanish 2": "es", "French 1": "fr", "Portuguese": "pt", "French": "fr"}
_MAC = {code: bytes([code]).decode("mac_roman") for code in range(0x80, 0x100)}
_CONDITIONS = ("Living Conditions [Living_Cond]", "Living Conditions Comments [Condition_Comments]")
MOST_SKILLS = 12


def openings() -> list[Draft]:
    """Return all openings that have text; Absent where the shared folder is not here."""
    return [draft for draft in (*_peace_corps(), *_new_york()) if draft.tasks]


def _peace_corps() -> Iterator[Draft]:
    reference = Reference.load()
    for row in _rows("peacecorps_2014.csv"):
        country = reference.country_code(row["POST"]) or ""
        partner = reference.partners.get(country)
        language = _LANGUAGES.get(row["LANG"])
        yield Draft(
            title=row["PROJECT TITLE"],
            sector=row["SECTOR"],
            tasks=row["Project Description [Project_Description]"],
            skills=_skills(row["Desired Skills [Desired_Skills]"], reference),
            skills_text=row["Desired Skills [Desired_Skills]"],
            languages=(DraftLanguage(language, "A2"),) if language else (),
            mode="on_site",
            country=country,
            start_on=_day(row["STAGING"], "%d-%b-%y"),
            places_international=int(row["# VOL REQUESTED"] or 0),
            conditions_text="\n".join(row[name] for name in _CONDITIONS).strip(),
            local_languages=tuple(partner.official_languages) if partner else (),
        )


def _new_york() -> Iterator[Draft]:
    for row in _rows("nyc_service_2011.csv"):
        start, end = (_day(row[name], "%B %d %Y") for name in ("start_date_date", "end_date_date"))
        yield Draft(
            title=row["title"],
            sector=row["category_desc"],
            tasks=row["summary"],
            hours=int(float(row["hours"] or 0)) or None,
            mode="on_site",
            country="US",
            start_on=start,
            end_on=end if not start or not end or end >= start else None,
            places_local=int(row["vol_requests"] or 0),
        )


def _skills(text: str, reference: Reference) -> tuple[DraftSkill, ...]:
    """Return the skills that a text names, essential where its sentence asks for them."""
    found: dict[str, bool] = {}
    for sentence in _SENTENCES.split(text):
        for code in linker_for(reference).link(sentence) if sentence.strip() else ():
            found[code] = found.get(code, False) or bool(_ASKED.search(sentence))
    return tuple(DraftSkill(code, is_essential=asked) for code, asked in list(found.items())[:MOST_SKILLS])


def _rows(name: str) -> Iterator[dict[str, str]]:
    path: Path = ASSIGNMENTS / name
    if not path.exists():
        raise Absent("the real openings are not here: they are read from ../shared/data/assignments, not shipped")
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {key: _clean(value or "") for key, value in row.items() if key}


def _clean(text: str) -> str:
    """Return a cell without blanks around it, and with the letters that an old Macintosh wrote."""
    return text.translate(_MAC).strip()


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None
