"""`python -m matching rank`: two CSV files in, ranked and explained matches out."""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from matching.matcher import Matcher
from matching.schema import SchemaError

SHOWN_PROBLEMS = 20
DEFAULT_TOP = 20


class CommandError(Exception):
    """What the person at the command line has to put right."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; returns the exit status: 0 done, 2 wrong input."""
    options = _parser().parse_args(arguments)
    try:
        rank(options.volunteers, options.assignments, options.out, options.top, options.seed)
    except SchemaError as error:
        shown = [str(problem) for problem in error.problems[:SHOWN_PROBLEMS]]
        more = len(error.problems) - len(shown)
        print("\n".join(shown + ([f"... and {more} more"] if more else [])), file=sys.stderr)
        return 2
    except CommandError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def rank(volunteers: Path, assignments: Path, out: Path, top: int, seed: int) -> None:
    """Rank the volunteers of one file for the assignments of another; nothing is written unless all went well."""
    people, work = read_table(volunteers), read_table(assignments)
    matcher = Matcher().fit(people)
    matches = matcher.rank(work, top=top, seed=seed, spread=matcher.spread_over(work))
    unfinished = out.with_name(f".{out.name}.unfinished")
    try:
        matches.to_csv(unfinished, index=False, encoding="utf-8", lineterminator="\n")
        os.replace(unfinished, out)
    except OSError as error:
        why = error.strerror or error
        raise CommandError(f"{out} cannot be written: {why}; name a file in a folder that exists") from error


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV in UTF-8 as text; CommandError says what is wrong with the file, and in which row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = [row for row in csv.reader(lines, strict=True) if row]
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not in UTF-8 (byte {error.start}); save it as CSV UTF-8") from error
    except csv.Error as error:
        raise CommandError(f"{path} is no proper CSV: {error}; quote cells that hold commas or quotes") from error
    if not rows:
        raise CommandError(f"{path} is empty; its first row must name the columns")
    return _table(path, [name.strip() for name in rows[0]], rows[1:])


def _table(path: Path, header: list[str], rows: list[list[str]]) -> pd.DataFrame:
    twice = [name for name, count in Counter(header).items() if name and count > 1]
    if twice:
        raise CommandError(f"{path}, row 1: the column {twice[0]} stands there twice; remove one")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise CommandError(
                f"{path}, row {number}: {len(row)} cells under {len(header)} columns; quote cells that hold a comma"
            )
    return pd.DataFrame(rows, columns=header, dtype=str)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m matching", description="Match volunteers and assignments.")
    commands = parser.add_subparsers(dest="command", required=True)
    ranking = commands.add_parser("rank", help="rank volunteers for assignments and explain every match")
    ranking.add_argument("--volunteers", type=Path, required=True, metavar="V.csv")
    ranking.add_argument("--assignments", type=Path, required=True, metavar="A.csv")
    ranking.add_argument("--out", type=Path, required=True, metavar="M.csv")
    ranking.add_argument("--top", type=_positive, default=DEFAULT_TOP, metavar="K", help="eligible and near, each")
    ranking.add_argument("--seed", type=int, default=0, metavar="N", help="of the lot inside a band")
    return parser


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
