"""`./run bench [NAME...] [--full] [--json F] [--picture F]`: a table of times, a suite a file; --full is the large."""

from __future__ import annotations

import argparse
import importlib
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data.bench.growth import picture
from data.evaluation.figure import Figure

# In the order of the table; each is a module with `figures(full: bool) -> list[Figure]`.
SUITES = ("supply", "live", "interactive", "batch", "import", "pages", "publishing", "everything")
APART = ("soak",)  # half an hour long with --full, so only where it is asked for by name
MODULES = {"import": "importing"}  # where the name is a word of the language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run suites, print their table, write the files; 0 done (met or missed), 2 no such suite or nothing to draw."""
    options = _parser().parse_args(arguments)
    figures: list[Figure] = []
    for name in options.names or SUITES:
        print(f"\n{name}", flush=True)
        found = importlib.import_module(f"data.bench.{MODULES.get(name, name)}").figures(options.full)
        for figure in found:
            print(_line(figure), flush=True)
        figures += found
    rows = [figure.to_row() for figure in figures]
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return _draw(rows, options.picture) if options.picture else 0


def _draw(rows: list[dict[str, Any]], path: Path) -> int:
    try:
        path.write_text(picture(rows), encoding="utf-8")
    except ValueError as error:
        print(f"no picture: {error}", file=sys.stderr)
        return 2
    return 0


def _line(figure: Figure) -> str:
    goal = "" if figure.goal is None else f"goal {figure.goal:g} {'met' if figure.ok else 'MISSED'}"
    value = "not measured" if math.isnan(figure.value) else f"{figure.value:>9.3f} {figure.unit:<9}"
    beside = ", ".join(f"{name} {value:.4g}" for name, value in figure.beside.items())
    return f"  {figure.name:<84} {value} {goal} {beside}".rstrip()


def _suite(name: str) -> str:
    if name not in SUITES + APART:
        raise argparse.ArgumentTypeError(f"no suite is called {name}; there are: {', '.join(SUITES + APART)}")
    return name


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench", description="Measure how long things take.")
    parser.add_argument("names", nargs="*", metavar="NAME", type=_suite, help=", ".join(SUITES + APART))
    parser.add_argument("--full", action="store_true", help="with as many people as the goals ask for; takes minutes")
    parser.add_argument("--json", type=Path, metavar="F", help="also write the figures as JSON")
    parser.add_argument("--picture", type=Path, metavar="F", help="also draw how `interactive` grows, as SVG")
    return parser


if __name__ == "__main__":
    sys.exit(main())
