"""Some people of some segments, side by side: each column is read once, and every step then runs once for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.engine.marks import Places, taken
from matching.engine.segment import Segment

Flags = NDArray[np.bool_]
Days = NDArray[np.int32]
Part = tuple[Segment, Places | None]  # None: everybody, whether they count or not


class View:
    """The people of some parts, at least one, in their order; `first` is the number of the first part's segment."""

    def __init__(self, parts: Sequence[Part], first: int = 0) -> None:
        self.parts, self._first = parts, first
        self._sizes = [segment.size if rows is None else len(rows) for segment, rows in parts]
        self.size = sum(self._sizes)

    def read(self, column: Callable[[Segment], NDArray]) -> NDArray:
        """Return a column of all parts; a segment's own where that is all there is."""
        found = [
            column(segment) if rows is None else np.take(column(segment), rows, axis=0) for segment, rows in self.parts
        ]
        return found[0] if len(found) == 1 else np.concatenate(found)

    def column(self, name: str, place: int | None = None) -> NDArray:
        """Return an array of the file, or one row of it."""
        return self.read(lambda one: one.pack[name] if place is None else one.pack[name][place])

    @cached_property
    def flags(self) -> NDArray[np.uint8]:
        """The flags of each person."""
        return self.column("flags")

    def language(self, code: str) -> NDArray[np.uint8]:
        """Return the bytes of a language, see `Segment.language`."""
        return self.read(lambda one: one.language(code))

    def covered(self, skill: int) -> tuple[NDArray[np.uint32] | slice, NDArray[np.uint8]]:
        """Return bytes of a skill, and whose they are; of whole segments those alone that say anything."""
        ((segment, rows), *others) = self.parts
        if rows is None and not others:
            return segment.covered(skill)
        return slice(None), self.column("coverage", skill)

    def by_hours(self, values: Callable[[Segment], NDArray]) -> NDArray:
        """Return what each person's online hours are worth: `values` of a segment's distinct ones, then of none."""
        found = [
            np.take(values(segment), segment.pack["hours"] if rows is None else segment.pack["hours"][rows])
            for segment, rows in self.parts
        ]
        return np.concatenate(found)

    @property
    def segments(self) -> NDArray[np.int32]:
        """The number of each person's segment."""
        return np.repeat(np.arange(self._first, self._first + len(self.parts), dtype=np.int32), self._sizes)

    @property
    def rows(self) -> Places:
        """The number of each person in the segment."""
        return np.concatenate([np.arange(one.size) if rows is None else rows for one, rows in self.parts])

    def find(self, segments: NDArray[np.int32], rows: Places) -> Places:
        """Return the position of each of some people, by the numbers of segment and person; -1 where not here."""
        found, start = np.full(len(rows), -1), 0
        for number, ((_, here), size) in enumerate(zip(self.parts, self._sizes, strict=True), start=self._first):
            mine = np.flatnonzero(segments == number)
            asked = rows[mine]
            if here is None:
                found[mine] = asked + start
            elif size:
                at = np.minimum(np.searchsorted(here, asked), size - 1)
                found[mine] = np.where(here[at] == asked, at + start, -1)
            start += size
        return found

    def further_windows(self, places: Places) -> tuple[Days, Days, Places]:
        """Return first and last days of all windows but the first of some people, and the position of each in them."""
        days, owners, before = [np.zeros((2, 0), np.int32)], [np.zeros(0, np.intp)], 0
        for segment, rows in self._placed(places):
            entries, whose = taken(segment.pack["more.starts"], rows)
            days.append(segment.pack["more.windows"][:, entries])
            owners.append(whose + before)
            before += len(rows)
        starts, ends = np.concatenate(days, axis=1)
        return starts, ends, np.concatenate(owners)

    def where(self, places: Places) -> View:
        """Return some of these people, by their rising positions."""
        return View(list(self._placed(places)), self._first)

    def _placed(self, places: Places) -> Iterator[tuple[Segment, Places]]:
        """Yield each segment with the numbers of those of its people who stand at some rising positions."""
        starts = np.cumsum([0, *self._sizes])
        bounds = np.searchsorted(places, starts).tolist()
        for (segment, rows), start, first, last in zip(self.parts, starts.tolist(), bounds, bounds[1:], strict=False):
            mine = places[first:last] - start
            yield segment, mine if rows is None else rows[mine]
