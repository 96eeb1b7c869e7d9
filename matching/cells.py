"""Reads one cell of text: each reader returns a value or raises ValueError whose message is the remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from matching.records import CEFR_LEVELS, SKILL_LEVELS, AskedLanguage, HeldLanguage, HeldSkill, Licence, Window

Item = TypeVar("Item")

BASES = ("own", "certificate", "interview")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
_TARGET = re.compile(r"(\d{1,2})\.(\d{1,2}|[a-d])", re.IGNORECASE)
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def read_list(cell: str, reader: Callable[[str], Item]) -> tuple[Item, ...]:
    """Read items joined with `|`; empty items are skipped."""
    return tuple(reader(item.strip()) for item in cell.split("|") if item.strip())


def read_flag(cell: str) -> bool:
    """Read yes or no; blank is no: what nobody said is not agreed."""
    return {"yes": True, "no": False, "": False}[read_word(cell, ("yes", "no"))]


def read_word(cell: str, words: Collection[str], blank: str = "") -> str:
    """Read one of a few words, in any case; blank gives `blank`."""
    word = cell.strip().casefold()
    if word and word not in words:
        raise ValueError(f"write one of: {', '.join(words)}")
    return word or blank


def read_code(cell: str, known: Collection[str], table: str) -> str:
    """Read a code that must stand in a reference table; case does not matter for codes in capitals."""
    code = cell.strip()
    for spelling in (code, code.upper(), code.lower()):
        if spelling in known:
            return spelling
    raise ValueError(f"{code!r} is not in data/reference/{table}; write a code that stands there")


def read_whole(cell: str) -> int | None:
    """Read a whole number, 0 or more; blank is None."""
    text = cell.strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise ValueError("write a whole number in digits, such as 12")
    return int(text)


def read_date(cell: str) -> date | None:
    """Read an ISO date; blank is None."""
    text = cell.strip()
    if not text:
        return None
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError("write the date as year-month-day, such as 2026-09-01")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("this day is in no calendar; write the date as year-month-day, such as 2026-09-01") from error


def read_window(cell: str) -> Window:
    """Read `2026-09-01/2027-03-31`."""
    first, slash, last = cell.partition("/")
    start, end = read_date(first), read_date(last)
    if not slash or start is None or end is None:
        raise ValueError("write a window as two dates with a slash, such as 2026-09-01/2027-03-31")
    if end < start:
        raise ValueError("the window ends before it starts; swap its dates")
    return Window(start, end)


def read_clock(cell: str) -> int | None:
    """Read a time of day as minutes after midnight; blank is None."""
    text = cell.strip()
    if not text:
        return None
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError("write the time of day with hours and minutes, such as 18:30")
    return int(found[1]) * 60 + int(found[2])


@lru_cache(maxsize=1024)
def read_time_zone(cell: str) -> str:
    """Read the IANA name of a time zone; blank stays blank."""
    name = cell.strip()
    try:
        return ZoneInfo(name).key if name else ""
    except (OSError, ValueError, LookupError) as error:
        raise ValueError("write the time zone by its IANA name, such as Africa/Nairobi") from error


def read_language(cell: str) -> str:
    """Read a BCP 47 tag and keep its language alone: zh-Hans and zh-Hant are one language to speak, pt-BR is pt."""
    tag = cell.strip()
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"{tag!r} is no language code; write one such as fr, sw or zh")
    return tag.split("-")[0].lower()


def read_cefr(cell: str) -> int:
    """Read a CEFR level as 1 (A1) to 6 (C2), or 7 for N, native."""
    level = cell.strip().upper()
    if level not in CEFR_LEVELS:
        raise ValueError(f"{cell.strip()!r} is no level; write one of: {', '.join(CEFR_LEVELS)}")
    return CEFR_LEVELS.index(level) + 1


def read_skill_level(cell: str) -> int:
    """Read a skill level, 1 to 4."""
    if cell.strip() not in {str(level) for level in SKILL_LEVELS}:
        raise ValueError("write the skill with its level from 1 to 4, such as HEA-03:3")
    return int(cell)


def read_held_skill(item: str, skills: Collection[str]) -> HeldSkill:
    """Read `HEA-03:3@2024`; the year may be left out."""
    stated, at, year = item.partition("@")
    code, _, level = stated.partition(":")
    if at and not re.fullmatch(r"(19|20)\d{2}", year.strip()):
        raise ValueError("write the year last used with four digits, such as HEA-03:3@2024")
    return HeldSkill(read_code(code, skills, "skills.csv"), read_skill_level(level), int(year) if at else None)


def read_licence(item: str, skills: Collection[str], countries: Collection[str]) -> Licence:
    """Read `HEA-03:KE:2027-12-31`; the date may be left blank."""
    parts = [*item.split(":"), "", ""]
    if len(parts) > 5 or not parts[1].strip():
        raise ValueError("write a licence as skill:country:valid until, such as HEA-03:KE:2027-12-31")
    skill, country = read_code(parts[0], skills, "skills.csv"), read_code(parts[1], countries, "countries.csv")
    return Licence(skill, country, read_date(parts[2]))


def read_held_language(item: str) -> HeldLanguage:
    """Read `fr:B2:certificate`; how it is known may be left out and is then the person's own word."""
    code, level, *basis = [*item.split(":"), ""] if ":" in item else [item, "", ""]
    return HeldLanguage(read_language(code), read_cefr(level), read_word(basis[0], BASES, blank="own"))


def read_asked_language(item: str) -> AskedLanguage:
    """Read `fr:B2:safety` or `en:B1`."""
    code, level, *rest = [*item.split(":"), ""] if ":" in item else [item, "", ""]
    return AskedLanguage(read_language(code), read_cefr(level), read_word(rest[0], ("safety",)) == "safety")


def read_goal(item: str) -> int:
    """Read an SDG goal, 1 to 17."""
    if not item.isdecimal() or not 1 <= int(item) <= 17:
        raise ValueError("write SDG goals as numbers from 1 to 17, such as 3|4")
    return int(item)


def read_target_goal(item: str) -> int:
    """Read an SDG target such as 3.8 or 6.a and return its goal."""
    found = _TARGET.fullmatch(item)
    if found is None or not 1 <= int(found[1]) <= 17:
        raise ValueError("write SDG targets as goal.target, such as 3.8 or 6.a")
    return int(found[1])
