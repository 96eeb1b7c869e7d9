"""Trains the head: `python -m data.model.train` writes data/model/head-1.npz again from the same texts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence, Set
from functools import lru_cache
from pathlib import Path

from threadpoolctl import threadpool_limits

from data.model.batches import batches
from data.model.descent import descend
from data.model.sources import groups
from data.model.vectors import Vectors
from matching.text.encoder import HEAD, HEADS
from matching.text.head import Head

STEPS = 300
SEED = 20261124


def train(without_concepts: Set[str] = frozenset(), without_skills: Set[str] = frozenset()) -> Head:
    """Train a head on all groups but those named: ESCO concepts by URI, own skills by code."""
    chosen = groups(frozenset(without_concepts), frozenset(without_skills))
    rows = _vectors().of([text for group in chosen for text in group.texts])
    # Sums of several threads come in another order; one thread gives the same head each time.
    with threadpool_limits(limits=1, user_api="blas"):
        return descend(_vectors().network.bare, rows, batches(chosen, rows, STEPS, SEED), STEPS)


@lru_cache(maxsize=1)
def _vectors() -> Vectors:
    return Vectors()


def main(arguments: Sequence[str] | None = None) -> int:
    """Train on everything, write the file, and print its fingerprint."""
    parser = argparse.ArgumentParser(prog="python -m data.model.train", description="Train the head of the encoder.")
    parser.add_argument("--out", type=Path, default=HEADS / HEAD)
    options = parser.parse_args(arguments)
    head = train()
    head.save(options.out)
    sys.stdout.write(f"{options.out.name}: {head.dimension} numbers a text, fingerprint {head.fingerprint}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
