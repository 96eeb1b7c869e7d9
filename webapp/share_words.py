"""An assignment as a short text for a chat: from codes, dates and its title, so that it names no person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import vocabulary
from webapp.assignment_words import dates_words
from webapp.i18n import number, translate
from webapp.models import Assignment
from webapp.tongue import speaking
from webapp.words import Words

LONGEST = 600  # characters of the whole, with the address: what people still read in a chat
LONGEST_TITLE = 120
MOST_SKILLS = 3


def text_of(assignment: Assignment, language: str, address: str) -> str:
    """Return the text in a language, with the address at its end; what does not fit is left out, line by line.

    Whatever hosts write in words of their own, other than the title, may name somebody: none of it is used.
    """
    with speaking(language):
        title = assignment.title
        first = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
        last = _("More, and how to apply: %(address)s", address=address)
        lines = [first]
        for line in _facts(assignment, language):
            if len("\n".join([*lines, line, last])) <= LONGEST:
                lines.append(line)
        return "\n".join([*lines, last])


def _facts(assignment: Assignment, language: str) -> Iterator[str]:
    """Yield the lines between title and address, those that decide most first."""
    where = vocabulary.country_name(assignment.country, language) if assignment.country else ""
    mode = _known(vocabulary.MODES, assignment.mode)
    yield from filter(None, [", ".join(filter(None, [where, mode])), dates_words(assignment), _time(assignment)])
    if spoken := [_spoken(one.language, one.level, language) for one in assignment.languages if one.is_required]:
        yield _("Languages: %(list)s", list=", ".join(spoken))
    if skills := [vocabulary.skill_label(one.skill, language) for one in assignment.skills[:MOST_SKILLS]]:
        yield _("Skills: %(list)s", list=", ".join(skills))
    if given := _given(assignment):
        yield _("What there is: %(list)s", list=", ".join(given))


def _time(assignment: Assignment) -> str:
    weeks, hours = assignment.weeks, assignment.hours
    parts = [
        ngettext("at least %(num)s week", "at least %(num)s weeks", weeks) if weeks else "",
        _("%(hours)s hours a week", hours=number(hours)) if hours else "",
    ]
    return ", ".join(filter(None, parts))


def _spoken(code: str, level: str, language: str) -> str:
    name = vocabulary.language_name(code, language)
    return name if level == "N" else f"{name} ({level})"


def _given(assignment: Assignment) -> list[str]:
    """Return what is provided, as codes say it: that there is a room or money, not where or from whom."""
    facts = [
        _("a place to live") if assignment.lodging else "",
        _known(vocabulary.WATER, assignment.water),
        _known(vocabulary.POWER, assignment.power),
        _known(vocabulary.INTERNET, assignment.internet),
        _("money for you") if any(line.payee == "volunteer" for line in assignment.money) else "",
    ]
    return [fact for fact in facts if fact]


def _known(table: Mapping[str, Words], code: str | None) -> str:
    """Return the words of a code; nothing for what is no code, since lists may bring words of somebody's own."""
    return translate(table[code]) if code and code in table else ""
