"""The expectation agreement in words: the same terms, read to the volunteer, to the host, or of both to be signed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from webapp import vocabulary
from webapp.agreement_sayings import PARTS, SAYINGS, SIDES
from webapp.assignment_changes import Change
from webapp.assignment_words import coded, language_words, skill_words
from webapp.i18n import day, number, translate
from webapp.models import AssignmentLanguage, AssignmentSkill
from webapp.services.agreement_terms import HOST, Term
from webapp.services.linking import language_of_text
from webapp.words import Words, lazy

TO_VOLUNTEER, TO_HOST, NEUTRAL = "volunteer", "host", "neutral"  # the readings
VISITORS = "visitor"  # as the neutral one, without what may name people there
_NAMED = ("supervisor", "counterpart", "safety_person")  # whose words are the name of somebody
_MAY_NAME = ("handover",)  # free answers that a visitor does not read elsewhere either
_MISSING: dict[str, Words] = {"what": lazy("what for"), "amount": lazy("how much")}
_AS_TEXT = ("start", "end", "zone")
_YES_NO: dict[str, Words] = {"yes": lazy("yes"), "no": lazy("no")}
_WORDED: dict[str, Callable[[Any], str]] = {
    "day": lambda value: day(date.fromisoformat(value)),
    "weeks": number,
    "hours": number,
    "mode": lambda value: coded(vocabulary.MODES, value),
    "water": lambda value: coded(vocabulary.WATER, value),
    "power": lambda value: coded(vocabulary.POWER, value),
    "internet": lambda value: coded(vocabulary.INTERNET, value),
    "step_free": lambda value: coded(_YES_NO, value),
    "contact": lambda value: coded(vocabulary.CONTACT, value),
}


@dataclass(frozen=True)
class Told:
    """A term in words. `items` are ours, `said` the host's own, in the language `tongue` (blank: not known).

    `is_open`: nothing of it is agreed yet; `lacks` names what of it is not.
    """

    code: str
    label: str
    side: str
    sentence: str
    items: list[str]
    said: list[str]
    tongue: str
    is_open: bool
    lacks: list[str]
    is_by_hand: bool


@dataclass(frozen=True)
class Part:
    """A heading with its terms."""

    code: str
    heading: str
    terms: list[Told]


def parts_told(terms: Sequence[Term], reading: str, language: str) -> list[Part]:
    """Return the agreement in one of the readings, in the reader's language."""
    told = [(term.part, _tell(term, reading, language)) for term in terms if _is_told(term, reading)]
    used = dict.fromkeys(code for code, _told in told)
    return [Part(code, translate(PARTS[code]), [one for part, one in told if part == code]) for code in used]


def not_agreed(terms: Sequence[Term]) -> list[tuple[str, str]]:
    """Return (code, name) of every term of which something is not agreed yet."""
    found = [(term.code, translate(SAYINGS[_key(term)].label)) for term in terms if term.missing]
    return list(dict.fromkeys(found))


def changes_of(before: Sequence[Term], after: Sequence[Term], reading: str, language: str) -> list[Change]:
    """Return what two versions say differently, term by term, in words."""
    was, now = (_by_label(terms, reading, language) for terms in (before, after))
    return [
        Change(label, was.get(label, ""), now.get(label, ""))
        for label in {**now, **was}
        if was.get(label, "") != now.get(label, "")
    ]


def _by_label(terms: Sequence[Term], reading: str, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for term in terms:
        told = _tell(term, reading, language)
        lines = [_("not agreed yet")] if told.is_open else [told.sentence, *told.items, *told.said]
        found[told.label] = "\n".join(filter(None, [found.get(told.label, ""), *lines]))
    return found


def _is_told(term: Term, reading: str) -> bool:
    return reading != VISITORS or term.code not in _MAY_NAME


def _key(term: Term) -> str:
    """Return the row of the sentences; a payment has one for each direction."""
    if term.code != "payment":
        return term.code
    if term.values["payee"] == "volunteer":
        return "payment_to"
    return "payment_from" if term.values["payer"] == "volunteer" else "payment_between"


def _tell(term: Term, reading: str, language: str) -> Told:
    saying, missing = SAYINGS[_key(term)], term.missing
    sentence: Words = getattr(saying, NEUTRAL if reading == VISITORS else reading)
    said = _said(term, reading)
    return Told(
        code=term.code,
        label=translate(saying.label),
        side=translate(SIDES[term.side]),
        sentence=str(_(sentence.text, **_values(term, reading, language))),
        items=_items(term, language),
        said=said,
        tongue=language_of_text(" ".join(said)),
        is_open=bool(missing) and not set(_asked(term)) - set(missing),
        lacks=[translate(_MISSING[name]) for name in missing if name in _MISSING],
        is_by_hand=term.is_by_hand,
    )


def _asked(term: Term) -> list[str]:
    """Return the values that a term is about; who pays whom says nothing yet."""
    return [name for name in term.values if name not in ("payer", "payee")]


def _said(term: Term, reading: str) -> list[str]:
    if term.code == "payment":
        what = ", ".join(filter(None, [term.values["what"], term.values["amount"]]))
        when = term.values.get("when")
        return [f"{what} ({when})" if when else what] if what else [when] if when else []
    lines: list[str] = term.values.get("lines") or []
    if reading == VISITORS and term.code in _NAMED and lines:
        return [_("there is one; registered volunteers read the name")]
    return lines


def _items(term: Term, language: str) -> list[str]:
    skills = [AssignmentSkill(**row) for row in term.values.get("skills") or []]
    spoken = [AssignmentLanguage(**row) for row in term.values.get("languages") or []]
    return [_skill(one, language) for one in skills] + [language_words(one, language) for one in spoken]


def _skill(asked: AssignmentSkill, language: str) -> str:
    words = skill_words(asked, language)
    return words if asked.is_essential else _("%(name)s (helps, but is not needed)", name=words)


def _values(term: Term, reading: str, language: str) -> dict[str, str]:
    """Return the values of a sentence in words; what is missing says so in its place."""
    return {
        name: _("not agreed yet") if value is None else _worded(name, value, reading, language)
        for name, value in term.values.items()
    }


def _worded(name: str, value: Any, reading: str, language: str) -> str:
    if name in ("payer", "payee"):
        return _party(value, reading)
    if name == "country":
        return vocabulary.country_name(value, language)
    if name in _WORDED:
        return _WORDED[name](value)
    return str(value).replace("_", " ") if name in _AS_TEXT else ""


def _party(code: str, reading: str) -> str:
    if code == HOST and reading == TO_HOST:
        return _("your organization")
    return coded(vocabulary.PAYERS, code)
