"""Everybody within reach of one assignment, ranked through the store as far as what it holds is up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from sqlalchemy import and_
from sqlalchemy.orm import Session

from matching import ELIGIBILITY_CODES, ELIGIBLE, INELIGIBLE, NEAR, Matcher, ScoreModel, Spread
from matching.engine import Snapshot, StoredMatcher
from webapp import clock
from webapp.models import Assignment, Match, Volunteer
from webapp.services import reach
from webapp.services.found_matches import Ranked
from webapp.services.person_relations import within_reach
from webapp.services.read_people import ranked
from webapp.services.replay.keeping import Input, Kept
from webapp.services.stored.notes import SUM, Whole
from webapp.services.stored.opened import Opened, open_store
from webapp.services.stored.standing import Standing, standing

MOST_BESIDE = 200  # people whom a request reads from the database beside the store: each costs milliseconds
STATUSES = (ELIGIBLE, NEAR, INELIGIBLE)


@dataclass(frozen=True, eq=False)
class Pool:
    """Who is stored as they are now (their places in the store, and how they stand), and all others as cells."""

    opened: Opened
    places: Whole
    stored: Standing
    beside: pd.DataFrame

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Who is within reach, in the order of their numbers."""
        return tuple(sorted([*self.stored.numbers.tolist(), *map(int, self.beside.get("id", ()))]))

    def rank(self, model: ScoreModel, frame: pd.DataFrame, top: int, seed: int, spread: Spread) -> Ranked:
        """Return what a matcher on all these people finds for the assignment of a frame."""
        matchers: list[Matcher] = [StoredMatcher(self._snapshot(), model=model)]
        if len(self.beside):
            matchers.append(Matcher(model=model).fit(self.beside))
        parts = [ranked(one, frame, top, seed, spread) for one in matchers]
        return Ranked(_best([match for part in parts for match in part.matches], top), _added(parts))

    def keep(self, session: Session, kept: Kept) -> None:
        """Keep what a run over these people reads."""
        sums, width = self.opened.notes.contents[self.places].tobytes().hex(), 2 * SUM
        contents = (sums[start : start + width] for start in range(0, len(sums), width))
        inputs = zip(self.stored.numbers.tolist(), map(Input, self.stored.kept.tolist(), contents), strict=True)
        kept.read_again(session, dict(inputs), self.stored.kept[self.stored.is_older].tolist())
        if len(self.beside):
            kept.read_people(session, self.beside)

    def _snapshot(self) -> Snapshot:
        return self.opened.among(self.places)


def pool_for(session: Session, assignment: Assignment) -> Pool | None:
    """Return who is within reach of an assignment; None where no store tells of nearly all of them as they are."""
    folder = session.info.get("columns")
    opened = open_store(Path(folder)) if folder else None
    if opened is None:
        return None
    here = within_reach(assignment.id, assignment.vio_id, clock.today())
    now = standing(session, here)
    places = opened.find(now.numbers, now.stamps)
    is_stored = (places >= 0) & (now.kept > 0)
    late = now.numbers[~is_stored].tolist()
    if len(late) > MOST_BESIDE:
        return None
    beside = reach.people_frame(session, and_(Volunteer.id.in_(late), here))
    stored = Standing(now.numbers[is_stored], now.stamps[is_stored], now.kept[is_stored], now.is_older[is_stored])
    return Pool(opened, places[is_stored], stored, beside)


def _best(matches: Sequence[Match], top: int) -> list[Match]:
    """Return the first ones of each status, as a ranking of all of them has them."""
    order = sorted(matches, key=lambda one: (-one.band, one.lot, one.volunteer_id))
    return [one for status in (ELIGIBLE, NEAR) for one in [one for one in order if one.status == status][:top]]


def _added(parts: Sequence[Ranked]) -> dict[str, int]:
    """Return counts of parts of the people as those of all of them."""
    whole = Counter[str]()
    for part in parts:
        whole.update(part.counts)
    return {code: whole[code] for code in (*STATUSES, *ELIGIBILITY_CODES) if code in STATUSES or whole[code]}
