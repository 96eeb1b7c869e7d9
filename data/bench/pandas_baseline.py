"""The ranking as a careful script in pandas and scikit-learn would do it: vectorised, same rules, same scores.

Rules run over everybody, scores over who passes (or nearly passes) them; no function is applied row by row, except the
lot of the few who stand in the band of the last place. Reasons are not made: they would cost this script more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics.pairwise import linear_kernel

from data.bench.pandas_rules import Flags, Numbers, Rules
from data.bench.pandas_tables import Tables
from matching import BAND_STEP, DEFAULT_WEIGHTS, MOST_FROM_TEXT, NEUTRAL_VALUES, Assignment, Reference, skills_named
from matching.criteria import availability, country, interests, languages, skills
from matching.criteria.country import by_hops
from matching.hours import DAY, DAYS_A_WEEK
from matching.records import AskedSkill
from matching.schema import EXPERIENCE_LEVELS, LEAST_LEVEL
from matching.spread import PLAIN
from matching.standing import STATUSES
from matching.stay import WEEK, assignment_period, days_asked
from matching.text.exact import SCALE
from matching.text.likeness import BEST, asked_in
from matching.text.linker import DIGITS

Places = NDArray[np.int64]


def rank(tables: Tables, reference: Reference, assignment: Assignment, top: int, seed: int = 0) -> pd.DataFrame:
    """Return what `Matcher.order` does for one assignment: the same people, scores and order."""
    rules = Rules(tables, assignment)
    some = np.flatnonzero(rules.status < 2)
    score = np.zeros(len(some))
    for number, mode in enumerate(rules.modes):
        chosen = rules.choice[some] == number
        score[chosen] = Score(tables, reference, rules, some[chosen], mode == "online").total()
    found = pd.DataFrame({"place": some, "status": rules.status[some], "score": score})
    found["band"] = np.floor(found["score"].round(9) / BAND_STEP)
    ranked = pd.concat([_best(tables, found[found["status"] == status], assignment, top, seed) for status in (0, 1)])
    ids = tables.people["id"].to_numpy()[ranked["place"]]
    return pd.DataFrame(
        {
            "assignment_id": assignment.id,
            "volunteer_id": ids,
            "rank": np.arange(1, len(ranked) + 1),
            "status": ranked["status"].map(dict(enumerate(STATUSES))).to_numpy(),
            "score": ranked["score"].to_numpy(),
        }
    )


def _best(tables: Tables, found: pd.DataFrame, assignment: Assignment, top: int, seed: int) -> pd.DataFrame:
    least = found["band"].nlargest(top).min()
    near = found[found["band"] >= least]
    ids = tables.people["id"].to_numpy()[near["place"]]
    lots = PLAIN.lots(seed, ids.tolist(), [assignment.id])
    return near.assign(lot=lots).sort_values(["band", "lot"], ascending=[False, True]).head(top)


class Score:
    """The points of some people (by their places) in one mode, summed line by line in the matcher's order."""

    def __init__(self, tables: Tables, reference: Reference, rules: Rules, some: Places, online: bool) -> None:
        self.tables, self.reference, self.rules, self.some, self.online = tables, reference, rules, some, online
        self.assignment = rules.assignment
        self.people = tables.people.iloc[some]

    def total(self) -> Numbers:
        """Return the score of each."""
        total = np.zeros(len(self.some))
        for name, lines in (
            (skills.NAME, self._skills()),
            (country.NAME, self._country()),
            (languages.NAME, self._languages()),
            (availability.NAME, self._availability()),
            (interests.NAME, self._interests()),
        ):
            for line in lines:
                total = total + 100.0 * DEFAULT_WEIGHTS[name] * line
        return total

    def _skills(self) -> Iterator[Numbers]:
        asked, neutral = self.assignment, NEUTRAL_VALUES[skills.NAME]
        wanted = self._wanted()
        alike = self._likeness()
        if not wanted and alike is None:
            yield np.full(len(self.some), neutral)
            return
        basis = "named" if asked.essential or asked.desirable else "read" if wanted else "none"
        share = skills.TEXT_SHARES[basis] if alike is not None else 0.0
        for skill, part in wanted:
            held = self._held(self.tables.skills, skill.code, "level")
            best = np.minimum(held, skill.level) / skill.level
            for code, relation in self._near(skill.code).items():
                other = self._held(self.tables.skills, code, "level")
                factor = skills.TAXONOMY_FACTORS[relation]
                best = np.maximum(best, factor * (np.minimum(other, skill.level) / skill.level))
            strength = self._held(self.tables.mentions, skill.code, "strength")
            best = np.maximum(best, strength * min(skills.TEXT_MOST, 1 / skill.level))
            known = (held > 0) | (best > neutral)
            yield np.where(known, best, neutral) * (part * (1.0 - share))
        if alike is not None:
            yield np.where(alike > neutral, alike, neutral) * share

    def _wanted(self) -> list[tuple[AskedSkill, float]]:
        asked = self.assignment
        if not asked.essential and not asked.desirable:
            level = EXPERIENCE_LEVELS.get(asked.experience_level, LEAST_LEVEL)
            codes = list(skills_named(self.tables.linker, asked))[:MOST_FROM_TEXT]
            return [(AskedSkill(code, level), 1.0 / len(codes)) for code in codes]
        essential = skills.ESSENTIAL_SHARE if asked.desirable else 1.0
        desirable = 1.0 - essential if asked.essential else 1.0
        return [
            *((skill, essential / len(asked.essential)) for skill in asked.essential),
            *((skill, desirable / len(asked.desirable)) for skill in asked.desirable),
        ]

    def _near(self, code: str) -> Mapping[str, str]:
        """Return the skills that earn part of a skill's credit, and what they are to it."""
        every, found = self.reference.skills, {}
        for other in every.values():
            if other.code in every[code].related or code in other.related:
                found[other.code] = "related"
        for other in every.values():
            if other.broader == code:
                found[other.code] = "narrower"
        if every[code].broader in every:
            found[str(every[code].broader)] = "broader"
        return found

    def _likeness(self) -> Numbers | None:
        words, linker = self.assignment, self.tables.linker
        texts = (words.title, words.skills_text, words.tasks, words.expected_results)
        codes = tuple(skill.code for skill in (*words.essential, *words.desirable))
        asked = asked_in(texts, codes, linker)
        if asked is None:
            return None
        heard = [one.language for one in asked.statements]
        alike = self._alike(asked.rows, heard) * asked.is_work
        whole = self._alike(asked.whole_row, [asked.whole.language])
        chosen = np.zeros(self.tables.size, dtype=bool)
        chosen[self.some] = True
        said = self.tables.said[chosen[self.tables.said["person"].to_numpy()]]
        rows = pd.DataFrame(np.hstack([alike, whole])[said["statement"]])
        best = rows.groupby(said["person"].to_numpy()).max()
        met = np.sort(best.iloc[:, :-1].to_numpy(), axis=1)[:, ::-1][:, :BEST].mean(axis=1)
        values = pd.Series(np.round((met + best.iloc[:, -1].to_numpy()) / 2, DIGITS), index=best.index)
        return values.reindex(self.some, fill_value=0.0).to_numpy()

    def _alike(self, rows: NDArray[np.float32], heard: Sequence[str]) -> Numbers:
        numbers = self.tables.linker.calibration
        spoken, place = np.unique(self.tables.said_languages, return_inverse=True)
        offsets = np.array([[numbers.offset(str(one), other) for other in heard] for one in spoken])[place]
        near = linear_kernel(self.tables.said_rows, rows) / SCALE**2 - offsets
        ramp = (near - numbers.alike_from) / (numbers.alike_full - numbers.alike_from)
        return np.asarray(np.round(np.clip(ramp, 0.0, 1.0), DIGITS))

    def _country(self) -> Iterator[Numbers]:
        if self.online:
            yield np.full(len(self.some), country.ONLINE)
            return
        place, neutral = self.assignment.country, NEUTRAL_VALUES[country.NAME]
        going = self.people["anywhere"].to_numpy()
        best, known, open_ = going * country.ANYWHERE, going.copy(), np.zeros(len(self.some), dtype=bool)
        for table, credits in (
            (self.tables.wishes, self._by_country(place)),
            (self.tables.routes, self._by_route(place)),
        ):
            credit = table.index.map(credits).to_numpy(dtype=float, na_value=np.nan)
            measured = ~np.isnan(credit)
            persons = table["person"].to_numpy()
            most = pd.Series(credit[measured]).groupby(persons[measured]).max()
            column = most.reindex(self.some)
            best, known = np.fmax(best, column.to_numpy()), known | column.notna().to_numpy()
            off = np.zeros(self.tables.size, dtype=bool)
            off[persons[~measured]] = True
            open_ |= off[self.some]
        known &= ~(open_ & (best <= neutral))
        yield np.where(known, best, neutral) * country.WISH_SHARE
        yield self._service(place) * country.SERVICE_SHARE

    def _by_country(self, place: str) -> dict[str, float | None]:
        codes = self.tables.wishes.index.unique()
        hops = {code: by_hops(self.reference.hops(code, place)) for code in codes}
        return {**hops, place: country.CHOSEN_COUNTRY}

    def _by_route(self, place: str) -> dict[str, float | None]:
        found: dict[str, float | None] = {}
        for code, route in self.reference.routes.items():
            members = self.reference.countries_on(code, ("named", "inferred", "extension_rule"))
            full = country.CHOSEN_EXTENSION if route.is_extension else country.CHOSEN_ROUTE
            hops = [one for one in (self.reference.hops(member, place) for member in members) if one is not None]
            credit = 1.0 if place in members else by_hops(min(hops)) if hops else None
            found[code] = None if credit is None else full * credit
        return found

    def _service(self, place: str) -> Numbers:
        near = {member for route in self.reference.routes_of(place) for member in self.reference.countries_on(route)}
        served = self.tables.served
        there = self.tables.names(served, [place])[self.some]
        along = self.tables.names(served, near)[self.some]
        return np.where(there, country.SERVED_COUNTRY, np.where(along, country.SERVED_ROUTE, 0.0))

    def _languages(self) -> Iterator[Numbers]:
        asked, neutral = self.assignment, NEUTRAL_VALUES[languages.NAME]
        needed = {one.code for one in asked.languages}
        helpful = [code for code in dict.fromkeys(asked.languages_helpful) if code not in needed]
        share = languages.REQUIRED_SHARE if helpful else 1.0
        named = self.people["named_language"].to_numpy()
        for one in asked.languages:
            held = self._held(self.tables.languages, one.code, "level")
            below = np.where((held == one.level - 1) & (held > 0), languages.ONE_STEP_BELOW, 0.0)
            credit = np.where(held >= one.level, 1.0, below) * self._trust(one.code)
            yield np.where(named, credit, neutral) * (share / len(asked.languages))
        if not asked.languages:
            yield np.full(len(self.some), neutral * share)
        for code in helpful:
            held = self._held(self.tables.languages, code, "level")
            credit = np.minimum(held, languages.HELPFUL_LEVEL) / languages.HELPFUL_LEVEL * self._trust(code)
            yield np.where(named, credit, neutral) * ((1.0 - share) / len(helpful))

    def _trust(self, code: str) -> Numbers:
        return np.where(self._held(self.tables.languages, code, "proof") > 0, 1.0, languages.OWN_WORD)

    def _availability(self) -> Iterator[Numbers]:
        shares = availability.ONLINE_SHARES if self.online else availability.ON_SITE_SHARES
        yield self._weeks() * shares["weeks"]
        if self.online:
            yield self._credit(self.people["online_hours"].to_numpy(), self.assignment.weekly_hours) * shares["hours"]
            yield self._credit(self.rules.clock[self.some], self._hours_needed()) * shares["clock"]
            return
        weeks = days_asked(self.assignment) / WEEK
        yield self._credit(self.people["stay_max"].to_numpy(), weeks if weeks > 0 else None) * shares["stay"]

    def _weeks(self) -> Numbers:
        asked = days_asked(self.assignment)
        if not asked > 0:
            return np.full(len(self.some), availability.NEUTRAL)
        first, last = assignment_period(self.assignment)
        overlap, known = self.rules.overlap[self.some], self.people["named_window"].to_numpy()
        room = min(asked * availability.ROOM_TO_MOVE, float(last - first + 1) - asked)
        spare = np.clip((overlap - asked) / room, 0.0, 1.0) if room > 0 else (overlap >= asked) * 1.0
        enough = availability.JUST_ENOUGH
        credit = enough * np.clip(overlap / asked, 0.0, 1.0) + (1.0 - enough) * spare
        return np.where(known, credit, availability.NEUTRAL)

    def _hours_needed(self) -> float | None:
        asked, weekly = self.assignment.hours, self.assignment.weekly_hours
        if asked is None:
            return None
        whole = ((asked.end - asked.start) % DAY or DAY) / 60
        return min(whole, weekly / DAYS_A_WEEK) if weekly else whole

    def _credit(self, offered: Numbers, asked: float | None) -> Numbers:
        if not asked:
            return np.full(len(self.some), availability.NEUTRAL)
        return np.where(np.isnan(offered), availability.NEUTRAL, np.clip(np.nan_to_num(offered) / asked, 0.0, 1.0))

    def _interests(self) -> Iterator[Numbers]:
        goals, neutral = self.assignment.goals, NEUTRAL_VALUES[interests.NAME]
        if not goals:
            yield np.full(len(self.some), neutral)
            return
        shared = sum(self.tables.names(self.tables.causes, [str(goal)])[self.some] * 1.0 for goal in goals)
        most = interests.ANY_SHARED
        credit = np.where(np.asarray(shared) > 0, most + (1.0 - most) * (shared / len(goals)), 0.0)
        yield np.where(self.people["named_cause"].to_numpy(), credit, neutral)

    def _held(self, table: pd.DataFrame, code: str, value: str) -> NDArray[np.float64]:
        held: NDArray[np.float64] = self.tables.column(table, code, value)[self.some]
        return held


__all__ = ["Flags", "rank"]
