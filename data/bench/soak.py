"""Half an hour of mixed load: does the service grow, does it keep files open, does it ever break?

The service and its jobs run as `./run` starts them, over the demonstration. One person of each kind is at work without
a pause beside the answers. Memory is counted for all processes together; the growth is that of its mean from the
fifth tenth of the time to the last one.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from data.bench import pages, served
from data.bench.installation import installation
from data.bench.memory import Held, held
from data.bench.visitor import NONE
from data.bench.walks import WALKS, Walk, Walker
from data.evaluation.figure import Figure, at_least, at_most

QUICK, FULL = 2 * 60, 30 * 60  # seconds
EVERY = 5  # seconds between two looks
A_REST = 0.1  # seconds between two requests of one person
MOST_GROWTH, MOST_FILES = 0.05, 0.05


@dataclass
class Ended:
    """How requests ended, by kind, and how long the slowest took."""

    all: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0


def figures(full: bool) -> list[Figure]:
    """Measure for QUICK or FULL seconds."""
    seconds = FULL if full else QUICK
    with installation(0) as app:
        settings = served.environment(app.extensions["config"])
        here = pages.scene()
        with served.service(settings) as service, served.jobs(settings) as jobs:
            ended, looks = _walked(service, jobs.pid, here, seconds)
    return _told(ended, looks, f"{seconds / 60:g} minutes of mixed load")


def _walked(service: served.Served, jobs: int, here: pages.Scene, seconds: int) -> tuple[Ended, list[Held]]:
    ended, stop, looks = Ended(), threading.Event(), list[Held]()
    threads = [
        threading.Thread(target=_walk, args=(walk, Walker(service.port, here, number), ended, stop))
        for number, walk in enumerate(WALKS)
    ]
    for thread in threads:
        thread.start()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(EVERY)
        looks.append(held((service.process.pid, jobs)))
    stop.set()
    for thread in threads:
        thread.join()
    return ended, looks


def _walk(walk: Walk, who: Walker, ended: Ended, stop: threading.Event) -> None:
    while not stop.is_set():
        for kind, answer in walk(who):
            ended.all[kind] += 1
            ended.kept[kind] += answer.is_kept
            ended.broken[kind] += answer.status >= 500 or answer.status == NONE
            ended.slowest = max(ended.slowest, answer.seconds)
            if stop.wait(A_REST):
                return


def _told(ended: Ended, looks: list[Held], name: str) -> list[Figure]:
    memory = _growth([look.memory for look in looks])
    files = _growth([float(look.files) for look in looks])
    ends = {"MB_middle": _middle(looks).memory, "MB_end": looks[-1].memory}
    counts, kept, broken = (_some(one) for one in (ended.all, ended.kept, ended.broken))
    return [
        at_most(f"{name}: growth of memory in the second half", memory, MOST_GROWTH, "", ends),
        at_most(f"{name}: growth of open files in the second half", files, MOST_FILES, "", {"end": looks[-1].files}),
        at_most(f"{name}: answers that were errors", sum(ended.broken.values()), 0, "", broken),
        at_least(f"{name}: requests", sum(ended.all.values()), None, "", counts),
        at_least(f"{name}: forms that were kept", sum(ended.kept.values()), None, "", kept),
        at_most(f"{name}: slowest answer", ended.slowest, None, "s"),
    ]


def _some(counted: Counter[str]) -> dict[str, float]:
    return {kind: float(number) for kind, number in counted.items() if number}


def _middle(looks: list[Held]) -> Held:
    return looks[len(looks) // 2]


def _growth(values: list[float]) -> float:
    """Return by which share the last tenth lies above the one in the middle."""
    tenth = max(1, len(values) // 10)
    middle = len(values) // 2
    return statistics.mean(values[-tenth:]) / statistics.mean(values[middle : middle + tenth]) - 1
