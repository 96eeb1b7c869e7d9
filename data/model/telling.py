"""Learns which sentences say something: `python -m data.model.telling` writes telling-2.npz for the shipped head.

Only own texts: `statements.csv` holds sentences that say nothing of their own and some that do, in all six languages;
the sentences of templates, examples and the taxonomy say something too. Run it after every training of the head. What
`./run evaluate coach` judges is none of these.
"""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.decomposition import PCA
from sklearn.svm import SVC

from matching.coach.brackets import filled_in
from matching.coach.judge import FADING, STEPS, Judge, turned
from matching.coach.statements import sentences_of
from matching.coach.telling import JUDGE, rows_of
from matching.facts import UI_LANGUAGES
from matching.text.encoder import shared_encoder
from matching.text.exact import SCALE, Array

DATA = Path(__file__).parents[1]
STATEMENTS = Path(__file__).with_name("statements.csv")
# How much a sentence counts beside one that was written for this: what hosts are shown as an example has to count, and
# names of skills are many, short and no prose.
TEMPLATE, SHOWN, EXAMPLE, SKILL = 0.5, 1.0, 0.3, 0.1
# Texts of a template that are shown with their blanks filled in (webapp/coach_examples.py).
FILLED = ("title", "plain_day", "learning", "handover")
# Every so many of the examples and names of skills: they are thousands, and alike.
SOME = 8
AXES = 64  # so many directions keep what parts the sentences; with more they are learned by heart
STRENGTH = 10.0  # how much a sentence on the wrong side costs beside a simple judge
ASKED = 0.2  # so far from the middle, of 1 for the sentences learned, something begins to be said
SPREAD = 7.0  # brings the sentences learned near the ends of the scale from -1 to 1 that the coach reads
_BRACKETS = re.compile(r"[\[\]\uff3b\uff3d]")
Told = tuple[str, bool, float]  # text, whether it says something, weight


def main() -> int:
    """Learn, write the line, and print how many of the sentences it puts on their side."""
    told = [*statements(), *_templates(), *_shown(), *_examples(), *_skills()]
    rows = rows_of([text for text, _says, _weight in told])
    says = np.array([one[1] for one in told])
    weights = np.array([one[2] for one in told])
    weights[says] *= weights[~says].sum() / weights[says].sum()
    judge = learned(rows, says, weights)
    judge.save(JUDGE)
    right = (judge.clearness(rows) > 0) == says
    sys.stdout.write(f"{len(told)} sentences, of {(~says).sum()} that say nothing {right[~says].mean():.3f} found, ")
    sys.stdout.write(f"of the others {right[says].mean():.3f} kept\n")
    return 0


def learned(rows: Array, says: Array, weights: Array) -> Judge:
    """Return what parts the rows that say something from the others; the same file from the same rows."""
    found = PCA(AXES, svd_solver="covariance_eigh").fit(rows)
    axes = np.rint(found.components_ * SCALE)
    centre = np.rint(found.mean_ @ axes.T)
    places = turned(rows, axes, centre)
    model = SVC(C=STRENGTH, gamma=FADING, tol=1e-5).fit(places / SCALE, says, sample_weight=weights)
    pulls = np.rint(model.dual_coef_[0] / SPREAD * STEPS)
    start = (ASKED - float(model.intercept_[0])) / SPREAD
    return Judge(shared_encoder().head.fingerprint, axes, centre, places[model.support_], pulls, round(start, 6))


def statements() -> Iterator[Told]:
    """Yield the sentences that were written for this."""
    with STATEMENTS.open(encoding="utf-8", newline="") as lines:
        yield from ((row["text"], row["kind"] == "something", 1.0) for row in csv.DictReader(lines))


def _templates() -> Iterator[Told]:
    """Yield the sentences of the templates, with the words of their blanks."""
    texts = [
        text for template in _read("templates") for language in UI_LANGUAGES for text in template[language].values()
    ]
    yield from ((one, True, TEMPLATE) for text in texts for one in sentences_of(_BRACKETS.sub("", text)))


def _shown() -> Iterator[Told]:
    """Yield the sentences of the coach's examples, those from templates as they are shown."""
    for language, table in zip(sorted(UI_LANGUAGES), _read("reference/coach/examples"), strict=True):
        texts = [text for name in ("community", "displacement", "supervision") for text in table[name].values()]
        for template in _read("templates"):
            words = table["blanks"]["any"] | table["blanks"].get(template["sector"], {})
            texts += [filled_in(template[language][name], words) for name in FILLED]
        yield from ((one, True, SHOWN) for text in texts for one in sentences_of(text))


def _examples() -> Iterator[Told]:
    rows = _rows("skill_examples.csv")
    yield from ((row["example"], True, EXAMPLE) for row in rows[::SOME] if row["lang"] in UI_LANGUAGES)


def _skills() -> Iterator[Told]:
    names = [row[f"label_{language}"] for row in _rows("skills.csv") for language in UI_LANGUAGES]
    yield from ((name, True, SKILL) for name in names[:: SOME - 1])


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / "reference" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _read(folder: str) -> list[dict[str, Any]]:
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((DATA / folder).glob("*.toml"))]


if __name__ == "__main__":
    sys.exit(main())
