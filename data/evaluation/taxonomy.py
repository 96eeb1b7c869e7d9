"""Finding the same skill in another language: each label of one language among all skills, named in another.

Thirty ordered pairs of languages. A candidate is what stands for it in the language searched, its label and synonyms,
scored as the product does (mostly the nearest name, partly their mean); beside stands the label alone, and the skill
named in all languages but that of the label, as the product knows it. Every label is searched under a head that did
not train on its skill (folds.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from data.evaluation.figure import Figure, at_least, missing
from data.evaluation.folds import heads, parts
from data.model.sources import ESCO, LANGUAGES
from matching.evaluation import bootstrap
from matching.reference import Reference
from matching.text.encoder import Encoder, shared_encoder
from matching.text.exact import Array, unit
from matching.text.meanings import NEAREST_SHARE

GOALS = {1: 0.93, 10: 0.99}
# How sharply a candidate prefers its nearest labels, where its liking for all of them is evened out.
SHARPNESS = 20.0
Pair = tuple[str, str]
# For each pair of languages, the place of the right skill for every label, from 1.
Places = dict[Pair, Array]


@dataclass(frozen=True)
class Names:
    """The names of all skills in one language, skill by skill, labels first; `starts` are the places of the labels."""

    texts: tuple[str, ...]
    starts: Array

    @staticmethod
    def of(reference: Reference, language: str) -> Names:
        """Read the names from the tables."""
        skills = reference.skills.values()
        names = [(skill.labels[language], *skill.synonyms.get(language, ())) for skill in skills]
        lengths = [len(one) for one in names]
        return Names(tuple(text for one in names for text in one), np.cumsum([0, *lengths[:-1]]))

    @property
    def owners(self) -> Array:
        """The number of the skill of each name."""
        return np.repeat(np.arange(len(self.starts)), np.diff([*self.starts, len(self.texts)]))

    @property
    def labels(self) -> list[str]:
        """The labels alone."""
        return [self.texts[start] for start in self.starts]


def figures() -> list[Figure]:
    """Return the worst pair of languages, and all thirty."""
    if not ESCO.exists():
        return [missing(f"own taxonomy, worst of 30 pairs, @{top}", goal) for top, goal in GOALS.items()]
    reference = Reference.load()
    names = {language: Names.of(reference, language) for language in LANGUAGES}
    measured = _measured(reference, names)
    worst = [_worst(top, goal, measured) for top, goal in GOALS.items()]
    return [*worst, *(_pair(pair, measured) for pair in permutations(LANGUAGES, 2))]


def alike(queries: Array, names: Array, starts: Array) -> Array:
    """Return how near queries lie to skills, (queries, skills): mostly the nearest name, partly the mean of all."""
    nearest = np.maximum.reduceat(queries @ names.T, starts, axis=1)
    mean = queries @ unit(np.add.reduceat(names, starts, axis=0)).T
    return np.asarray(NEAREST_SHARE * nearest + (1 - NEAREST_SHARE) * mean)


def evened(scores: Array) -> Array:
    """Return scores from which each candidate's liking for all labels of the asking language is taken off.

    Some names lie near to everything and would win for many labels; what they like about all says nothing.
    """
    sharp = SHARPNESS * scores
    highest = sharp.max(axis=0)
    return np.asarray(sharp - highest - np.log(np.exp(sharp - highest).sum(axis=0)))


def places(scores: Array) -> Array:
    """Return the place of the right skill for each label, from 1; an equal score counts against it."""
    own = np.diag(scores)[:, None]
    return np.asarray((scores >= own).sum(axis=1))


def _measured(reference: Reference, names: dict[str, Names]) -> dict[str, Places]:
    """Return the places by system; those of the heads are put together from the parts that are new to them."""
    codes = list(reference.skills)
    found: dict[str, Places] = {}
    for part, head in zip(parts(reference), heads(), strict=True):
        mine = np.array([code in part for code in codes])
        for system, pairs in _systems(names, {one: Encoder(head).encode(names[one].texts) for one in names}):
            for pair, ranks in pairs.items():
                whole = found.setdefault(system, {}).setdefault(pair, np.zeros(len(codes), dtype=np.int64))
                whole[mine] = ranks[mine]
    found["bare encoder"] = _plain(names, {one: shared_encoder().raw(names[one].texts) for one in names})
    found["shipped head"] = _plain(names, {one: shared_encoder().encode(names[one].texts) for one in names})
    found["characters"] = {(one, other): places(_spelled(names[one], names[other])) for one, other in _pairs()}
    return found


def _systems(names: dict[str, Names], rows: dict[str, Array]) -> Iterator[tuple[str, Places]]:
    yield "ours", _plain(names, rows)
    labels = {one: rows[one][names[one].starts] for one in names}
    yield "all other languages", _elsewhere(names, rows)
    yield "label alone", {(one, other): places(labels[one] @ labels[other].T) for one, other in _pairs()}
    yield (
        "evened out",
        {(one, other): places(evened(alike(labels[one], rows[other], names[other].starts))) for one, other in _pairs()},
    )


def _elsewhere(names: dict[str, Names], rows: dict[str, Array]) -> Places:
    """Return places among skills named in all languages but the one that asks; the same whichever is searched."""
    found: Places = {}
    for asking in names:
        others = [one for one in names if one != asking]
        texts = np.concatenate([rows[one] for one in others])
        owners = np.concatenate([names[one].owners for one in others])
        order = np.argsort(owners, kind="stable")
        starts = np.searchsorted(owners[order], np.arange(len(names[asking].starts)))
        ranks = places(alike(rows[asking][names[asking].starts], texts[order], starts))
        found |= {(asking, other): ranks for other in others}
    return found


def _plain(names: dict[str, Names], rows: dict[str, Array]) -> Places:
    return {
        (one, other): places(alike(rows[one][names[one].starts], rows[other], names[other].starts))
        for one, other in _pairs()
    }


def _spelled(asked: Names, known: Names) -> Array:
    """Score by character TF-IDF of the language searched, a skill by its nearest name."""
    learned = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, strip_accents="unicode")
    rows = learned.fit_transform(known.texts)
    scores = (learned.transform(asked.labels) @ rows.T).toarray()
    return np.asarray(np.maximum.reduceat(scores, known.starts, axis=1))


def _pairs() -> list[Pair]:
    return list(permutations(LANGUAGES, 2))


def _worst(top: int, goal: float, measured: dict[str, Places]) -> Figure:
    shares = {pair: float((ranks <= top).mean()) for pair, ranks in measured["ours"].items()}
    worst = min(shares, key=shares.__getitem__)
    beside = {
        system: min(float((ranks <= top).mean()) for ranks in found.values())
        for system, found in measured.items()
        if system != "ours"
    }
    beside |= {"mean": float(np.mean(list(shares.values()))), "pairs met": sum(one >= goal for one in shares.values())}
    title = f"own taxonomy, worst of 30 pairs ({' to '.join(worst)}), @{top}"
    return at_least(title, bootstrap(measured["ours"][worst] <= top), goal, beside=beside)


def _pair(pair: Pair, measured: dict[str, Places]) -> Figure:
    beside = {"@10": float((measured["ours"][pair] <= max(GOALS)).mean())}
    beside |= {system: float((found[pair] <= 1).mean()) for system, found in measured.items() if system != "ours"}
    title = f"own taxonomy {' to '.join(pair)}, @1"
    return at_least(title, bootstrap(measured["ours"][pair] <= 1), None, beside=beside)
