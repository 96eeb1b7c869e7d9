"""The coach's findings as sentences, in the reader's language: what is wrong here, why it matters, an example."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from webapp import clock, vocabulary
from webapp.coach_examples import example, of_country
from webapp.coach_words import CLOSER, KINDS, SAYINGS, WHY
from webapp.i18n import isolated, translate
from webapp.models import Assignment
from webapp.services.assignment_needs import missing_items
from webapp.services.coach import Advice, Coaching
from webapp.words import Words

MOST_QUOTED_SIGNS = 90


@dataclass(frozen=True)
class CoachLine:
    """One piece of advice in words; `field` is where to mend it, `points` what it would add, at most."""

    code: str
    field: str
    points: int
    wrong: list[str]
    why: str
    source: str
    example: str


def coach_lines(
    coaching: Coaching, assignment: Assignment, language: str, fields: Collection[str] | None = None
) -> list[CoachLine]:
    """Return advice in words, what adds most first; with `fields` only what can be mended there."""
    needed = {name: translate(words) for name, words in missing_items(assignment, clock.today()).items()}
    here = (one for one in coaching.advice if fields is None or _places(one) & set(fields))
    lines = _said_once(_line(one, assignment, needed, language) for one in here)
    return sorted(lines, key=lambda line: -line.points)


def _said_once(lines: Iterable[CoachLine]) -> list[CoachLine]:
    """Return the lines without what one before them says; several checks that wait for one answer add their points."""
    told: list[CoachLine] = []
    for line in lines:
        new = [words for words in line.wrong if not any(words in one.wrong for one in told)]
        if new:
            told.append(replace(line, wrong=new))
        elif line.wrong:
            at = next(at for at, one in enumerate(told) if line.wrong[0] in one.wrong)
            told[at] = replace(told[at], points=told[at].points + line.points)
    return told


def _places(advice: Advice) -> set[str]:
    return set(advice.evidence["missing"] or advice.evidence.get("places") or advice.fields)


def _line(advice: Advice, assignment: Assignment, needed: Mapping[str, str], language: str) -> CoachLine:
    saying = SAYINGS[advice.code]
    missing = advice.evidence["missing"]
    own = next((why for (code, key), why in WHY.items() if code == advice.code and advice.evidence.get(key)), None)
    return CoachLine(
        code=advice.code,
        field=(missing or advice.evidence.get("places") or advice.fields)[0],
        points=max(1, round(advice.points)),
        wrong=_wrong(advice, needed, language),
        why=translate(own or saying.why),
        source=translate(saying.source) if saying.source and not own else "",
        example=_example(advice.code, assignment, language),
    )


def _example(code: str, assignment: Assignment, language: str) -> str:
    """Return an example of the sector, or of the country; else one that fits any work."""
    if code == "languages" and (own := of_country(assignment.country, language)):
        return own
    return example(code, assignment.sector, language) or translate(SAYINGS[code].example or "")


def _wrong(advice: Advice, needed: Mapping[str, str], language: str) -> list[str]:
    """Return what is wrong: what is missing in the words of the form, else what the evidence says, else in general."""
    values = {key: _told(key, value, language) for key, value in advice.evidence.items()}
    names = (*advice.evidence["missing"], *(("weeks",) if advice.evidence.get("too_long") else ()))
    missing = [needed[name] for name in names if name in needed]
    closer = [words for (code, key), words in CLOSER.items() if code == advice.code and advice.evidence.get(key)]
    found = missing + [_said(words, values) for words in closer]
    if not found and advice.evidence.get("judged") is False:
        return []
    return found or [_said(SAYINGS[advice.code].wrong, values)]


def _said(words: Words, values: Mapping[str, Any]) -> str:
    return translate(replace(words, values=dict(values)))


def _told(key: str, value: Any, language: str) -> Any:
    """Return evidence as a reader sees it: labels for codes, quotes cut short."""
    if key in ("high", "unlicensed"):
        return ", ".join(_asked(one, language) for one in value)
    if key == "local":
        return ", ".join(vocabulary.language_name(code, language) for code in value)
    if key == "unsaid":
        return ", ".join(translate(KINDS[kind]) for kind in value)
    if key == "sentences":
        return isolated(_short(value[0])) if value else ""
    return ", ".join(isolated(_short(one)) for one in value) if isinstance(value, tuple) else value


def _asked(one: Any, language: str) -> str:
    if isinstance(one, str):
        return vocabulary.skill_label(one, language)
    code, level = one
    return f"{vocabulary.language_name(code, language)}: {translate(vocabulary.CEFR[level])}"


def _short(text: str) -> str:
    return text if len(text) <= MOST_QUOTED_SIGNS else text[: MOST_QUOTED_SIGNS - 1].rstrip() + "…"
