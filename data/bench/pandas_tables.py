"""The people of a world as tables of pandas, for the comparison: a row a person, and long tables of what they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from matching import SkillLinker, Volunteer
from matching.records import Hours
from matching.text.likeness import Statement, statements


class Tables:
    """`people` has a row a person; the long tables are sorted by code, so that `.loc[code]` finds who names it."""

    def __init__(self, chunks: Iterable[Sequence[Volunteer]], linker: SkillLinker) -> None:
        self.linker = linker
        self._first = 0
        self._parts: dict[str, list[pd.DataFrame]] = {}
        self.hours: dict[Hours | None, int] = {None: 0}
        self._statements: dict[Statement, int] = {}
        for people in chunks:
            self._read(people)
            self._first += len(people)
        self.people = _joined(self._parts["people"])
        self.skills = self._by_code("skills")
        self.languages = self._by_code("languages")
        self.licences = self._by_code("licences")
        self.mentions = self._by_code("mentions")
        self.wishes = self._by_code("wishes")
        self.routes = self._by_code("routes")
        self.excluded = self._by_code("excluded")
        self.no_go = self._by_code("no_go")
        self.served = self._by_code("served")
        self.causes = self._by_code("causes")
        self.windows = _joined(self._parts["windows"])
        self.said = _joined(self._parts["said"])
        self.said_rows = linker.rows([one.text for one in self._statements])
        self.said_languages = np.array([one.language for one in self._statements])
        self._parts.clear()

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self.people)

    def column(self, table: pd.DataFrame, code: str, value: str) -> NDArray[Any]:
        """Return a value per person: what the long table holds for a code, 0 where nothing."""
        found = np.zeros(self.size, dtype=table[value].dtype)
        if code in table.index:
            rows = table.loc[[code]]
            found[rows["person"].to_numpy()] = rows[value].to_numpy()
        return found

    def names(self, table: pd.DataFrame, codes: Iterable[str]) -> NDArray[np.bool_]:
        """Return where a person names one of the codes."""
        found = np.zeros(self.size, dtype=bool)
        found[table.loc[table.index.intersection(list(codes)), "person"].to_numpy()] = True
        return found

    def _by_code(self, name: str) -> pd.DataFrame:
        whole = _joined(self._parts[name])
        return whole.sort_values(["code", "person"]).set_index("code")

    def _read(self, people: Sequence[Volunteer]) -> None:
        self._keep("people", self._persons(people))
        self._long(people, "skills", ["level"], lambda one: [(held.code, held.level) for held in one.skills], "int8")
        self._long(people, "languages", ["level", "proof"], _languages, "int8")
        self._long(people, "licences", ["until"], _licences, "int32")
        for name, fact in _NAMED.items():
            self._long(people, name, [], fact, "int8")
        links = self.linker.link_all([one.experience for one in people])
        found = [
            (self._first + place, code, link.strength)
            for place, of_one in enumerate(links)
            for code, link in of_one.items()
        ]
        self._keep("mentions", pd.DataFrame(found, columns=["person", "code", "strength"]))
        windows = [
            (self._first + place, window.start.toordinal(), window.end.toordinal())
            for place, one in enumerate(people)
            for window in one.availability
        ]
        self._keep("windows", pd.DataFrame(windows, columns=["person", "start", "end"]))
        said = [
            (self._first + place, self._statements.setdefault(statement, len(self._statements)))
            for place, one in enumerate(people)
            for statement in dict.fromkeys(
                statements(one.experience, [skill.code for skill in one.skills], self.linker)
            )
        ]
        self._keep("said", pd.DataFrame(said, columns=["person", "statement"], dtype="int32"))

    def _persons(self, people: Sequence[Volunteer]) -> pd.DataFrame:
        hours = [self.hours.setdefault(one.hours, len(self.hours)) for one in people]
        return pd.DataFrame(
            {
                "id": [one.id for one in people],
                "residence": [one.residence for one in people],
                "consents": [one.consent_matching for one in people],
                "consents_abroad": [one.consent_abroad for one in people],
                "anywhere": [one.anywhere for one in people],
                "on_site": [not one.modes or "on_site" in one.modes for one in people],
                "online": [not one.modes or "online" in one.modes for one in people],
                "named_language": [bool(one.languages) for one in people],
                "named_window": [bool(one.availability) for one in people],
                "named_cause": [bool(one.causes) for one in people],
                "stay_min": pd.array([one.stay_min_weeks for one in people], dtype="Float64").to_numpy(
                    float, na_value=np.nan
                ),
                "stay_max": pd.array([one.stay_max_weeks for one in people], dtype="Float64").to_numpy(
                    float, na_value=np.nan
                ),
                "online_hours": pd.array([one.online_hours for one in people], dtype="Float64").to_numpy(
                    float, na_value=np.nan
                ),
                "hours": hours,
            }
        )

    def _long(
        self,
        people: Sequence[Volunteer],
        name: str,
        values: list[str],
        fact: Callable[[Volunteer], Iterable[tuple[Any, ...]]],
        kind: str,
    ) -> None:
        rows = [(self._first + place, *item) for place, one in enumerate(people) for item in fact(one)]
        table = pd.DataFrame(rows, columns=["person", "code", *values])
        self._keep(name, table.astype(dict.fromkeys(values, kind)))

    def _keep(self, name: str, table: pd.DataFrame) -> None:
        self._parts.setdefault(name, []).append(table)


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    whole = pd.concat(parts, ignore_index=True)
    return whole.astype({name: "int32" for name in ("person", "statement", "start", "end") if name in whole})


_NAMED: dict[str, Callable[[Volunteer], list[tuple[str]]]] = {
    "wishes": lambda one: [(code,) for code in one.countries],
    "routes": lambda one: [(code,) for code in one.routes],
    "excluded": lambda one: [(code,) for code in one.excluded],
    "no_go": lambda one: [(code,) for code in one.no_go],
    "served": lambda one: [(code,) for code in one.served],
    "causes": lambda one: [(str(goal),) for goal in one.causes],
}


def _languages(one: Volunteer) -> list[tuple[str, int, int]]:
    return [(held.code, held.level, int(held.basis != "own")) for held in one.languages]


def _licences(one: Volunteer) -> list[tuple[str, int]]:
    longest: dict[str, int] = {}
    for held in one.licences:
        longest[held.skill] = max(longest.get(held.skill, 0), (held.valid_until or date.max).toordinal())
    return [*longest.items()]
