"""The matcher's absolute rules over tables of pandas: who is eligible, nearly or not, written as one would by hand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from data.bench.pandas_tables import Tables
from matching import Assignment
from matching.eligibility import NEAR_STAY_SHARE, NEAR_STAY_WEEKS
from matching.hours import DAY_WITHOUT_DATE, DAYS_A_WEEK, shared_minutes
from matching.records import MODES
from matching.stay import WEEK, assignment_period, days_asked, last_day_needed

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Rule = tuple[Flags, Flags | None]


class Rules:
    """One assignment against all people of the tables; what scores need too is kept: `overlap`, `clock`."""

    def __init__(self, tables: Tables, assignment: Assignment) -> None:
        self.tables, self.assignment = tables, assignment
        self.modes = MODES if assignment.mode == "either" else (assignment.mode,)
        self.overlap = self._overlap()
        self.clock = self._clock()
        by_mode = [self._status(mode) for mode in self.modes]
        burden = [
            status * 2 + ~tables.people[mode].to_numpy() for status, mode in zip(by_mode, self.modes, strict=True)
        ]
        self.choice = np.argmin(np.stack(burden), axis=0)
        self.status = np.stack(by_mode)[self.choice, np.arange(tables.size)]

    def _status(self, mode: str) -> NDArray[np.int64]:
        failed, near = (np.zeros(self.tables.size, dtype=np.int64) for _ in range(2))
        for fails, nearly in self._rules(mode):
            failed += fails
            if nearly is not None:
                near += nearly
        return np.where(failed == 0, 0, np.where((failed == 1) & (near == 1), 1, 2))

    def _rules(self, mode: str) -> Iterator[Rule]:
        people, asked = self.tables.people, self.assignment
        everybody = np.ones(self.tables.size, dtype=bool)
        at_home = (people["residence"] == asked.country).to_numpy() & bool(asked.country)
        yield ~people["consents"].to_numpy(), None
        yield ~at_home & ~people["consents_abroad"].to_numpy(), None
        if not asked.host_verified:
            yield everybody, None
        if asked.places_international == 0:
            resident_places = asked.places_national + asked.places_local
            yield (~at_home if resident_places else everybody), None
        yield ~people[mode].to_numpy(), None
        if mode == "on_site":
            yield self.tables.names(self.tables.excluded, [asked.country]), None
            yield self.tables.names(self.tables.no_go, [asked.country]), None
        yield from self._about_time(mode)
        yield from self._about_proof()
        yield from self._about_levels()

    def _about_time(self, mode: str) -> Iterator[Rule]:
        people, asked = self.tables.people, self.assignment
        never = self.overlap <= 0
        yield never, None
        needed = np.full(self.tables.size, days_asked(asked) if asked.weeks else 0.0)
        possible = self.overlap
        if mode == "on_site":
            possible = np.fmin(self.overlap, people["stay_max"].to_numpy() * WEEK)
            needed = np.fmax(needed, people["stay_min"].to_numpy() * WEEK)
        short = needed - possible
        fails = ~never & (short > 0)
        allowed = np.maximum(needed * NEAR_STAY_SHARE, NEAR_STAY_WEEKS * WEEK)
        yield fails, fails & (short <= allowed) & (possible > 0)
        if mode == "online":
            hours = np.fmin(people["online_hours"].to_numpy(), self.clock * DAYS_A_WEEK)
            yield (hours < float(asked.weekly_hours or 0)) | (self.clock == 0), None

    def _about_proof(self) -> Iterator[Rule]:
        until = last_day_needed(self.assignment)
        for skill in self.assignment.licensed_skills:
            held = self.tables.column(self.tables.licences, skill, "until")
            yield ~(held >= until.toordinal() if until else held > 0), None

    def _about_levels(self) -> Iterator[Rule]:
        tables = self.tables
        for language in self.assignment.languages:
            held = tables.column(tables.languages, language.code, "level")
            judged = language.safety | tables.people["named_language"].to_numpy()
            fails = judged & (held < language.level)
            yield fails, fails & (held == language.level - 1) & (not language.safety)
        for skill in self.assignment.essential:
            held = tables.column(tables.skills, skill.code, "level")
            fails = (held > 0) & (held < skill.level)
            yield fails, fails & (held == skill.level - 1)

    def _overlap(self) -> Numbers:
        first, last = assignment_period(self.assignment)
        windows = self.tables.windows
        common = windows["end"].clip(upper=last) - windows["start"].clip(lower=first) + 1
        longest = common.groupby(windows["person"]).max().clip(lower=0)
        overlap = np.full(self.tables.size, float(last - first + 1))
        overlap[longest.index.to_numpy()] = longest.to_numpy()
        return overlap

    def _clock(self) -> Numbers:
        """Return the hours of the day shared, NaN where either side names none."""
        asked = self.assignment.hours
        if asked is None:
            return np.full(self.tables.size, np.nan)
        day = self.assignment.start_on or DAY_WITHOUT_DATE
        shared = np.array([shared_minutes(one, asked, day) / 60 if one else np.nan for one in self.tables.hours])
        return shared[self.tables.people["hours"].to_numpy()]
