"""Cells that list skills, languages and licences, with their levels."""

from __future__ import annotations

import re

from webapp import vocabulary
from webapp.services.imports import dates, names
from webapp.services.imports.context import Context, items
from webapp.services.imports.guessing import fold
from webapp.services.imports.unreadable import Unreadable
from webapp.words import lazy

CEFR_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "N")


def _skill_item(item: str, default_level: str) -> tuple[str, str, str]:
    """Return code, level ("" where none is named) and last year of `HEA-03:3@2024` or `First aid (3)`."""
    stated, _, year = item.partition("@")
    found = re.fullmatch(r"(.+?)\s*(?::\s*|\()\s*([1-4])\s*\)?", stated.strip())
    name, level = (found[1], found[2]) if found else (stated.strip().rstrip(":"), default_level)
    code = names.skill(name)
    if code is None:
        raise Unreadable(
            lazy("“%(item)s” is no skill of our list. Write its code or label, such as HEA-03:3.", item=name)
        )
    if year and not re.fullmatch(r"(19|20)\d{2}", year.strip()):
        raise Unreadable(lazy("Write the year last used with four digits, such as HEA-03:3@2024."))
    return code, level, year.strip()


def held_skills(cell: str, context: Context) -> str:
    """Read skills that somebody has; each needs a level, its own or the one stated beside the list."""
    held: dict[str, str] = {}
    for item in items(cell):
        code, level, year = _skill_item(item, context.skill_level)
        if not level:
            raise Unreadable(
                lazy(
                    "Write each skill with its level from 1 to 4, such as HEA-03:3, or state one level for all "
                    "rows under “The same for all rows”: it will be marked as assumed."
                )
            )
        held[code] = f"{code}:{level}" + (f"@{year}" if year else "")
    return "|".join(held[code] for code in sorted(held))


def asked_skills(cell: str, _context: Context) -> str:
    """Read skills that an assignment asks for; a level may be left out."""
    found = [_skill_item(item, "") for item in items(cell)]
    return "|".join(dict.fromkeys(f"{code}:{level}" if level else code for code, level, _year in found))


def licences(cell: str, context: Context) -> str:
    """Read licences to practise, such as HEA-03:KE:2027-12-31."""
    found = []
    for item in items(cell):
        parts = [*(part.strip() for part in item.split(":")), "", ""]
        code, country = names.skill(parts[0]), names.country(parts[1]) if parts[1] else None
        if code is None or country is None:
            raise Unreadable(lazy("Write a licence as skill:country:valid until, such as HEA-03:KE:2027-12-31."))
        until = dates.read_date(parts[2], context.date_order).isoformat() if parts[2] else ""
        found.append(f"{code}:{country}:{until}")
    return "|".join(dict.fromkeys(found))


def _language_item(item: str, default_level: str) -> tuple[str, str, list[str]]:
    """Return code, level and what follows of `fr:B2:safety`, `French (B2)` or `French B2`."""
    parts = re.split(r"[:：()（）]|\s-\s|\s+(?=(?:[ABCabc][12]|native)$)", item)
    words = [part.strip() for part in parts if part and part.strip()]
    code = names.language(words[0]) if words else None
    if code is None:
        raise Unreadable(
            lazy("“%(item)s” is no single language. Write its name or code, such as fr or Swahili.", item=item)
        )
    level = cefr(words[1]) if len(words) > 1 else default_level
    if not level:
        raise Unreadable(
            lazy(
                "Write each language with its level, such as fr:B2, or state one level for all rows under “The same "
                "for all rows”: it will be marked as assumed."
            )
        )
    return code, level, [word.lower() for word in words[2:]]


def cefr(word: str) -> str:
    """Read a CEFR level, or a word for the first language (N)."""
    level = "N" if fold(word) in _NATIVE else word.strip().upper()
    if level not in CEFR_LEVELS:
        raise Unreadable(
            lazy("“%(word)s” is no level. Write one of: A1, A2, B1, B2, C1, C2, N (first language).", word=word)
        )
    return level


_NATIVE = frozenset(
    fold(word)
    for word in ("n", "native", "mother tongue", "first language", "母语", "maternelle", "langue maternelle", "materna")
    + ("lengua materna", "родной", "اللغة الأم")
)


def held_languages(cell: str, context: Context) -> str:
    """Read languages that somebody speaks, with level and how it is known."""
    held: dict[str, str] = {}
    for item in items(cell):
        code, level, rest = _language_item(item, context.language_level)
        basis = rest[0] if rest else "own"
        if basis not in vocabulary.KNOWN_BY:
            raise Unreadable(lazy("Write how it is known as own, certificate or interview, such as fr:B2:interview."))
        held[code] = f"{code}:{level}:{basis}"
    return "|".join(held[code] for code in sorted(held))


def asked_languages(cell: str, context: Context) -> str:
    """Read languages that an assignment needs, with the least level and whether safety depends on it."""
    asked: dict[str, str] = {}
    for item in items(cell):
        code, level, rest = _language_item(item, context.language_level)
        asked[code] = f"{code}:{level}" + (":safety" if "safety" in rest else "")
    return "|".join(asked.values())
