"""Files that try to cost more than a list may, and what reading one costs: `python -m tests.services.imports.heavy`."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable

from tests.services.imports import heavy_books
from tests.services.imports.heavy_books import MAIN, archive
from webapp.services.errors import Refused
from webapp.services.imports.reading import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, read_table

MIB = 1024 * 1024
ROW = "<row>{}</row>"
CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'
LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))


def _many(cells: int) -> str:
    return ROW.format("".join(CELL.format(number) for number in range(cells)))


def _words(number: int) -> str:
    return f"<sst xmlns='{MAIN}'>{''.join(f'<si><t>{word:07}</t></si>' for word in range(number))}</sst>"


def _distinct(rows: int, columns: int) -> bytes:
    dice = random.Random(1)
    lines = (",".join(f"{dice.randrange(1000, 9999)}" for _ in range(columns)) for _ in range(rows))
    return "\n".join(lines).encode()[:LARGEST_FILE]


# By what is wrong with each; whatever is no larger than a file may be is read to where the fault shows.
FILES: dict[str, Callable[[], bytes]] = {
    "a cell of 12 MiB": lambda: b"name,town\nA," + b"x" * (12 * MIB),
    "a cell of 12 MiB in quotation marks, with lines": lambda: b'name\n"' + b"line\n" * (12 * MIB // 5) + b'"\n',
    "a million columns": lambda: b",".join(b"%d" % n for n in range(1_000_000)) + b"\n1\n",
    "a row of a million cells": lambda: b"name,town\n" + b"12," * 1_000_000 + b"\n",
    "two million empty cells in a row": lambda: b"name,town\n" + b"," * 2_000_000 + b"\n",
    "1.5 million rows": lambda: b"name\n" + b"".join(b"%d\n" % n for n in range(1_500_000)),
    "sixteen million empty lines": lambda: b"\n" * LARGEST_FILE,
    "as much as fits": lambda: _distinct(MOST_ROWS, MOST_COLUMNS),
    "as much as fits, narrower": lambda: _distinct(MOST_ROWS, 49),
    "one line without end": lambda: b"x" * LARGEST_FILE,
    "emoji without end": lambda: ("name\n" + "\U0001f600" * (4 * MIB - 9)).encode(),
    "bytes at random": lambda: random.Random(2).randbytes(LARGEST_FILE),
    "null bytes": lambda: bytes(LARGEST_FILE),
    "Chinese without end": lambda: ("姓名\n" + "王" * 8_000_000).encode("gb18030")[:LARGEST_FILE],
    "half of a mark": lambda: b"\xff\xfe" + b"a" * (LARGEST_FILE - 3),
    "an archive that holds 200 MiB": lambda: archive(" " * (200 * MIB)),
    "an archive just within what may come out": lambda: archive(ROW.format("") + " " * (60 * MIB)),
    "two million shared words": lambda: archive(ROW.format('<c t="s"><v>1</v></c>'), words=_words(2_000_000)),
    "a sheet of a million columns": lambda: archive(_many(1_000_000)),
    "a sheet of 400,000 rows": lambda: archive(ROW.format(CELL.format("a")) * 400_000),
    "a sheet that begins after a million blank rows": lambda: archive("<row/>" * 1_000_000 + _many(2)),
    "20,000 parts with names that climb": lambda: archive(_many(2), parts=20_000),
    "laughs": lambda: archive(ROW.format(CELL.format("&a9;")), LAUGHS + "]>"),
    "a file of the machine": lambda: archive(
        ROW.format(CELL.format("&x;")), '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "half an archive": lambda: archive(_many(2))[:-30],
    **heavy_books.FILES,
}


def main(names: list[str]) -> None:
    """Read each; print what was said of it, the seconds, and by how much the memory had grown at most, in MiB."""
    told = {}
    for name in names or FILES:
        data = FILES[name]()
        before, began = _resident(), time.process_time()
        _forget_peak()
        try:
            said = f"{len(read_table(data).rows)} rows"
        except Refused as refused:
            said = str(refused.words)
        told[name] = (said, time.process_time() - began, _peak() - before)
        del data
    sys.stdout.write(json.dumps(told, ensure_ascii=False))


def _forget_peak() -> None:
    with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
        file.write("5")


def _status(name: str) -> float:
    with open("/proc/self/status", encoding="ascii") as file:
        line = next(line for line in file if line.startswith(name))
    return int(line.split()[1]) / 1024


def _resident() -> float:
    return _status("VmRSS")


def _peak() -> float:
    return _status("VmHWM")


if __name__ == "__main__":
    main(sys.argv[1:])
