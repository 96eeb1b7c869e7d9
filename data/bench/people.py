"""As many invented volunteers as a measurement needs, put together from the parts of the sample's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
# What hangs together stays together; everything else is drawn apart, so that hardly two people are alike.
PARTS = (
    ("skills", "licences", "experience"),
    ("residence", "languages"),
    ("availability", "stay_min_weeks", "stay_max_weeks"),
    ("countries", "routes", "anywhere", "excluded"),
    ("modes", "online_hours", "online_from", "online_to", "time_zone"),
    ("causes", "served"),
    ("consent_matching", "consent_abroad"),
)


def volunteers(number: int, seed: int = 0) -> pd.DataFrame:
    """Return a frame of invented volunteers; the same seed gives the same ones."""
    sample, chance = table("volunteers"), np.random.default_rng(seed)
    drawn = [sample.loc[chance.integers(0, len(sample), number), list(part)].reset_index(drop=True) for part in PARTS]
    return pd.concat([pd.DataFrame({"id": [f"v{place}" for place in range(number)]}), *drawn], axis=1)


def assignments() -> pd.DataFrame:
    """Return the sample's assignments as they would be once published."""
    return table("assignments").assign(host_verified="yes")


def table(name: str) -> pd.DataFrame:
    """Return a table of the sample as text."""
    return pd.read_csv(SAMPLE / f"{name}.csv", dtype=str, keep_default_na=False)
