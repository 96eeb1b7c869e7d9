"""Improves the encoder's last layers so that texts of one meaning find each other among all of a batch (InfoNCE)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np

from matching.text.exact import SHORTEST_ROW, Array, unit
from matching.text.head import Head

TEMPERATURE = 0.05
RATE = 5e-4
WARM_UP = 10
MOMENTUM, SPREAD = 0.9, 0.99
Gradients = dict[str, Array]


def descend(head: Head, rows: Array, batches: Iterator[Array], steps: int) -> Head:
    """Return the head after `steps` batches of Adam, with a rate that warms up and then falls to nothing."""
    weights = {one.name: getattr(head, one.name).astype(np.float32).copy() for one in fields(head)}
    mean = {name: np.zeros_like(values) for name, values in weights.items()}
    square = {name: np.zeros_like(values) for name, values in weights.items()}
    for step, pairs in enumerate(batches, start=1):
        rate = RATE * min(1.0, step / WARM_UP) * 0.5 * (1 + np.cos(np.pi * step / steps))
        for name, slope in gradients(Head(**weights), rows[pairs.reshape(-1)]).items():
            mean[name] = MOMENTUM * mean[name] + (1 - MOMENTUM) * slope
            square[name] = SPREAD * square[name] + (1 - SPREAD) * slope**2
            size = np.sqrt(square[name] / (1 - SPREAD**step)) + 1e-8
            weights[name] -= (rate * mean[name] / (1 - MOMENTUM**step) / size).astype(np.float32)
    return Head(**weights)


def loss(head: Head, rows: Array) -> float:
    """Return the loss of a batch: rows of one text of each meaning, then of the other, in the same order."""
    ahead, back = _shares(unit(np.tanh(head.layers(rows)[-1])))
    return float(-(np.log(np.diag(ahead)).mean() + np.log(np.diag(back)).mean()) / 2)


def gradients(head: Head, rows: Array) -> Gradients:
    """Return how the loss of a batch changes with each weight."""
    first, second, third, last = head.layers(rows)
    bent = np.tanh(last)
    length = np.maximum(np.linalg.norm(bent, axis=1, keepdims=True), SHORTEST_ROW)
    turned = bent / length
    half = len(turned) // 2
    ahead, back = _shares(turned)
    pull = (ahead + back - 2 * np.eye(half, dtype=np.float32)) / (2 * half * TEMPERATURE)
    slope = np.concatenate([pull @ turned[half:], pull.T @ turned[:half]])
    at_last = (slope - turned * (slope * turned).sum(axis=1, keepdims=True)) / length * (1 - bent * bent)
    at_third = (at_last @ head.long.T) * (third > 0)
    at_second = (at_last @ head.short.T + at_third @ head.broad.T) * (second > 0)
    at_first = (at_second @ head.deep.T) * (first > 0)
    return {
        "wide": rows.T @ at_first,
        "near": rows.T @ at_second,
        "deep": first.T @ at_second,
        "broad": second.T @ at_third,
        "short": second.T @ at_last,
        "long": third.T @ at_last,
    }


def _shares(unit: Array) -> tuple[Array, Array]:
    """Return each text's share of likeness to all partners of its batch, read forwards and backwards."""
    half = len(unit) // 2
    alike = unit[:half] @ unit[half:].T / TEMPERATURE
    ahead = np.exp(alike - alike.max(axis=1, keepdims=True))
    back = np.exp(alike - alike.max(axis=0, keepdims=True))
    return ahead / ahead.sum(axis=1, keepdims=True), back / back.sum(axis=0, keepdims=True)
