"""The cell that lists payments: `payer>payee:what:amount:when|...`; a backslash stands before marks inside a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from webapp.services.imports.unreadable import Unreadable
from webapp.words import lazy

PAYERS = ("host", "vio", "volunteer", "sponsor")
PAYEES = ("host", "vio", "volunteer", "third_party")
_LONGEST = (200, 60, 120)  # what, amount, when
Payment = tuple[str, str, str, str, str]  # payer, payee, what, amount, when


def parse_money(cell: str) -> list[Payment]:
    """Return the payments of a cell; Unreadable where one lacks its payer, payee or purpose."""
    return [_payment(line) for line in _split(cell, "|") if line.strip()]


def join_money(lines: Iterable[Sequence[str]]) -> str:
    """Return the cell for payments."""
    return "|".join(f"{one[0]}>{one[1]}:" + ":".join(_escape(part) for part in one[2:]) for one in lines)


def _payment(line: str) -> Payment:
    parts = [_bare(part) for part in _split(line, ":")]
    who, texts = parts[0], [*parts[1:], "", "", ""]
    payer, _, payee = (part.strip() for part in who.partition(">"))
    if payer not in PAYERS or payee not in PAYEES or not texts[0]:
        raise Unreadable(
            lazy(
                "Write each payment as payer>payee:what:amount:when, such as host>volunteer:room:free:always. Payers "
                "are %(payers)s; payees are %(payees)s.",
                payers=", ".join(PAYERS),
                payees=", ".join(PAYEES),
            )
        )
    if any(len(text) > most for text, most in zip(texts, _LONGEST, strict=False)) or any(texts[3:]):
        raise Unreadable(lazy("A part of this payment is too long, or there are too many parts. Shorten it."))
    return payer, payee, texts[0], texts[1], texts[2]


def _escape(text: str) -> str:
    return re.sub(r"([\\|:])", r"\\\1", " ".join(text.split()))


def _split(text: str, mark: str) -> list[str]:
    """Part at `mark`, but not where a backslash stands before it; backslashes stay."""
    parts, part, is_escaped = [], "", False
    for char in text:
        if char == mark and not is_escaped:
            parts.append(part)
            part = ""
        else:
            part += char
        is_escaped = char == "\\" and not is_escaped
    return [*parts, part]


def _bare(part: str) -> str:
    return re.sub(r"\\([\\|:])", r"\1", part.strip())
