"""Lenient readers: what an office wrote becomes the one form of our lists, or is Unreadable.

The result is text as well: what an export of the same value writes, so that two lists compare cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from webapp import vocabulary
from webapp.services.imports import abilities, dates, money, names
from webapp.services.imports.context import Context, items
from webapp.services.imports.guessing import fold
from webapp.services.imports.unreadable import Unreadable
from webapp.words import Words, lazy

LISTED = lazy("“%(item)s” is in none of our lists. Write it as in the list, or its code.")


Reader = Callable[[str, Context], str]


def read(reader: str, cell: str, context: Context) -> str:
    """Return the cell in our form; blank stays blank."""
    if not cell:
        return ""
    return _read_coded(reader, cell, context) if reader in _CODED else READERS[reader](cell, context)


# What people write again and again, and what says nothing of a person: read once, however many rows write it.
_CODED = frozenset(
    {"held_skills", "held_languages", "asked_skills", "asked_languages", "countries", "country", "routes", "goals"}
    | {"past_date", "windows", "modes", "flag", "zone", "clock", "weeks", "week_hours"}
)


@lru_cache(maxsize=50_000)
def _read_coded(reader: str, cell: str, context: Context) -> str:
    return READERS[reader](cell, context)


def _text(cell: str, _context: Context) -> str:
    return cell


def _short(most: int, cell: str, _context: Context) -> str:
    line = " ".join(cell.split())
    if len(line) > most:
        raise Unreadable(lazy("This is longer than %(most)s characters. Shorten it.", most=most))
    return line


def _email(cell: str, _context: Context) -> str:
    address = cell.removeprefix("mailto:").strip().lower()
    if not re.fullmatch(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}", address) or len(address) > 255:
        raise Unreadable(lazy("This is no e-mail address. Write one, such as name@office.example, or leave it blank."))
    return address


def _coded(find: Callable[[str], str | None], cell: str, _context: Context) -> str:
    code = find(cell)
    if code is None:
        raise Unreadable(lazy(LISTED.text, item=cell))
    return code


def _country(cell: str, _context: Context) -> str:
    code = names.country(cell)
    if code is None:
        raise Unreadable(
            lazy("“%(item)s” is no single country of ISO 3166. Write the country's name or its two letters.", item=cell)
        )
    return code


def _list_of(reader: Reader, cell: str, context: Context) -> str:
    """Read every item; the order stays, what is said twice is kept once."""
    return "|".join(dict.fromkeys(reader(item, context) for item in items(cell)))


def _countries(cell: str, context: Context) -> str:
    """Read a list of countries; one name with a comma in it ("Congo, Democratic Republic of the") is one country."""
    whole = names.country(cell)
    return whole or _list_of(_country, cell, context)


def _flag(cell: str, _context: Context) -> str:
    word = fold(cell)
    if word in _YES or cell.strip() in ("✓", "✔", "☑"):
        return "yes"
    if word in _NO or cell.strip() in ("✗", "✘", "☐", "-"):
        return "no"
    raise Unreadable(lazy("Write yes or no."))


_YES_WORDS = "yes|y|true|1|x|oui|vrai|o|si|s|verdadero|да|истина|是|对|有|同意|نعم|صحيح"
_NO_WORDS = "no|n|false|0|non|faux|falso|нет|ложь|否|不|无|不同意|لا|خطأ"
_YES = frozenset(fold(word) for word in _YES_WORDS.split("|"))
_NO = frozenset(fold(word) for word in _NO_WORDS.split("|"))


def _word(table: Mapping[str, Words], cell: str, _context: Context) -> str:
    """Read one of a few codes, or its English words."""
    known = {fold(code): code for code in table} | {fold(str(words)): code for code, words in table.items()}
    code = known.get(fold(cell))
    if code is None:
        raise Unreadable(lazy("Write one of: %(words)s.", words=", ".join(table)))
    return code


def _whole(least: int, most: int, cell: str, _context: Context) -> str:
    text = dates.digits(cell).replace("\u2212", "-").strip()
    if not re.fullmatch(r"-?\d{1,6}(\.0+)?", text):
        raise Unreadable(lazy("Write a whole number in digits, such as 12."))
    number = int(float(text))
    if not least <= number <= most:
        raise Unreadable(lazy("Write a whole number from %(least)s to %(most)s.", least=least, most=most))
    return str(number)


def _past_date(cell: str, context: Context) -> str:
    """Read a day on which something happened; such days are never shifted."""
    day = dates.read_date(cell, context.date_order)
    if day > context.today:
        raise Unreadable(lazy("This day is still to come. Write the day on which it happened."))
    return day.isoformat()


def _plan_date(cell: str, context: Context) -> str:
    return dates.shift(dates.read_date(cell, context.date_order), context.shift_years).isoformat()


def _windows(cell: str, context: Context) -> str:
    found = []
    for item in items(cell, "|;\n；"):
        start, end = dates.read_window(item, context.date_order)
        years = context.shift_years
        found.append(f"{dates.shift(start, years)}/{dates.shift(end, years)}")
    return "|".join(sorted(dict.fromkeys(found)))


def _clock(cell: str, _context: Context) -> str:
    found = re.fullmatch(r"([01]?\d|2[0-3])[:.h]([0-5]\d)(:00)?", dates.digits(cell).strip())
    if found is None:
        raise Unreadable(lazy("Write the time of day with hours and minutes, such as 18:30."))
    return f"{int(found[1]):02}:{found[2]}"


def _zone(cell: str, _context: Context) -> str:
    try:
        return ZoneInfo(cell.strip().replace(" ", "_")).key
    except (OSError, ValueError, LookupError):
        raise Unreadable(lazy("Write the time zone by its name, such as Africa/Nairobi.")) from None


def _modes(cell: str, _context: Context) -> str:
    both = {"either": "on_site|online", "both": "on_site|online"}
    found = [
        _word(vocabulary.MODES, item, _context) if item not in both else "either" for item in items(cell, "|;,/\n")
    ]
    chosen = {"on_site", "online"} if "either" in found else set(found)
    return "|".join(mode for mode in ("on_site", "online") if mode in chosen)


def _goals(cell: str, context: Context) -> str:
    found = [re.sub(r"^(sdg|odd|ods|цур)\s*", "", fold(item)) for item in items(cell)]
    if any(goal not in vocabulary.reference().sdg_goals for goal in found):
        raise Unreadable(lazy("Write SDG goals as numbers from 1 to 17, such as 3|4."))
    return "|".join(sorted(dict.fromkeys(found), key=int))


def _targets(cell: str, _context: Context) -> str:
    found = [item.lower().removeprefix("sdg").strip() for item in items(cell)]
    if any(target not in vocabulary.reference().sdg_targets for target in found):
        raise Unreadable(lazy("Write SDG targets as goal.target, such as 3.8|6.a."))
    return "|".join(dict.fromkeys(found))


READERS: dict[str, Reader] = {
    "id": partial(_short, 100),
    "name": partial(_short, 200),
    "line50": partial(_short, 50),
    "line100": partial(_short, 100),
    "line300": partial(_short, 300),
    "host": partial(_short, 200),
    "text": _text,
    "email": _email,
    "country": _country,
    "countries": _countries,
    "routes": partial(_list_of, partial(_coded, names.route)),
    "sector": partial(_coded, names.sector),
    "skills": partial(_list_of, partial(_coded, names.skill)),
    "languages": partial(_list_of, partial(_coded, names.language)),
    "held_skills": abilities.held_skills,
    "asked_skills": abilities.asked_skills,
    "held_languages": abilities.held_languages,
    "asked_languages": abilities.asked_languages,
    "licences": abilities.licences,
    "flag": _flag,
    "past_date": _past_date,
    "plan_date": _plan_date,
    "windows": _windows,
    "clock": _clock,
    "zone": _zone,
    "modes": _modes,
    "mode": partial(_word, vocabulary.MODES),
    "experience_level": partial(_word, vocabulary.EXPERIENCE_LEVELS),
    "contact": partial(_word, vocabulary.CONTACT),
    "water": partial(_word, vocabulary.WATER),
    "power": partial(_word, vocabulary.POWER),
    "internet": partial(_word, vocabulary.INTERNET),
    "host_kind": partial(_word, vocabulary.HOST_KINDS),
    "goals": _goals,
    "targets": _targets,
    "money": lambda cell, _context: money.join_money(money.parse_money(cell)),
    "weeks": partial(_whole, 1, 260),
    "week_hours": partial(_whole, 1, 60),
    "count": partial(_whole, 0, 9999),
    "number": partial(_whole, 0, 999),
    "degrees": partial(_whole, -90, 9000),
    "skill_level": partial(_whole, 1, 4),
    "cefr": lambda cell, _context: abilities.cefr(cell),
}
