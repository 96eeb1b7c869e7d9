"""Learns which sentences say something: `python -m data.model.telling` writes telling-1.json for the shipped head.

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
from sklearn.linear_model import LogisticRegression

from matching.coach.brackets import filled_in
from matching.coach.statements import sentences_of
from matching.coach.telling import measured, rows_of, write_line
from matching.facts import UI_LANGUAGES

DATA = Path(__file__).parents[1]
STATEMENTS = Path(__file__).with_name("statements.csv")
# How much a sentence counts beside one that was written for this: what hosts are shown as an example has to count, and
# names of skills are many, short and no prose.
TEMPLATE, SHOWN, EXAMPLE, SKILL = 0.5, 1.0, 0.3, 0.1
# Texts of a template that are shown with their blanks filled in (webapp/coach_examples.py).
FILLED = ("title", "plain_day", "learning", "handover")
# Every so many of the examples and names of skills: they are thousands, and alike.
SOME = 8
STRENGTH = 3.0  # the inverse of how much large weights cost
# In doubt a sentence says something: of those that do, fewer shall be lost than of the others pass.
DOUBT = 0.015
_BRACKETS = re.compile(r"[\[\]\uff3b\uff3d]")
Told = tuple[str, bool, float]  # text, whether it says something, weight


def main() -> int:
    """Learn, write the line, and print how many of the sentences it puts on their side."""
    told = [*statements(), *_templates(), *_shown(), *_examples(), *_skills()]
    rows = rows_of([text for text, _says, _weight in told])
    says = np.array([one[1] for one in told])
    weights = np.array([one[2] for one in told])
    weights[says] *= weights[~says].sum() / weights[says].sum()
    model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-8).fit(rows, says, sample_weight=weights)
    write_line(model.coef_[0], -float(model.intercept_[0]), DOUBT)
    right = (measured([text for text, _says, _weight in told]) > 0) == says
    sys.stdout.write(f"{len(told)} sentences, of {(~says).sum()} that say nothing {right[~says].mean():.3f} found, ")
    sys.stdout.write(f"of the others {right[says].mean():.3f} kept\n")
    return 0


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
