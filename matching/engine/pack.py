"""Arrays in one file that is written once and never changed; readers map it, and share its pages."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Parts = Mapping[str, Sequence[NDArray[Any]]]  # arrays by name, in parts that are written one after the other

MAGIC = b"CVSPACK1"
ALIGNED = 64  # bytes: a line of the processor's cache


@dataclass(frozen=True)
class Pack:
    """What a file holds: facts about it, and its arrays by name, read-only and mapped."""

    meta: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return an array; KeyError where the file has none of this name."""
        return self.arrays[name]


def write_pack(path: Path, meta: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write a file as a whole: under its name there is all of it or nothing, whenever the process dies."""
    write_parts(path, meta, {name: [array] for name, array in arrays.items()})


def write_parts(path: Path, meta: Mapping[str, Any], arrays: Parts) -> None:
    """Write a file as `write_pack` does; an array's parts, of which there is at least one, are of one kind."""
    plain = {name: [np.ascontiguousarray(part) for part in parts] for name, parts in arrays.items()}
    table, offset = {}, 0
    for name, parts in plain.items():
        shape = sum(len(part) for part in parts), *parts[0].shape[1:]
        table[name] = (parts[0].dtype.str, shape, offset)
        offset += -(-sum(part.nbytes for part in parts) // ALIGNED) * ALIGNED
    header = json.dumps({"meta": meta, "arrays": table}).encode()
    header += b" " * (-(len(MAGIC) + 8 + len(header)) % ALIGNED)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    with scratch.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(8, "little") + header)
        for parts in plain.values():
            for part in parts:
                file.write(part.reshape(-1).view(np.uint8).data)  # not copied: they may be large
            file.write(b"\0" * (-sum(part.nbytes for part in parts) % ALIGNED))
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)


def open_pack(path: Path) -> Pack:
    """Map a file that `write_pack` wrote; it stays readable after its name is gone. ValueError: no such file format."""
    whole = np.memmap(path, dtype=np.uint8, mode="r")
    start = len(MAGIC) + 8
    if whole[: len(MAGIC)].tobytes() != MAGIC:
        raise ValueError(f"{path.name} is no file of arrays")
    start += int.from_bytes(whole[len(MAGIC) : start].tobytes(), "little")
    header = json.loads(whole[len(MAGIC) + 8 : start].tobytes())
    return Pack(header["meta"], {name: _view(whole, start, *entry) for name, entry in header["arrays"].items()})


def _view(whole: NDArray[np.uint8], start: int, kind: str, shape: list[int], offset: int) -> NDArray[Any]:
    dtype = np.dtype(kind)
    count = int(np.prod(shape, dtype=np.int64))
    found = np.frombuffer(whole, dtype, count, start + offset) if count else np.zeros(0, dtype)
    return found.reshape(shape)
