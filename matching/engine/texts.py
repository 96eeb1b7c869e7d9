"""Many byte strings as one array and the places where each ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.engine.pack import Pack


def arrays(name: str, strings: Iterable[bytes]) -> Mapping[str, NDArray[Any]]:
    """Return the strings as arrays to be written."""
    found = list(strings)
    ends = np.cumsum([0, *map(len, found)], dtype=np.int64)
    return {f"{name}.bytes": np.frombuffer(b"".join(found), np.uint8), f"{name}.ends": ends}


def read(pack: Pack, name: str, number: int) -> bytes:
    """Return one of the strings that `arrays` gave to a file."""
    start, end = pack[f"{name}.ends"][number : number + 2].tolist()
    return pack[f"{name}.bytes"][start:end].tobytes()


def read_all(pack: Pack, name: str, numbers: NDArray[np.intp]) -> Iterator[bytes]:
    """Yield several of them."""
    ends, whole = pack[f"{name}.ends"], pack[f"{name}.bytes"].data
    for start, end in zip(ends[numbers].tolist(), ends[numbers + 1].tolist(), strict=True):
        yield bytes(whole[start:end])
