"""Says in which language a text is written, and whether the sentence encoder knows that language.

On a language that it does not know the encoder fails silently: it gives rows that look like any others and mean
nothing. Such a text is read by its letters only (linker.py), against the labels in its own language.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# The sixteen languages that the encoder was trained on (both kinds of written Chinese are one code here).
TRAINED_ON = frozenset(["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"])
# Near relatives, for which short texts of the above are mistaken.
READ_ALIKE = frozenset(
    ["an", "ary", "arz", "ast", "ca", "ext", "gl", "id", "la", "ms", "oc", "pcm", "vec", "wuu", "yue"]
)
KNOWN = TRAINED_ON | READ_ALIKE
# By so much (natural logarithm of the likelihood) another language has to be likelier than every known one. Of 4,800
# short phrases in the six languages at most one in a thousand crosses it; sentences in others lie at 28 and more.
MARGIN = 12.0
MAX_CHARACTERS = 1000
CONSTANTS = {"known": sorted(KNOWN), "margin": MARGIN, "max_characters": MAX_CHARACTERS}


def known_to_encoder(text: str) -> bool:
    """Return whether the encoder may speak on a text: False only where another language is clearly likelier."""
    return language_of(text) in KNOWN


@lru_cache(maxsize=20_000)
def language_of(text: str) -> str:
    """Return the language of a text as ISO 639-1, or 639-3 where there is no shorter code.

    A language that the encoder does not know is named only where it is clearly likelier than all that it knows, so
    that a word or two of Russian are not taken for Bulgarian. A text without letters counts as English.
    """
    # Late: the detector takes half a second to load, and many commands read no text.
    import py3langid

    readable = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).casefold()
    if not any(sign.isalpha() for sign in readable):
        return "en"
    ranked = py3langid.rank(readable)
    best, likelihood = ranked[0]
    nearest, next_likelihood = next((code, value) for code, value in ranked if code in KNOWN)
    return best if likelihood - next_likelihood > MARGIN else nearest
