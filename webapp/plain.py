"""Names and titles as plain single lines, in any script."""

from __future__ import annotations

import re
import unicodedata

# What nobody types and what makes a name look like another: control characters, direction overrides, invisible spaces.
# Joiners (U+200C, U+200D) stay: Persian, Sinhala and others need them.
HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def one_line(text: str) -> str:
    """Return the text on one line, in composed form, without spaces around it and without what is hidden."""
    return " ".join(HIDDEN.sub("", unicodedata.normalize("NFC", text)).split())
