"""What is there before the workers are made is looked through by none of them."""

from __future__ import annotations

import subprocess
import sys

from webapp.config import ROOT

READY = """
import gc
from webapp import serving
serving.when_ready(None)
print(gc.get_freeze_count() > 100_000, gc.get_threshold()[0] == serving.NEW_OBJECTS)
"""


def test_workers_do_not_look_through_what_was_there_before_them() -> None:
    done = subprocess.run([sys.executable, "-c", READY], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]
