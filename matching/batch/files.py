"""A batch of two files: both sides' lists as CSV in a folder, beside what lets it go on when it was stopped."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from matching.batch.lists import PEOPLE, WORKS, Lists
from matching.batch.progress import Pace, Tell
from matching.batch.questions import BatchError
from matching.batch.run import run
from matching.batch.task import Task
from matching.engine import Snapshot, StoreError, Writer
from matching.engine.segment import MOST
from matching.files import CommandError, read_table, write_whole
from matching.matcher import ORDER, linker_for
from matching.reference import Reference
from matching.schema import parse_assignments, parse_volunteers

FOR_ASSIGNMENTS, FOR_VOLUNTEERS = "for-assignments.csv", "for-volunteers.csv"
# Parts enough for some dozens of workers, and none so small that what each costs by itself shows.
PARTS, LEAST = 32, 16_384


@dataclass(frozen=True)
class Asked:
    """The files, the folder of the result, and how: `part` people a part, None leaves it to their number."""

    volunteers: Path
    assignments: Path
    out: Path
    top: int
    seed: int = 0
    part: int | None = None


def rank_files(asked: Asked, processes: int, cluster: str | None, tell: Tell) -> None:
    """Write the lists of both sides; SchemaError and CommandError say what to put right."""
    reference = Reference.load()
    works = tuple(parse_assignments(read_table(asked.assignments), reference))
    try:
        asked.out.mkdir(parents=True, exist_ok=True)
        task = Task(_store(asked, reference, tell), works, asked.top, asked.seed)
        lists = run(task, asked.out / "parts", processes, tell, cluster)
    except BatchError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{asked.out} cannot be used: {error.strerror or error}; name another folder") from error
    for file, side in ((FOR_ASSIGNMENTS, WORKS), (FOR_VOLUNTEERS, PEOPLE)):
        write_whole(asked.out / file, partial(_write, lists, side, Pace(f"lines of {file}", lists.entries(side), tell)))


def _store(asked: Asked, reference: Reference, tell: Tell) -> Path:
    """Return the store of the very file, cut as asked: the one that an earlier start made, else a new one."""
    table = read_table(asked.volunteers)
    part = asked.part or min(MOST, max(LEAST, -(-len(table) // PARTS)))
    mark = hashlib.sha256(asked.volunteers.read_bytes() + b"\0%d" % part).hexdigest()[:16]
    folder = asked.out / f"store-{mark}"
    try:
        Snapshot.open(folder, reference)
    except StoreError:
        people = parse_volunteers(table, reference)
        pace = Pace("people stored", len(people), tell)
        Writer(folder, reference, linker_for(reference)).rebuild(people, part, pace.at)
    return folder


def _write(lists: Lists, side: str, pace: Pace, path: Path) -> None:
    """Write the lists of a side some at a time: all of them in one table would take more memory than the batch."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(ORDER)
        done = 0
        for rows in lists.in_turns(side):
            rows.to_csv(file, index=False, header=False, lineterminator="\n")
            done += len(rows)
            pace.at(done)
