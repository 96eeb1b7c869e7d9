"""How crowded first places are: the plain lot inside a band beside the spread one, on the sample and a skewed world."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data.evaluation.figure import Figure, at_most
from data.evaluation.six_languages import PERSON, WORK
from matching import PLAIN, Matcher, Spread, best_bands

SAMPLE = Path(__file__).parents[1] / "sample"
SEEDS = 20
WORKS, PEOPLE = 12, 240
COUNTRIES = ("KE", "TZ", "UG", "RW", "ET", "DJ", "EG", "TR", "IR", "UZ", "KZ", "MN")


def figures() -> list[Figure]:
    """Return, for both worlds and both kinds of list, how first places are divided after and before."""
    return [
        figure for name, lists in (("sample", sample()), ("skewed world", skewed())) for figure in _of(name, *lists)
    ]


def sample() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the volunteers and assignments of the demonstration."""
    volunteers, assignments = (
        pd.read_csv(SAMPLE / f"{name}.csv", keep_default_na=False, dtype=str) for name in ("volunteers", "assignments")
    )
    return volunteers, assignments


def skewed() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return twelve equal assignments, one of which everybody wants as much as one of the others."""
    people = [
        {"id": f"v{number:03}", "experience": "", **PERSON, "countries": f"KE|{COUNTRIES[1 + number % (WORKS - 1)]}"}
        for number in range(PEOPLE)
    ]
    work = [{"id": f"a-{country}", "skills_text": "", **WORK, "country": country} for country in COUNTRIES]
    return pd.DataFrame(people, dtype=str), pd.DataFrame(work, dtype=str)


def _of(world: str, volunteers: pd.DataFrame, assignments: pd.DataFrame) -> list[Figure]:
    matcher = Matcher().fit(volunteers)
    ranked = matcher.rank(assignments)
    pairs = ranked[ranked["status"] == "eligible"]
    spread = matcher.spread_over(assignments)
    found = []
    for lists, ones, whose in (
        ("volunteer_id", "assignment_id", "assignments in people's lists"),
        ("assignment_id", "volunteer_id", "people in assignments' lists"),
    ):
        total = pairs[ones].nunique()
        reachable = len({one for _, one in best_bands(zip(pairs[lists], pairs[ones], pairs["band"], strict=True))})
        before, after = (_measured(pairs, lists, ones, total, which) for which in (PLAIN, spread))
        prefix = f"{world}, {whose}: "
        found += [
            at_most(f"{prefix}Gini of first places", after[0], None, beside={"plain lot": before[0]}),
            at_most(f"{prefix}share of the most crowded", after[1], None, beside={"plain lot": before[1]}),
            at_most(
                f"{prefix}never first",
                after[2],
                None,
                f"of {total}",
                beside={"plain lot": before[2], "in no best band": float(total - reachable)},
            ),
            at_most(f"{prefix}points lost at the first place", before[3] - after[3], None, "of 100"),
        ]
    return found


def _measured(pairs: pd.DataFrame, lists: str, ones: str, total: int, spread: Spread) -> list[float]:
    """Return the Gini coefficient, the largest share, how many are never first, and the mean score, over SEEDS lots."""
    rows = []
    for seed in range(SEEDS):
        lots = spread.lots(seed, pairs["volunteer_id"].tolist(), pairs["assignment_id"].tolist())
        ordered = pairs.assign(lot=lots).sort_values(["band", "lot"], ascending=[False, True])
        firsts = ordered.drop_duplicates(lists)
        counts = np.zeros(total)
        found = np.sort(firsts[ones].value_counts().to_numpy(dtype=float))
        counts[total - len(found) :] = found
        rows.append([gini(counts), counts.max() / counts.sum(), float((counts == 0).sum()), firsts["score"].mean()])
    return [float(value) for value in np.mean(rows, axis=0)]


def gini(counts: np.ndarray) -> float:
    """Return the Gini coefficient of counts: 0 where all are equal, near 1 where one has everything."""
    ordered = np.sort(counts)
    places = 2 * np.arange(1, len(ordered) + 1) - len(ordered) - 1
    return float((places * ordered).sum() / (len(ordered) * ordered.sum()))
