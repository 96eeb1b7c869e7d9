"""How loops become machine code: on their first call, and kept beside their files for the next process.

A loop holds the loops that it calls and the constants that it names, of whatever file, while numba only looks whether
its own file has changed. So what is kept lies in a folder of this very code, and that of earlier code goes.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit, types
from numba.core import config as settings
from numba.cpython.unsafe import numbers

Loop = TypeVar("Loop", bound=Callable[..., Any])
# Zeros below the lowest bit, 64 of nought: one instruction, which nothing but this gives in numba.
trailing_zeros: Any = numbers.trailing_zeros
LIBRARY = Path(__file__).parent
PREFIX = "loops-"


def folder_for(library: Path, base: Path) -> Path | None:
    """Make the folder in `base` for the code of a library, and remove those of other code; None: it cannot be made."""
    code = hashlib.sha256()
    for path in sorted(library.rglob("*.py")):
        code.update(path.read_bytes())
    mine = base / f"{PREFIX}{code.hexdigest()[:16]}"
    try:
        mine.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    for other in base.glob(f"{PREFIX}*"):
        if other != mine:
            shutil.rmtree(other, ignore_errors=True)
    return mine


config: Any = settings  # its names are made when it is read
_FOLDER = folder_for(LIBRARY, Path(config.CACHE_DIR or Path(__file__).with_name("__pycache__")))
if _FOLDER:
    config.CACHE_DIR = str(_FOLDER)


def compiled(loop: Loop) -> Loop:
    """Return a loop as machine code; where there is nowhere to keep it, every process makes it anew."""
    return cast(Loop, njit(cache=_FOLDER is not None, nogil=True)(loop))


def uncounted(loop: Loop) -> Loop:
    """Return a loop as machine code that makes no arrays, and so need not count who holds those that it is given.

    Counting takes instructions that lock memory: for a few people each time, as much as all else.
    """
    alone: dict[str, Any] = {"_nrt": False}  # numba's declared arguments leave it out
    return cast(Loop, njit(cache=_FOLDER is not None, nogil=True, **alone)(loop))


def inlined(loop: Loop) -> Loop:
    """Return a loop that becomes part of the loops that call it: a call with many arrays is dear for a few people."""
    return cast(Loop, njit(inline="always", nogil=True)(loop))


def compiled_for(*kinds: Any) -> Callable[[Any], Any]:
    """Return what makes machine code of a loop at once, for arguments of these kinds, and not on the first call."""
    return njit([types.void(*kinds)], cache=_FOLDER is not None, nogil=True)


def column(kind: Any, dimensions: int = 1) -> Any:
    """Return the kind of an array that is only read, as those of files are."""
    return types.Array(kind, dimensions, "C", readonly=True)
