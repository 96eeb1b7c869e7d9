"""What this machine can do at best, measured beside each call: reading memory, multiplying matrices, an empty page.

R is the time in which one thread reads 1,000,000 x 256 numbers of four bytes (1.024 GB): the better of a flat dot
product with itself and a flat maximum. A product of a matrix and a vector is no yardstick: it reads at half that speed.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import numpy as np
from flask import Flask

Name = TypeVar("Name")
ROWS, WIDTH = 1_000_000, 256
# A quarter of the rows: long enough for a steady rate, and it leaves memory to what is measured.
READ_ROWS = 250_000
SIDE = 1536


class Reading:
    """Reads memory as fast as one thread can; `seconds` is R."""

    def __init__(self, rows: int = READ_ROWS) -> None:
        self._flat = np.ones(rows * WIDTH, dtype=np.float32)
        self._scale = ROWS / rows

    def seconds(self) -> float:
        """Return R as it is now."""
        flat = self._flat
        return self._scale * min(elapsed(lambda: np.dot(flat, flat)), elapsed(flat.max))


class Multiplying:
    """Multiplies matrices of float32 as fast as the library can; `rate` is in operations a second."""

    def __init__(self, side: int = SIDE) -> None:
        dice = np.random.default_rng(0)
        self._one, self._other = (dice.random((side, side), dtype=np.float32) for _ in range(2))
        self._out = np.empty((side, side), dtype=np.float32)

    def rate(self) -> float:
        """Return the operations a second as they are now."""
        side = len(self._out)
        return 2.0 * side**3 / elapsed(lambda: np.matmul(self._one, self._other, out=self._out))


def empty_page() -> Flask:
    """Return a service that answers `/` with two letters."""
    app = Flask("empty")
    app.add_url_rule("/", "page", lambda: "ok")
    return app


def elapsed(work: Callable[[], object]) -> float:
    """Return the seconds on the clock that something takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def interleaved(
    yardstick: Callable[[], float], works: Mapping[Name, tuple[Callable[[], object], int]]
) -> dict[Name, tuple[float, float]]:
    """Return for each work its median seconds, and the median of its ratio to the yardstick measured just before it.

    A round measures everything once: a slow minute of the machine meets all alike. The first round is not counted, and
    each work says how many are.
    """
    found: dict[Name, list[tuple[float, float]]] = {name: [] for name in works}
    for number in range(max(rounds for _, rounds in works.values()) + 1):
        for name, (work, rounds) in works.items():
            if number > rounds:
                continue
            limit, seconds = yardstick(), elapsed(work)
            if number:
                found[name].append((seconds, seconds / limit))
    return {
        name: (statistics.median(seconds for seconds, _ in all_), statistics.median(ratio for _, ratio in all_))
        for name, all_ in found.items()
    }


@contextmanager
def timed(into: dict[str, float], name: str) -> Iterator[None]:
    """Write the seconds that a block takes into `into`."""
    started = time.perf_counter()
    yield
    into[name] = time.perf_counter() - started
