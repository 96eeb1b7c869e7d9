"""`python -m matching rank | batch | text | evaluate`: files in, ranked matches, near texts or figures out."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matching.files import CommandError, read_answers, read_table, read_texts, write_whole
from matching.matcher import Matcher
from matching.schema import SchemaError

if TYPE_CHECKING:
    from matching.batch import Progress

SHOWN_PROBLEMS = 20
DEFAULT_TOP = 20
# What is ranked where figures are asked for, as the published figures do.
EVALUATED_TOP = 100
SCORE_DIGITS = 6
SAID_EVERY = 5.0  # seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; returns the exit status: 0 done, 2 wrong input."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except SchemaError as error:
        shown = [str(problem) for problem in error.problems[:SHOWN_PROBLEMS]]
        more = len(error.problems) - len(shown)
        print("\n".join(shown + ([f"... and {more} more"] if more else [])), file=sys.stderr)
        return 2
    except CommandError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def rank(options: argparse.Namespace) -> None:
    """Rank the volunteers of one file for the assignments of another; nothing is written unless all went well."""
    people, work = read_table(options.volunteers), read_table(options.assignments)
    matches = Matcher().fit(people).rank(work, top=options.top, seed=options.seed)
    write_whole(options.out, lambda path: matches.to_csv(path, index=False, encoding="utf-8", lineterminator="\n"))


def batch(options: argparse.Namespace) -> None:
    """Rank everybody for all assignments, both sides' lists; started again, it goes on where it was stopped."""
    # Late: the other commands need none of it.
    from matching.batch.files import Asked, rank_files

    asked = Asked(options.volunteers, options.assignments, options.out, options.top, options.seed, options.part)
    cluster = options.cluster or (None if options.processes else os.environ.get("CARAVANSERAI_CLUSTER"))
    rank_files(asked, options.processes or 1, cluster, _teller())


def text(options: argparse.Namespace) -> None:
    """Write, for each query, the nearest texts of the corpus, best first."""
    # Late: ranking needs no model of texts, and starts sooner without it.
    from matching.text.similarity import Similarity

    queries, corpus = read_texts(options.queries), read_texts(options.corpus)
    names = list(corpus)
    found = Similarity().fit(list(corpus.values())).search(list(queries.values()), options.top)
    lines = [
        f"{query}\t{names[place]}\t{rank}\t{score:.{SCORE_DIGITS}f}\n"
        for query, (places, scores) in zip(queries, found, strict=True)
        for rank, (place, score) in enumerate(zip(places, scores, strict=True), start=1)
    ]
    write_whole(options.out, lambda path: _write_lines(path, lines))


def evaluate(options: argparse.Namespace) -> None:
    """Print how well the model, and word and character TF-IDF beside it, find the right answers."""
    from matching.text.scores import compare

    queries, corpus, answers = read_texts(options.queries), read_texts(options.corpus), read_answers(options.qrels)
    unknown = [query for query in answers if query not in queries]
    if unknown:
        raise CommandError(f"{options.qrels}: the query {unknown[0]} is not in {options.queries}")
    missing = sorted(set().union(*answers.values()) - corpus.keys())
    if missing:
        raise CommandError(f"{options.qrels}: the text {missing[0]} is not in {options.corpus}")
    print(f"{len(answers)} queries, {len(corpus)} texts, best {EVALUATED_TOP} of each query")
    for name, row in compare(queries, corpus, answers, EVALUATED_TOP).items():
        print(f"{name:<18}" + "  ".join(f"{figure} {value:.4f}" for figure, value in row.items()))


def _teller() -> Callable[[Progress], None]:
    """Return what says on standard error how far a batch is, every few seconds."""
    last = -SAID_EVERY

    def tell(progress: Progress) -> None:
        nonlocal last
        if progress.done < progress.total and time.monotonic() - last < SAID_EVERY:
            return
        last = time.monotonic()
        left = "" if progress.seconds_left is None else f", about {progress.seconds_left:,.0f} seconds left"
        print(f"{progress.done:,} of {progress.total:,} {progress.what}{left}", file=sys.stderr)

    return tell


def _write_lines(path: Path, lines: Sequence[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m matching", description="Match volunteers, assignments and texts.")
    commands = parser.add_subparsers(dest="command", required=True)
    ranking = commands.add_parser("rank", help="rank volunteers for assignments and explain every match")
    _add_tables(ranking)
    ranking.add_argument("--out", type=Path, required=True, metavar="M.csv")
    ranking.set_defaults(run=rank)
    everybody = commands.add_parser(
        "batch", help="rank everybody for all assignments, without reasons; goes on if stopped"
    )
    _add_tables(everybody)
    everybody.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="lists of both sides, and what is done"
    )
    everybody.add_argument("--part", type=_positive, metavar="N", help="volunteers a part (default: by their number)")
    where = everybody.add_mutually_exclusive_group()
    where.add_argument("--processes", type=_positive, metavar="N", help="on this machine (default: one)")
    where.add_argument("--cluster", metavar="ADDRESS", help="of a dask scheduler (default: CARAVANSERAI_CLUSTER)")
    everybody.set_defaults(run=batch)
    texts = commands.add_parser("text", help="find the nearest texts, across languages")
    _add_texts(texts)
    texts.add_argument("--top", type=_positive, default=DEFAULT_TOP, metavar="K", help="texts a query")
    texts.add_argument("--out", type=Path, required=True, metavar="R.tsv", help="query, text, rank, score")
    texts.set_defaults(run=text)
    figures = commands.add_parser("evaluate", help="measure how well the nearest texts are the right ones")
    _add_texts(figures)
    figures.add_argument("--qrels", type=Path, required=True, metavar="L.tsv", help="query, 0, text, 1")
    figures.set_defaults(run=evaluate)
    return parser


def _add_tables(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--volunteers", type=Path, required=True, metavar="V.csv")
    parser.add_argument("--assignments", type=Path, required=True, metavar="A.csv")
    parser.add_argument("--top", type=_positive, default=DEFAULT_TOP, metavar="K", help="eligible and near, each")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the lot inside a band")


def _add_texts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--queries", type=Path, required=True, metavar="Q.tsv", help="id, tab, text; no header")
    parser.add_argument("--corpus", type=Path, required=True, metavar="C.tsv", help="id, tab, text; no header")


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
