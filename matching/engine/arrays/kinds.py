"""Kinds of columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Entries = NDArray[np.uint32]
Words = NDArray[np.uint64]
Places = NDArray[np.intp]
Indices = NDArray[np.int32]
Numbers = NDArray[np.float32]
Whole = NDArray[np.int16]
