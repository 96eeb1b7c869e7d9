"""The agreement of a placement as the plain text that people sign: the same rows give the same text, sign for sign."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from webapp.agreement_sayings import SAYINGS
from webapp.agreement_words import NEUTRAL, Told, not_agreed, parts_told
from webapp.assignment_changes import Change
from webapp.i18n import day, translate
from webapp.models import Wording
from webapp.services.agreement_terms import from_rows
from webapp.services.signings import EXTRA, blanks
from webapp.tongue import speaking
from webapp.words import Words, lazy

KINDS: dict[str, Words] = {
    "international": lazy("international"),
    "national": lazy("national"),
    "local": lazy("local"),
}


def text_of(wording: Wording, language: str) -> str:
    """Return the text to sign in a language: blocks between blank lines, the first line of each its heading."""
    with speaking(language):
        terms = from_rows(wording.agreement.terms)
        blocks = [list(_head(wording))]
        for part in parts_told(terms, NEUTRAL, language):
            blocks.append([part.heading, *(line for term in part.terms for line in _lines(term, wording))])
        if EXTRA in wording.own:
            blocks.append([name_of(EXTRA), *_written(wording, EXTRA)])
        return "\n\n".join("\n".join(block) for block in blocks)


def open_names(wording: Wording) -> list[str]:
    """Return the names of the terms on which neither the assignment nor this wording says anything."""
    missing = not_agreed(from_rows(wording.agreement.terms))
    return [name for code, name in missing if code not in wording.own]


def name_of(code: str) -> str:
    """Return the name of a term that is written in."""
    return _("What both agree beyond this") if code == EXTRA else translate(SAYINGS[_row(code)].label)


def changes(before: Wording, after: Wording) -> list[Change]:
    """Return what a wording says differently from the one in force."""
    found = []
    if before.ends_on != after.ends_on:
        found.append(Change(_("Last day"), day(before.ends_on), day(after.ends_on)))
    for code in dict.fromkeys([*blanks(before), *blanks(after)]):
        was, now = before.own.get(code, ""), after.own.get(code, "")
        if was != now:
            found.append(Change(name_of(code), was or _("not agreed yet"), now or _("not agreed yet")))
    return found


def _row(code: str) -> str:
    return "payment_to" if code == "payment" else code


def _head(wording: Wording) -> Iterator[str]:
    placement = wording.placement
    yield _("Expectation agreement: %(title)s", title=placement.assignment.title)
    yield _("Version %(number)s for this placement", number=wording.number)
    yield _("Volunteer: %(name)s", name=placement.volunteer.full_name)
    yield _("Host: %(name)s", name=placement.assignment.host.name)
    yield _("Office: %(name)s", name=placement.receiving_vio.name)
    if placement.sending_vio_id != placement.receiving_vio_id:
        yield _("Office of the volunteer: %(name)s", name=placement.sending_vio.name)
    yield _("From %(first)s to %(last)s", first=day(wording.starts_on), last=day(wording.ends_on))
    yield _("Kind of place: %(kind)s", kind=translate(KINDS[wording.kind]))
    made = wording.agreement
    yield _(
        "Made from version %(number)s of the assignment's agreement, of %(day)s",
        number=made.number,
        day=day(made.made_at),
    )
    if wording.words:
        yield _("What changes: %(words)s", words=" ".join(wording.words.split()))


def _lines(term: Told, wording: Wording) -> Iterator[str]:
    written = list(_written(wording, term.code))
    said = _("not agreed yet") if term.is_open else term.sentence
    if term.is_open and written:
        said = _("agreed for this placement:")
    yield _("%(name)s (%(side)s): %(said)s", name=term.label, side=term.side, said=said)
    if not term.is_open:
        yield from (f"• {item}" for item in term.items)
        yield from term.said
        if not written:
            yield from (_("not agreed yet: %(what)s", what=name) for name in term.lacks)
            if term.is_by_hand:
                yield _("not agreed yet")
    yield from written


def _written(wording: Wording, code: str) -> Iterator[str]:
    for line in wording.own.get(code, "").splitlines():
        if line.strip():
            yield line.strip()
