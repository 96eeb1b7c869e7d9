"""`./run evaluate [NAME...] [--json F]`: one table of quality, a suite a file."""

from __future__ import annotations

import argparse
import importlib
import json
import math
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from data.evaluation.figure import Figure

# In the order of the table; each is a module with `figures() -> list[Figure]`.
SUITES = (
    "text_sets",
    "robustness",
    "taxonomy",
    "paraphrases",
    "unknown_tongues",
    "place_names",
    "graded",
    "worlds",
    "fairness",
    "coach",
    "speed",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run suites, print their table, write the JSON file; 0 done (met or missed), 2 no such suite."""
    options = _parser().parse_args(arguments)
    figures: list[Figure] = []
    for name in options.names or SUITES:
        started = time.perf_counter()
        found = importlib.import_module(f"data.evaluation.{name}").figures()
        print(f"\n{name} ({time.perf_counter() - started:.0f} s)", flush=True)
        for figure in found:
            print(line_of(figure), flush=True)
        figures += found
    asked = [figure for figure in figures if figure.goal is not None]
    print(f"\n{sum(bool(figure.ok) for figure in asked)} of {len(asked)} goals met")
    if options.markdown:
        options.markdown.write_text(markdown_of(figures), encoding="utf-8")
    if options.json:
        rows = [{**figure.to_row(), "value": None if math.isnan(figure.value) else figure.value} for figure in figures]
        options.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def line_of(figure: Figure) -> str:
    """Return a figure as one line of the table."""
    interval = f"[{figure.low:.3f}, {figure.high:.3f}]" if figure.low is not None and figure.high is not None else ""
    goal = "" if figure.goal is None else f"goal {figure.goal:g} {'met' if figure.ok else 'MISSED'}"
    beside = "  ".join(f"{name} {value:.3f}" for name, value in figure.beside.items())
    value = f"{figure.value:.3f} {figure.unit}".strip()
    return f"  {figure.name:<58} {value:>12} {interval:<18} {goal:<20} {beside}".rstrip()


def markdown_of(figures: Sequence[Figure]) -> str:
    """Return the figures as a table for a document."""
    lines = ["| figure | value | 95 % interval | goal | beside |", "|---|---|---|---|---|"]
    for figure in figures:
        interval = f"{figure.low:.3f} to {figure.high:.3f}" if figure.low is not None else ""
        goal = "" if figure.goal is None else f"{figure.goal:g} {'met' if figure.ok else '**missed**'}"
        beside = ", ".join(f"{name} {value:.3f}" for name, value in figure.beside.items())
        lines.append(f"| {figure.name} | {figure.value:.3f} {figure.unit} | {interval} | {goal} | {beside} |")
    return "\n".join(lines) + "\n"


def _suite(name: str) -> str:
    if name not in SUITES:
        raise argparse.ArgumentTypeError(f"no suite is called {name}; there are: {', '.join(SUITES)}")
    return name


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run evaluate", description="Measure the quality of matching.")
    parser.add_argument("names", nargs="*", metavar="NAME", type=_suite, help=", ".join(SUITES))
    parser.add_argument("--json", type=Path, metavar="F", help="also write the figures as JSON")
    parser.add_argument("--markdown", type=Path, metavar="F", help="also write them as a table for a document")
    return parser


if __name__ == "__main__":
    sys.exit(main())
