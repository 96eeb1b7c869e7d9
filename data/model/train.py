"""Trains the head: `python -m data.model.train` writes data/model/head-1.npz again, the same bytes each time."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence, Set
from functools import lru_cache
from pathlib import Path

import numpy as np

from data.model.sources import groups
from data.model.vectors import Vectors
from matching.text.encoder import HEAD, HEADS
from matching.text.head import Array, Head

# A share of the whole spread is mixed into that inside the groups, so that no direction is blown up without bound.
RIDGE = 0.03
DIMENSION = 384


def train(without_concepts: Set[str] = frozenset(), without_skills: Set[str] = frozenset()) -> Head:
    """Train a head on all groups but those named: ESCO concepts by URI, own skills by code."""
    chosen = groups(frozenset(without_concepts), frozenset(without_skills))
    rows = _vectors().of([text for group in chosen for text in group.texts])
    return whiten(rows, np.repeat(np.arange(len(chosen)), [len(group.texts) for group in chosen]))


def whiten(rows: Array, places: Array) -> Head:
    """Return the head that shrinks directions in which texts of one meaning differ (within-class whitening)."""
    rows = rows.astype(np.float64)
    counts = np.bincount(places).astype(np.float64)
    means = np.stack([np.bincount(places, rows[:, one]) for one in range(rows.shape[1])], axis=1) / counts[:, None]
    # Large groups count by the root of their size.
    weights = (1.0 / np.sqrt(counts))[places]
    inside = rows - means[places]
    within = (inside * weights[:, None]).T @ inside / weights.sum()
    centre = means.mean(axis=0)
    between = (means - centre).T @ (means - centre) / len(means)
    values, turns = np.linalg.eigh(within + RIDGE * np.eye(len(within)) * np.trace(between) / len(between))
    white = turns / np.sqrt(values)
    spread, axes = np.linalg.eigh(white.T @ between @ white)
    best = axes[:, np.argsort(-spread, kind="stable")[:DIMENSION]]
    weight = white @ (best * np.sign(best[np.abs(best).argmax(axis=0), np.arange(best.shape[1])]))
    return Head(centre.astype(np.float32), weight.astype(np.float32))


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
    sys.stdout.write(f"{options.out.name} {head.weight.shape} {head.fingerprint}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
