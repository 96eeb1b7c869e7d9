"""How profiles stand in the database now: the stamp of each, and what is kept of it as it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.config import ROOT
from webapp.models import KeptInput, ProfileStamp, Volunteer
from webapp.services.replay.made_with import made_with
from webapp.services.stored.notes import Whole

READERS = ("frames.py", "profiles.py")  # what, beside the library, decides as what a profile is read


@dataclass(frozen=True)
class Standing:
    """People by rising number: the stamp of the profile as this code reads it, the input kept of it as it is (0: none),
    and whether no run has read that today.
    """

    numbers: Whole
    stamps: Whole
    kept: Whole
    is_older: NDArray[np.bool_]

    def take(self, which: NDArray[np.bool_]) -> Standing:
        """Return how some of them stand."""
        return Standing(self.numbers[which], self.stamps[which], self.kept[which], self.is_older[which])


@cache
def read_by() -> int:
    """Return a number for the code that reads profiles: what another version has read counts as another profile."""
    found = hashlib.sha256(made_with()["code"].encode())
    for name in READERS:
        found.update((ROOT / "webapp" / "services" / name).read_bytes())
    return int.from_bytes(found.digest()[:8], "little", signed=True)


def standing(session: Session, condition: ColumnElement[bool]) -> Standing:
    """Return how the profiles stand that meet a condition on Volunteer."""
    # SQLite gives the number of an input that was thrown away to the next one, which may be somebody else's.
    is_theirs = KeptInput.volunteer_id == ProfileStamp.volunteer_id
    query = (
        select(
            Volunteer.id,
            func.coalesce(ProfileStamp.stamp, 0),
            func.coalesce(ProfileStamp.kept_stamp, 0),
            func.coalesce(KeptInput.id, 0),
            case((KeptInput.used_on < clock.today(), 1), else_=0),
        )
        .outerjoin(ProfileStamp, ProfileStamp.volunteer_id == Volunteer.id)
        .outerjoin(KeptInput, and_(KeptInput.id == ProfileStamp.kept_id, is_theirs))
        .where(condition)
        .order_by(Volunteer.id)
    )
    # Past the session's own reading of rows, which takes as long again: there may be a million.
    rows: Any = [tuple(row) for row in session.connection().execute(query)]
    numbers, stamps, kept_stamps, kept, is_older = np.array(rows, np.int64).reshape(-1, 5).T
    stamps = stamps ^ read_by()
    return Standing(numbers, stamps, np.where(kept_stamps == stamps, kept, 0), is_older > 0)
