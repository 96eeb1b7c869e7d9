"""Reasons to sentences: codes and numbers in, words in the reader's language out. The numbers stay as they are."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from webapp import vocabulary
from webapp.i18n import criterion_name, day, number, translate
from webapp.reason_words import ABOUT_OTHERS, CRITERIA, NOT_WITH_SERVICE, OBSTACLES, TO_VOLUNTEER, WHY_NOT
from webapp.tongue import tongue
from webapp.words import Words, lazy

CRITERIA_ORDER = tuple(CRITERIA)
PLACES = {criterion: place for place, criterion in enumerate(CRITERIA_ORDER)}
VOLUNTEER, HOST, COORDINATOR, OTHER_VIO = "volunteer", "host", "coordinator", "other_vio"
# Words in common speak for a match, however little.
ALWAYS_MET = ("TEXT_ALIKE",)
# Evidence that is a skill's code, told by its label, or words, told as they stand.
SKILL_OR_WORDS = ("skill", "held", "phrase", "asked_phrase")
# What adds up where lines become one; matches kept by version 0.1 hold only the first two.
AMOUNTS = ("contribution", "possible", "value", "share")
# Readers who may not learn where a person has served: the two lines on countries become one for them.
WITHOUT_SERVICE = (HOST, OTHER_VIO)
WRITTEN = frozenset({"phrase", "read_from_text"})  # evidence that quotes the profile, or the host
KEPT = 5_000  # lines in words that are kept
FLAT = 2  # the form of marshal in which equal reasons give equal bytes


@dataclass(frozen=True)
class Line:
    """One reason as a page prints it; points are of 100."""

    criterion: str
    kind: str  # met, missing or unknown
    text: str
    contribution: float
    possible: float
    code: str


class Teller(NamedTuple):
    """In which language reasons are told, to whom, and in which language the page is."""

    language: str
    reader: str
    of_page: str


class Points(NamedTuple):
    """One reason as a bar shows it."""

    criterion: str
    kind: str
    contribution: float
    possible: float


def sentences(reasons: Iterable[Mapping[str, Any]], language: str, reader: str) -> list[Line]:
    """Return the lines of a match in the fixed order of the criteria; contributions add up to the score."""
    teller = Teller(language, reader, tongue().language)
    lines = [_line_of(reason, teller) for reason in seen_by(reader, reasons)]
    return sorted(lines, key=lambda line: PLACES[line.criterion])


@dataclass(frozen=True, slots=True)
class Brief:
    """What a list shows of a match: the first lines that speak for it, the largest gaps, and the points of all."""

    met: list[Line]
    missing: list[Line]
    unknown: list[Line]
    points: list[Points]


def brief(reasons: Iterable[Mapping[str, Any]], teller: Teller, met: int, gaps: int) -> Brief:
    """Return at most `met` lines that speak for a match and `gaps` others; the rest counts, without words."""
    good: list[Mapping[str, Any]] = []
    lost: list[Mapping[str, Any]] = []
    points: list[Points] = []
    for reason in sorted(seen_by(teller.reader, reasons), key=_place):
        kind = kind_of(reason)
        points.append(Points(reason["criterion"], kind, reason["contribution"], reason["possible"]))
        (good if kind == "met" else lost).append(reason)
    worst = [_line_of(reason, teller) for reason in sorted(lost, key=_loss)[:gaps]]
    return Brief(
        met=[_line_of(reason, teller) for reason in good[:met]],
        missing=[line for line in worst if line.kind == "missing"],
        unknown=[line for line in worst if line.kind == "unknown"],
        points=points,
    )


def _place(reason: Mapping[str, Any]) -> int:
    return PLACES[reason["criterion"]]


def _loss(reason: Mapping[str, Any]) -> float:
    loss: float = reason["contribution"] - reason["possible"]
    return loss


def seen_by(reader: str, reasons: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the stored reasons as far as the reader may see them apart; what is told of them rests on these."""
    return _without_service(list(reasons)) if reader in WITHOUT_SERVICE else list(reasons)


def is_open(reason: Mapping[str, Any]) -> bool:
    """Return whether a reason is not known: it is listed as such, and the range of the score opens there alone."""
    return not reason["known"]


def by_criterion(lines: Iterable[Line]) -> list[tuple[str, str, float, float]]:
    """Return (criterion, its name, points, points possible) for the bar, in the fixed order."""
    found: dict[str, list[float]] = {name: [0.0, 0.0] for name in CRITERIA_ORDER}
    for line in lines:
        found[line.criterion][0] += line.contribution
        found[line.criterion][1] += line.possible
    return [(name, criterion_name(name), points[0], points[1]) for name, points in found.items() if points[1]]


def missing_words(obstacles: Iterable[Mapping[str, Any]], language: str) -> list[str]:
    """Return, for each rule that fails, what would have to change."""
    return [translate(_filled(OBSTACLES[o["code"]], o["change"], language)) for o in obstacles]


def why_not_words(code: str) -> str:
    """Return the short name of a rule, for the table of who is not eligible and why."""
    return translate(WHY_NOT[code])


class _Reason(bytes):
    """A stored reason as bytes, so that one equals others of the same content."""

    reason: Mapping[str, Any]

    @staticmethod
    def of(reason: Mapping[str, Any]) -> _Reason:
        told = _Reason(marshal.dumps(dict(reason), FLAT))
        told.reason = reason
        return told


def _line_of(reason: Mapping[str, Any], teller: Teller) -> Line:
    """Return the line of a reason; what somebody wrote is kept nowhere, so that it goes when the person goes."""
    if not WRITTEN.isdisjoint(reason["evidence"]):
        return _line(reason, teller.language, teller.reader)
    return _kept_line(_Reason.of(reason), teller)


# A page of matches says the same few lines of many people: of 240 some 40 differ.
@lru_cache(maxsize=KEPT)
def _kept_line(told: _Reason, teller: Teller) -> Line:
    return _line(told.reason, teller.language, teller.reader)


def _line(reason: Mapping[str, Any], language: str, reader: str) -> Line:
    code, evidence = reason["code"], reason["evidence"]
    table = TO_VOLUNTEER if reader == VOLUNTEER else ABOUT_OTHERS
    words = table.get(code) or ABOUT_OTHERS[code]
    text = translate(_filled(words, evidence, language))
    notes = [translate(note) for note in _notes(evidence)]
    return Line(
        reason["criterion"], kind_of(reason), " ".join([text, *notes]), reason["contribution"], reason["possible"], code
    )


def kind_of(reason: Mapping[str, Any]) -> str:
    """Return whether a reason speaks for the match, against it, or is not known."""
    if is_open(reason):
        return "unknown"
    if reason["code"] in ALWAYS_MET:
        return "met"
    return "met" if reason["contribution"] >= reason["possible"] / 2 else "missing"


def _without_service(reasons: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Fold the lines on countries into one, which tells neither wishes by name nor earlier service."""
    country = [reason for reason in reasons if reason["criterion"] == "country"]
    if not country:
        return reasons
    wish = country[0]
    folded = {
        **wish,
        **{name: sum(reason[name] for reason in country) for name in AMOUNTS if name in wish},
        "code": wish["code"] if is_open(wish) else NOT_WITH_SERVICE,
        "evidence": {"country": wish["evidence"].get("country", "")},
    }
    return [reason for reason in reasons if reason["criterion"] != "country"] + [folded]


def _filled(words: Words, evidence: Mapping[str, Any], language: str) -> Words:
    """Return the words with every value of the evidence told in the reader's language."""
    return Words(words.text, {name: _told(name, value, language) for name, value in evidence.items()})


def _told(name: str, value: Any, language: str) -> Any:
    """Return one value as a person reads it."""
    if value is None:
        return translate(lazy("not stated"))
    if name in SKILL_OR_WORDS and str(value) in vocabulary.reference().skills:
        return vocabulary.skill_label(str(value), language)
    if name in ("held", "needed") and value in vocabulary.CEFR:
        return translate(vocabulary.CEFR["N"]) if value == "N" else value
    if name == "basis" and value in vocabulary.KNOWN_BY:
        return translate(vocabulary.KNOWN_BY[value])
    if name in ("country", "from", "residence"):
        return vocabulary.country_name(str(value), language)
    if name == "language":
        return vocabulary.language_name(str(value), language)
    if name == "route":
        return vocabulary.route_name(str(value), language)
    if name in ("goals", "shared"):
        return ", ".join(vocabulary.goal_label(goal, language) for goal in value)
    if name == "routes":
        return ", ".join(vocabulary.route_name(route, language) for route in value)
    if name == "served":
        return ", ".join(vocabulary.country_name(country, language) for country in value)
    if name == "mode":
        return translate(vocabulary.MODES[value])
    return _number(name, value)


def _number(name: str, value: Any) -> Any:
    """Return numbers with at most one decimal and dates in the reader's way."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return number(round(value, 1))
    if name.endswith(("_from", "_to", "_until", "_least")):
        return day(date.fromisoformat(value))
    return value


def _notes(evidence: Mapping[str, Any]) -> list[Words]:
    """Return what must stand beside a reason: when a skill was last used, and what a path rests on."""
    notes = []
    if evidence.get("last_used"):
        notes.append(lazy("Last used %(year)s.", year=evidence["last_used"]))
    if evidence.get("read_from_text"):
        notes.append(lazy("Read from the host's words: “%(phrase)s”.", phrase=evidence["read_from_text"]))
    bases = {leg["basis"] for leg in evidence.get("path", ())}
    if evidence.get("route") and evidence.get("basis") == "inferred":
        notes.append(lazy("That it lies on this route is inferred from geography; no source names it there."))
    if any(basis.startswith("extension") for basis in bases):
        notes.append(lazy("Part of the way is this project's own extension, no Belt and Road route."))
    elif "inferred" in bases:
        notes.append(lazy("Part of the way is inferred from geography, not published."))
    return notes
