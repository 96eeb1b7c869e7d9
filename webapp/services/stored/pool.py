"""Everybody within reach of one assignment, ranked through the store as far as what it holds is up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from sqlalchemy import and_
from sqlalchemy.orm import Session

from matching import ELIGIBILITY_CODES, ELIGIBLE, INELIGIBLE, NEAR, Matcher, ScoreModel, Spread
from webapp import clock
from webapp.models import Assignment, Match, Volunteer
from webapp.services import reach
from webapp.services.found_matches import Ranked
from webapp.services.person_relations import within_reach
from webapp.services.read_people import ranked
from webapp.services.replay.keeping import Kept
from webapp.services.stored.people import Stored, stored_now

MOST_BESIDE = 200  # people whom a request reads from the database beside the store: each costs milliseconds
STATUSES = (ELIGIBLE, NEAR, INELIGIBLE)


@dataclass(frozen=True, eq=False)
class Pool:
    """Who is stored as they are now, and all others as cells."""

    stored: Stored
    beside: pd.DataFrame

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Who is within reach, in the order of their numbers."""
        return tuple(sorted([*self.stored.numbers.tolist(), *map(int, self.beside.get("id", ()))]))

    def rank(self, model: ScoreModel, frame: pd.DataFrame, top: int, seed: int, spread: Spread) -> Ranked:
        """Return what a matcher on all these people finds for the assignment of a frame."""
        matchers: list[Matcher] = [self.stored.matcher(model)]
        if len(self.beside):
            matchers.append(Matcher(model=model).fit(self.beside))
        return rank_in_parts(matchers, frame, top, seed, spread)

    def keep(self, session: Session, kept: Kept) -> None:
        """Keep what a run over these people reads."""
        self.stored.keep(session, kept)
        if len(self.beside):
            kept.read_people(session, self.beside)


def pool_for(session: Session, assignment: Assignment) -> Pool | None:
    """Return who is within reach of an assignment; None where no store tells of nearly all of them as they are."""
    here = within_reach(assignment.id, assignment.vio_id, clock.today())
    found = stored_now(session, here)
    if found is None:
        return None
    stored, late = found
    if len(late) > MOST_BESIDE:
        return None
    return Pool(stored, reach.people_frame(session, and_(Volunteer.id.in_(late.tolist()), here)))


def rank_in_parts(matchers: Sequence[Matcher], frame: pd.DataFrame, top: int, seed: int, spread: Spread) -> Ranked:
    """Return what a matcher on all people finds, from matchers that have some of them each."""
    parts = [ranked(one, frame, top, seed, spread) for one in matchers]
    return Ranked(_best([match for part in parts for match in part.matches], top), _added(parts))


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
