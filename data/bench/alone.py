"""Runs a measurement in a process of its own: one thread for every library, memory counted for it alone.

`alone("data.bench.contest", "measure", number=1000)` calls that function there and returns what it returns, as JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import subprocess  # noqa: S404  (starts this very module)
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# Read by the libraries when they are loaded: too late for a process that has numpy already.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


class Alone:
    """A measurement that runs; several may run at once."""

    def __init__(self, module: str, function: str, **arguments: Any) -> None:
        command = [sys.executable, "-P", "-m", "data.bench.alone", module, function, json.dumps(arguments)]
        environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603

    def result(self) -> Any:
        """Wait, and return what the function returned; RuntimeError where it failed (it has said why)."""
        said, _ = self._process.communicate()
        if self._process.returncode:
            raise RuntimeError(f"a measurement ended with {self._process.returncode}")
        return json.loads(said.splitlines()[-1])


def alone(module: str, function: str, **arguments: Any) -> Any:
    """Run a measurement and return its result."""
    return Alone(module, function, **arguments).result()


def most_memory() -> float:
    """Return the most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def proportional_memory() -> float:
    """Return the memory of this process in MB, what it shares with others counted in parts (PSS)."""
    told = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    return float(next(line.split()[1] for line in told.splitlines() if line.startswith("Pss:"))) / 1024


if __name__ == "__main__":
    found = getattr(importlib.import_module(sys.argv[1]), sys.argv[2])(**json.loads(sys.argv[3]))
    sys.stdout.write(json.dumps(found) + "\n")
