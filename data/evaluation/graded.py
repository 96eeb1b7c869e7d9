"""How well the whole match orders 20 graded candidates for each of 30 assignments (graded/README.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer

from data.evaluation.figure import Figure, at_least
from matching import Matcher
from matching.evaluation import bootstrap, ndcg, paired_gain
from matching.reference import Reference
from matching.text.encoder import shared_encoder

FOLDER = Path(__file__).with_name("graded")
TOP = 10
GOAL = 0.10
SHUFFLES = 200
SEED = 0
ASSIGNMENT_TEXTS = ("title", "tasks", "expected_results")

Grades = dict[str, dict[str, int]]
Orders = Mapping[str, Sequence[str]]


def figures() -> list[Figure]:
    """Return nDCG@10 of the match beside plain baselines, and the paired gain over word TF-IDF on the same texts."""
    volunteers, assignments, grades = read("volunteers"), read("assignments"), read_grades()
    values = {
        name: quality(orders, grades)
        for name, orders in {
            "ours": match_orders(volunteers, assignments),
            **text_orders(volunteers, assignments, grades),
        }.items()
    }
    beside = {name: float(of.mean()) for name, of in values.items() if name != "ours"}
    gain = paired_gain(values["ours"], values["words"])
    return [
        at_least("graded set: nDCG@10", bootstrap(values["ours"]), None, beside=beside | {"chance": chance(grades)}),
        at_least("graded set: gain over TF-IDF", gain, GOAL),
        at_least("graded set: lower end of the gain", gain.low, 0.0),
        at_least("graded set: gain over the encoder", paired_gain(values["ours"], values["encoder"]), None),
    ]


def read(name: str) -> pd.DataFrame:
    """Read a list of the graded set as text."""
    return pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)


def read_grades(name: str = "grades") -> Grades:
    """Return the grades of each assignment's candidates; where all are 0 no order is better, and it is left out."""
    found: Grades = {}
    for row in read(name).itertuples():
        found.setdefault(row.assignment_id, {})[row.volunteer_id] = int(row.grade)
    return {assignment: of for assignment, of in found.items() if any(of.values())}


def match_orders(volunteers: pd.DataFrame, assignments: pd.DataFrame) -> Orders:
    """Return the volunteers of each assignment as the product ranks them, among everybody."""
    ranked = Matcher().fit(volunteers).rank(assignments, seed=SEED)
    return ranked.groupby("assignment_id")["volunteer_id"].agg(list).to_dict()


def text_orders(volunteers: pd.DataFrame, assignments: pd.DataFrame, grades: Grades) -> dict[str, Orders]:
    """Return the candidates of each assignment by word TF-IDF and by the bare encoder, over the same texts."""
    people, work = texts_of(volunteers, assignments)
    learned = TfidfVectorizer(sublinear_tf=True).fit(people + work)
    encoder = shared_encoder()
    scores = {
        "words": (learned.transform(work) @ learned.transform(people).T).toarray(),
        "encoder": encoder.raw(work) @ encoder.raw(people).T,
    }
    rows = {name: number for number, name in enumerate(assignments["id"])}
    columns = {name: number for number, name in enumerate(volunteers["id"])}
    return {
        system: {
            # Most pairs share no word: equal scores stand in the order of the file, which was shuffled.
            assignment: sorted(of, key=lambda person: -round(float(found[rows[assignment], columns[person]]), 6))
            for assignment, of in grades.items()
        }
        for system, found in scores.items()
    }


def texts_of(volunteers: pd.DataFrame, assignments: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Return what each person and each assignment says, with the English labels of the skills stated."""
    people = [_joined([row["experience"]], row["skills"]) for _, row in volunteers.iterrows()]
    work = [
        _joined([row[name] for name in ASSIGNMENT_TEXTS], row["skills_essential"], row["skills_desirable"])
        for _, row in assignments.iterrows()
    ]
    return people, work


def _joined(said: Sequence[str], *stated: str) -> str:
    skills = Reference.load().skills
    codes = [item.partition(":")[0] for cell in stated for item in cell.split("|") if item]
    return ". ".join([*said, *(skills[code].labels["en"] for code in codes)])


def quality(orders: Orders, grades: Grades) -> np.ndarray:
    """Return nDCG@10 of each assignment, over its graded candidates alone."""
    return np.array(
        [ndcg([one for one in orders.get(assignment, ()) if one in of], of, TOP) for assignment, of in grades.items()]
    )


def chance(grades: Grades) -> float:
    """Return the mean nDCG@10 of shuffled candidates."""
    rng = np.random.default_rng(SEED)
    shuffled = ({name: rng.permutation(list(of)).tolist() for name, of in grades.items()} for _ in range(SHUFFLES))
    return float(np.mean([quality(orders, grades).mean() for orders in shuffled]))
