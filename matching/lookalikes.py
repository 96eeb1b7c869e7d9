"""Gives a word back its own script where letters of another script that look the same were typed into it."""

from __future__ import annotations

import re

# Pairs that a reader cannot tell apart, or hardly: Cyrillic, then Latin.
_CYRILLIC = "асеорхуіѕјһкмтвнԁԛԝАВСЕНІЈКМОРЅТХУ"
_LATIN_OF_CYRILLIC = "aceopxyisjhkmtbhdqwABCEHIJKMOPSTXY"
_GREEK = "οανρυικτχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
_LATIN_OF_GREEK = "oavpuiktxABEZHIKMNOPTYX"
_TO_LATIN = dict(zip(_CYRILLIC + _GREEK, _LATIN_OF_CYRILLIC + _LATIN_OF_GREEK, strict=True))
_TO_CYRILLIC = dict(zip("aceopxykmABCEHKMOPTXY", "асеорхукмАВСЕНКМОРТХУ", strict=True))
_LATIN_TABLE = str.maketrans(_TO_LATIN)
_CYRILLIC_TABLE = str.maketrans(_TO_CYRILLIC)
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0400-\u04ff\u0500-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def one_script(text: str) -> str:
    """Return a text in which no word mixes Latin letters with Cyrillic or Greek ones that look like them."""
    if not (_OTHER_SCRIPT.search(text) and _LATIN.search(text)):
        return text
    sure = _surely_latin(text) - _surely_other(text)
    return _WORD.sub(lambda match: _mended(match[0], sure), text)


def _mended(word: str, whole: int) -> str:
    """Return a word in one script: its own sure letters decide; where it has none, those of the whole text."""
    if not (_OTHER_SCRIPT.search(word) or all(sign in _TO_CYRILLIC for sign in word)):
        return word
    sure = _surely_latin(word) - _surely_other(word)
    if sure > 0 or (sure == 0 and whole > 0):
        return word.translate(_LATIN_TABLE)
    return word.translate(_CYRILLIC_TABLE) if _OTHER_SCRIPT.search(word) else word


def _surely_latin(text: str) -> int:
    return sum(1 for sign in text if _LATIN.match(sign) and sign not in _TO_CYRILLIC)


def _surely_other(text: str) -> int:
    return sum(1 for sign in text if _OTHER_SCRIPT.match(sign) and sign not in _TO_LATIN)
