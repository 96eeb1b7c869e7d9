"""What was filled into a letter, kept beside it: of its sentences only these values may speak of people."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Row

from webapp.models import Mail
from webapp.words import Words

# What stays as it is in a letter: addresses of pages, and days as letters write them (a person may be called May).
# Nothing of it is tried twice (possessive): people write what they like, and many links in a row are no trap.
WHOLE = r"(?<![A-Za-z])[A-Za-z][A-Za-z0-9+.-]*+://[!-~]++|\b\d{1,2} [^\W\d]++\.? \d{4}\b"

_NEAR = r"[^\S\n]*\n?[^\S\n]*"  # the next paragraph is no more of the same
_SAID = re.compile(r"%\((\w+)\)")


def filled_of(said: Iterable[Words], secrets: Collection[str]) -> str:
    """Return what is kept (Mail.filled) of words that become a letter: each value once, without links and secrets."""
    return as_kept(outside(one, secrets) for words in said for one in _leaves(words))


def as_kept(values: Iterable[str]) -> str:
    """Return values as they are kept: a JSON list, each once."""
    return json.dumps(list(dict.fromkeys(one.strip() for one in values if one.strip())), ensure_ascii=False)


def values_of(letter: Mail | Row[Any]) -> list[str]:
    """Return the values in a letter; of a letter from before these were kept, all that it says counts as values."""
    if letter.filled:
        return [str(one) for one in json.loads(letter.filled)]
    return [outside(text, letter.secrets.split()) for text in (letter.subject, letter.body)]


def outside(text: str, secrets: Collection[str] = ()) -> str:
    """Return a text without links, days and secrets."""
    return " ".join(_stays(secrets).split(text))


def finder_of(value: str) -> re.Pattern[str]:
    """Return what finds a value, as `values_of` has it, in its letter, with the links and days in and beside it."""
    said = rf"(?:\s|(?>{WHOLE}))++".join(map(re.escape, value.split()))
    return re.compile(rf"(?:(?>{WHOLE}){_NEAR})*+{said}(?:{_NEAR}(?>{WHOLE}))*+")


def changed(text: str, secrets: Collection[str], change: Callable[[str], str]) -> str:
    """Return a text with `change` made everywhere but within links, days and secrets."""
    stays = _stays(secrets)
    between, kept = stays.split(text), stays.findall(text)
    return "".join(change(part) + whole for part, whole in zip(between, [*kept, ""], strict=True))


def _stays(secrets: Collection[str]) -> re.Pattern[str]:
    return re.compile("|".join([*(re.escape(one) for one in sorted(secrets, key=len, reverse=True)), WHOLE]))


def _leaves(said: Any) -> Iterator[str]:
    """Yield the texts that words say, also words within words; what a language names is no person.

    A value that the sentence does not say is not in the letter, so nothing is kept of it.
    """
    if isinstance(said, Words):
        for name in _SAID.findall(said.text):
            yield from _leaves(said.values[name])
    elif isinstance(said, list | tuple):
        for one in said:
            yield from _leaves(one)
    elif isinstance(said, str):
        yield said
