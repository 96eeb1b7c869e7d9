"""The catalogues: every text there, every value kept, as many plurals as the language has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from webapp.config import LANGUAGES, ROOT

FOLDER = ROOT / "webapp" / "translations"
PLURALS = {"zh": 1, "fr": 2, "es": 2, "ru": 3, "ar": 6}
VALUE = re.compile(r"%\(\w+\)[sd]")
TAG = re.compile(r"</?[a-z]+[^>]*>")


def _read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def test_every_language_but_english_has_a_catalogue() -> None:
    assert set(PLURALS) == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize("language", PLURALS)
def test_catalogue_is_whole(language: str) -> None:
    template = _read(FOLDER / "messages.pot")
    catalogue = _read(FOLDER / language / "LC_MESSAGES" / "messages.po", language)
    assert catalogue.num_plurals == PLURALS[language]
    missing = []
    for message in template:
        if message.id:
            found = catalogue.get(message.id)
            texts = [found.string] if found and isinstance(found.string, str) else list(found.string) if found else []
            if not texts or not all(texts) or (found and found.fuzzy):
                missing.append(message.id)
    assert missing == []


@pytest.mark.parametrize("language", PLURALS)
def test_values_and_tags_are_kept(language: str) -> None:
    faults = []
    for message in _read(FOLDER / language / "LC_MESSAGES" / "messages.po", language):
        if not message.id:
            continue
        if isinstance(message.id, str):
            source, texts = message.id, [message.string]
            kept = [set(VALUE.findall(source)) == set(VALUE.findall(str(text))) for text in texts]
        else:  # a plural form for one or two may leave the number out, and no form may bring a value of its own
            source, texts = message.id[1], list(message.string)
            kept = [set(VALUE.findall(str(text))) <= set(VALUE.findall(source)) for text in texts]
        if not all(kept) or any(sorted(TAG.findall(source)) != sorted(TAG.findall(str(text))) for text in texts):
            faults.append((source, texts))
    assert faults == []


def test_template_holds_the_texts_of_the_code() -> None:
    """A new text needs `./run texts`; this looks at a few that stand in every corner."""
    known = {message.id for message in _read(FOLDER / "messages.pot") if isinstance(message.id, str)}
    assert {"What waits", "Skills", "dates do not meet", "Sign out"} <= known
