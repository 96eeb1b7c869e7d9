"""How a person is found in what is kept of others, and what then stands in the place of their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from webapp.models import Mail, User, Volunteer
from webapp.models.mail import LONGEST_SUBJECT
from webapp.services.filled import as_kept, changed, finder_of, outside, values_of

GONE = "—"
_SHORTEST = 2
_SHORTEST_TEXT = 4
_FEWEST_DIGITS = 6  # of a telephone number: a shorter one stands in much that is none
_SPACED = "0-9A-Za-z_\u00c0-\u058f\u10a0-\u10ff\u1e00-\u1fff"  # scripts with capitals set words apart


@dataclass(frozen=True)
class Naming:
    """What a person is known by -> what is to stand there instead.

    `names` name nobody unless just that was filled into a letter ("May", "Will"); `wholes` (a full name, an e-mail
    address, a telephone number, in capitals or not) do wherever somebody wrote them. `texts` are what they said and
    what was said of them, each as `plain` has it: a letter that quotes one whole loses it.
    """

    names: Mapping[str, str]
    wholes: Mapping[str, str]
    texts: frozenset[str] = frozenset()

    def is_among(self, values: Sequence[str], *, whole_only: bool = False) -> bool:
        """Whether values that were filled into a letter name the person; `whole_only`: one is just a name."""
        return any(one in self.names or one in self.texts or (not whole_only and self.is_in(one)) for one in values)

    def is_in(self, text: str) -> bool:
        """Whether a text holds a whole name, an address or a number."""
        return bool(self.wholes) and self._finds_wholes.search(text) is not None

    def put_instead(self, letter: Mail) -> None:
        """Change a letter that names the person, in nothing else than what names them."""
        values = values_of(letter)
        for text in _longest_first(one for one in values if one in self.texts):
            letter.subject = finder_of(text).sub(GONE, letter.subject)
            letter.body = finder_of(text).sub(GONE, letter.body)
        values = [GONE if one in self.texts else one for one in values]
        change, secrets = partial(self._instead, [one for one in self.names if one in values]), letter.secrets.split()
        letter.subject = changed(letter.subject, secrets, change)[:LONGEST_SUBJECT]
        letter.body = changed(letter.body, secrets, change)
        letter.filled = as_kept([*map(change, values), *([] if letter.filled else self.names.values())])

    @cached_property
    def _finds_wholes(self) -> re.Pattern[str]:
        return pattern_of(self.wholes)

    def _instead(self, names: Sequence[str], text: str) -> str:
        if self.wholes:
            news = [self.wholes[one] for one in _longest_first(self.wholes)]
            text = self._finds_wholes.sub(lambda found: news[(found.lastindex or 1) - 1], text)
        return pattern_of(names, re.NOFLAG).sub(lambda found: self.names[found[0]], text) if names else text


def called(account: User, volunteer: Volunteer) -> Naming:
    """Return what the person is known by, with a mark in its place."""
    names, addresses = (volunteer.full_name, volunteer.call_me), (volunteer.email, account.email)
    return naming(*(dict.fromkeys(known, GONE) for known in (names, addresses, [volunteer.phone])))


def quoting(person: Naming, texts: Iterable[str]) -> Naming:
    """Return how to find a person who is also known by texts that letters may quote; short ones say nothing."""
    known = frozenset(map(plain, texts))
    return replace(person, texts=frozenset(one for one in known if len(one) >= _SHORTEST_TEXT))


def plain(text: str) -> str:
    """Return a text as `values_of` has it where it was filled into a letter."""
    return outside(text).strip()


def naming(
    names: Mapping[str | None, str], addresses: Mapping[str | None, str], phones: Mapping[str | None, str]
) -> Naming:
    """Return how to find somebody by names, e-mail addresses and telephone numbers; what is too short finds nobody."""
    known = {one.strip(): new for one, new in names.items() if one and len(one.strip()) >= _SHORTEST}
    wholes = {one: new for one, new in known.items() if _is_whole(one)}
    wholes |= {one.strip(): new for one, new in addresses.items() if one and one.strip()}
    wholes |= {one.strip(): new for one, new in phones.items() if one and sum(map(str.isdigit, one)) >= _FEWEST_DIGITS}
    return Naming(known, wholes)


def pattern_of(names: Iterable[str], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """Return what finds names as words of their own, a group each; scripts without spaces have no border."""
    return re.compile("|".join(map(_bordered, _longest_first(names))), flags)


def _is_whole(name: str) -> bool:
    """Whether a name is of two words or more, or in a script that writes such names without a space."""
    return " " in name or all(unicodedata.east_asian_width(sign) == "W" for sign in name)


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=len, reverse=True)


def _bordered(name: str) -> str:
    """Return the pattern of a name: beside it stands nothing of the same word, or of somebody else's address."""
    before, after = (".+-", rf"|-|\.[{_SPACED}]") if "@" in name else ("", "")
    first = f"(?<![{_SPACED}@{before}])" if re.match(f"[{_SPACED}]", name) else ""
    last = f"(?![{_SPACED}@]{after})" if re.search(f"[{_SPACED}]$", name) else ""
    return f"{first}({re.escape(name)}){last}"
