"""What a proposed version would change: rankings before and after, and whose places at the top move."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, ScoreModel, User, Volunteer
from webapp.services import drawn_lists, learning, runs
from webapp.services.drawn_lists import DrawnLists
from webapp.services.exposure import TOP, Exposure, exposure_table
from webapp.services.learning import Outcome
from webapp.services.linking import language_of_text
from webapp.services.person_relations import within_reach
from webapp.services.profiles import Profile
from webapp.services.ranking import KEPT_FOR_ASSIGNMENT
from webapp.services.visibility import Sight, sight_of

EXAMPLES = 10
MOST_RANKED = 200  # assignments; more would only sharpen the shares


@dataclass(frozen=True)
class Material:
    """What the two rankings need, read in one transaction."""

    lists: DrawnLists
    seed: int
    spread: Mapping[str, Any]


def material(session: Session, vio_id: int) -> Material:
    """Read the open assignments of a VIO (at most MOST_RANKED, drawn by lot) and the people within their reach."""
    lists = drawn_lists.draw(session, vio_id, MOST_RANKED)
    return Material(lists, runs.current_seed(session), runs.current_spread(session))


def is_ready(version: ScoreModel) -> bool:
    """Whether it is worked out what the version would change; nobody can let it in before."""
    return "examples" in version.preview


def compared(found: Material, in_force: ScoreModel | None, outcome: Outcome | ScoreModel) -> dict[str, Any]:
    """Rank with what is in force and with the proposal: ten examples by ids and scores, and shares by group."""
    lists = found.lists
    if not lists.people:
        return {"assignments": 0, "moved": 0, "places": 0, "examples": [], "groups": {}, "brought": {}}
    proposed = ScoreModel(parameters=outcome.parameters)
    before, after = (_ranked(found, version) for version in (in_force, proposed))
    shown = [one.id for one in lists.assignments if (before["assignment_id"] == str(one.id)).any()]
    return {
        "assignments": len(shown),
        "moved": sum(_moved(_top(before, number), _top(after, number)) for number in shown),
        "places": sum(len(_top(before, number)) for number in shown),
        "examples": [
            {"assignment": number, "before": _top(before, number), "after": _top(after, number)}
            for number in shown[:EXAMPLES]
        ],
        "groups": {name: _shares(before, after, groups) for name, groups in _groups(lists.people).items()},
        "brought": _brought(lists, before, after),
    }


def _brought(lists: DrawnLists, before: pd.DataFrame, after: pd.DataFrame) -> dict[str, list[float]]:
    """Return by criterion what people in the first places bring of it on average, 0 to 1, before and after."""
    means = []
    for table in (before, after):
        values = [
            matcher.among([str(int(number)) for number, _ in top]).values(lists.frame(one))
            for one in lists.assignments
            if (top := _top(table, one.id)) and (matcher := lists.matcher(one))
        ]
        means.append(pd.concat(values).mean() if values else pd.Series(dtype=float))
    return {str(criterion): [float(means[0][criterion]), float(means[1][criterion])] for criterion in means[0].index}


def _ranked(found: Material, version: ScoreModel | None) -> pd.DataFrame:
    """Return the eligible people of every assignment in the order in which they would be shown."""
    tables = [
        learning.under(matcher, version).order(
            found.lists.frame(one),
            top=KEPT_FOR_ASSIGNMENT,
            seed=found.seed,
            spread=learning.spread_of(found.spread),
        )
        for one in found.lists.assignments
        if (matcher := found.lists.matcher(one))
    ]
    joined = pd.concat(tables)
    return joined[joined["status"] == "eligible"]


def _top(ranked: pd.DataFrame, assignment_id: int) -> list[list[float]]:
    """Return the first places of an assignment as [volunteer id, score]."""
    mine = ranked[ranked["assignment_id"] == str(assignment_id)].sort_values("rank").head(TOP)
    return [[int(row.volunteer_id), round(float(row.score), 6)] for row in mine.itertuples()]


def _moved(before: list[list[float]], after: list[list[float]]) -> int:
    """Return how many of the first places go to somebody who had none before."""
    return len({one[0] for one in after} - {one[0] for one in before})


def _groups(people: Sequence[Profile | Volunteer]) -> dict[str, dict[Hashable, str]]:
    """Return each person's group: the country of residence, and the language of the text about experience.

    As on the page on fairness, whose shares must be the same ones: blank where nothing is named, or too little to tell.
    """
    return {
        "country": {str(one.id): one.residence or "" for one in people},
        "language": {str(one.id): language_of_text(one.experience) for one in people},
    }


def _shares(before: pd.DataFrame, after: pd.DataFrame, groups: Mapping[Hashable, str]) -> list[dict[str, Any]]:
    """Return each group's share of first places before and after; small groups stand together, few places nowhere.

    What is hidden on one side is hidden on both: one side would tell of the other.
    """
    old, new = ({line.groups: line for line in exposure_table(table, groups)} for table in (before, after))
    lines = []
    for names, line in old.items():
        first, second = _top_share(line), _top_share(new[names]) if names in new else None
        known = first is not None and second is not None
        shares = {"before": first if known else None, "after": second if known else None}
        lines.append({"groups": list(names), "people": line.people, **shares})
    return lines


def _top_share(line: Exposure) -> float | None:
    return None if line.top is None else line.top.share


@dataclass(frozen=True)
class Place:
    """One place in an example: who, with what may be seen of the person, and how it moved (None: not there before)."""

    volunteer: Volunteer
    sight: Sight
    score: float
    number: int
    earlier: int | None


@dataclass(frozen=True)
class Example:
    """The first places for one assignment, before and after."""

    assignment: Assignment
    before: list[Place]
    after: list[Place]


def examples(session: Session, account: User, version: ScoreModel) -> list[Example]:
    """Return the examples of a version of the account's VIO; people who may be shown no more are left out."""
    found = []
    for kept in version.preview.get("examples", ()):
        query = select(Assignment).where(Assignment.id == kept["assignment"], Assignment.vio_id == account.vio_id)
        assignment = session.scalar(query)
        if assignment is not None:
            before = _places(session, account, assignment, kept["before"], {})
            places = {place.volunteer.id: place.number for place in before}
            after = _places(session, account, assignment, kept["after"], places)
            found.append(Example(assignment, before, after))
    return found


def _places(
    session: Session, account: User, assignment: Assignment, kept: list[list[float]], earlier: Mapping[int, int]
) -> list[Place]:
    numbers = [int(row[0]) for row in kept]
    here = within_reach(assignment.id, assignment.vio_id, clock.today())
    people = {one.id: one for one in session.scalars(select(Volunteer).where(Volunteer.id.in_(numbers), here))}
    places = []
    for place, (number, score) in enumerate(kept, start=1):
        person = people.get(int(number))
        sight = sight_of(session, account, person, assignment) if person is not None else None
        if person is not None and sight is not None and sight.match:
            places.append(Place(person, sight, score, place, earlier.get(person.id)))
    return places
