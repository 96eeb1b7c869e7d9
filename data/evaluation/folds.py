"""Heads that did not train on a part of the own skills: five parts, so that every skill meets a head that is new to it.

A skill lies in one part with its broader and narrower ones. With it are left out, in every language, the ESCO concept
to which it maps, and every concept that bears one of its names.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from data import model
from data.model.sources import ROOT, groups
from data.model.train import train
from matching.reference import Reference
from matching.text.encoder import legible
from matching.text.head import Head

FOLDS = 5
# Heads are kept under the hash of all that they are made from: code and texts.
STORE = ROOT / "var" / "folds"
HASH_LETTERS = 16


def parts(reference: Reference) -> list[frozenset[str]]:
    """Return the codes of the skills in five parts of like size, kin together."""
    kin = {code: {code} for code in reference.skills}
    for code, skill in reference.skills.items():
        if skill.broader:
            joined = kin[code] | kin[skill.broader]
            kin.update(dict.fromkeys(joined, joined))
    found: list[set[str]] = [set() for _ in range(FOLDS)]
    for together in sorted({frozenset(one) for one in kin.values()}, key=lambda one: (-len(one), min(one))):
        min(found, key=len).update(together)
    return [frozenset(one) for one in found]


@lru_cache(maxsize=1)
def heads() -> list[Head]:
    """Return a head for each of the parts, trained without it; the first time takes some minutes."""
    reference, named = Reference.load(), _concepts_by_name()
    return [_head(part, _concepts(part, reference, named)) for part in parts(reference)]


def _concepts(part: frozenset[str], reference: Reference, named: dict[str, set[str]]) -> frozenset[str]:
    """Return the URIs of the concepts that stand for skills of a part, or bear one of their names."""
    skills = [reference.skills[code] for code in part]
    keys = [key for skill in skills for key in (skill.esco, *(legible(text) for _, text in skill.names())) if key]
    return frozenset(uri for key in keys for uri in named.get(key, ()))


def _concepts_by_name() -> dict[str, set[str]]:
    """Return the URIs of ESCO's concepts by each of their names, and by the last part of the URI."""
    named: dict[str, set[str]] = defaultdict(set)
    for group in groups():
        if group.kind in {"occupation", "skill"}:
            for text in (group.key.rsplit("/", 1)[-1], *group.texts):
                named[text].add(group.key)
    return named


def _head(part: frozenset[str], concepts: frozenset[str]) -> Head:
    path = STORE / f"{_hash(part, concepts)}.npz"
    if not path.exists():
        STORE.mkdir(parents=True, exist_ok=True)
        train(without_concepts=concepts, without_skills=part).save(path)
    return Head.load(path)


def _hash(part: frozenset[str], concepts: frozenset[str]) -> str:
    digest = hashlib.sha256()
    for file in sorted(Path(next(iter(model.__path__))).glob("*.py")):
        digest.update(file.read_bytes())
    for group in groups(concepts, part):
        digest.update(repr((group.key, group.texts)).encode())
    return digest.hexdigest()[:HASH_LETTERS]
