"""How loops become machine code: on their first call, and kept beside their file for the next process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop) -> Loop:
    """Return a loop as machine code."""
    try:
        return cast(Loop, njit(cache=True, nogil=True)(loop))
    except RuntimeError:  # there is nowhere to keep it: every process makes it anew
        return cast(Loop, njit(nogil=True)(loop))
