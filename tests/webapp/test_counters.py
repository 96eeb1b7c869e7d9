"""The workers' counters have their room before they count, so that a full disk ends no worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from webapp import serving
from webapp.config import ROOT

# What each worker does after it was made, then more pages, methods and statuses than there are.
COUNT = """
import os, sys
from webapp import serving
serving.keep_room(os.environ["PROMETHEUS_MULTIPROC_DIR"], os.getpid())
from webapp.logs import REQUESTS, SECONDS
for page in range(16):
    for status in range(16):
        REQUESTS.labels(f"coordinator{page}", "GET", f"{status}xx").inc()
    SECONDS.labels(f"coordinator{page}").observe(1.0)
folder = os.environ["PROMETHEUS_MULTIPROC_DIR"]
print({name: os.stat(os.path.join(folder, name)).st_blocks * 512 for name in os.listdir(folder)})
"""


def test_counters_take_their_room_at_once_and_need_no_more(tmp_path: Path) -> None:
    around = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", COUNT], cwd=ROOT, env=around, capture_output=True, text=True, check=True
    )
    sizes = json.loads(done.stdout.replace("'", '"'))
    assert {name.split("_")[0] for name in sizes} >= set(serving.COUNTERS)
    assert {sizes[name] for name in sizes if name.startswith(serving.COUNTERS)} == {serving.ROOM}


def test_a_worker_that_finds_no_room_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    serving.keep_room(str(tmp_path), 1)
    assert not list(tmp_path.iterdir())
