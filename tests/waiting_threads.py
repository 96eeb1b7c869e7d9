"""Threads that are started and do not come to work, for whoever must begin no second one meanwhile."""

from __future__ import annotations

from types import ModuleType

import pytest


def let_threads_wait(monkeypatch: pytest.MonkeyPatch, module: ModuleType) -> list[object]:
    """Let the threads of a module only wait; return the list that grows by the arguments of each that is begun."""
    begun: list[object] = []

    class Waiting:
        """A thread that is started and has not come to work yet."""

        def __init__(self, **said: object) -> None:
            begun.append(said["args"])

        def start(self) -> None:
            """Be started."""

    monkeypatch.setattr(module, "Thread", Waiting)
    return begun
