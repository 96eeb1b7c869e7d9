"""Scripts in processes of their own that are there in a moment: what they import was read once, for all of them."""

from __future__ import annotations

import os
import sys
from multiprocessing.connection import Connection
from types import TracebackType

from tests.postmen import PROCESSES

PATIENCE = 600  # seconds that a script may take on a machine that does much else


class Script:
    """A process at work on a script; it reads `stdin`, and what it says, also of its mistakes, stands in `stdout`."""

    def __init__(self, script: str, *words: str) -> None:
        theirs, mine = PROCESSES.Pipe(duplex=False)
        here, there = PROCESSES.Pipe(duplex=False)
        self._process = PROCESSES.Process(target=_work, args=(script, words, theirs, there), daemon=True)
        self._process.start()
        self.stdin = os.fdopen(os.dup(mine.fileno()), "w")
        self.stdout = os.fdopen(os.dup(here.fileno()), "r")
        for end in (theirs, mine, here, there):
            end.close()

    def __enter__(self) -> Script:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> tuple[str, int | None]:
        """Let it come to its end; return the rest of what it said, and its exit code."""
        if self.stdout.closed:
            return "", self._process.exitcode
        self.stdin.close()
        self._process.join(PATIENCE)
        if self._process.is_alive():
            self.kill()
        with self.stdout:
            return self.stdout.read(), self._process.exitcode

    def kill(self) -> None:
        """Kill it at once."""
        self._process.kill()
        self._process.join(PATIENCE)


def _work(script: str, words: tuple[str, ...], source: Connection, sink: Connection) -> None:
    os.dup2(source.fileno(), 0)
    os.dup2(sink.fileno(), 1)
    os.dup2(sink.fileno(), 2)
    source.close()
    sink.close()
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115
    sys.argv = ["-c", *words]
    exec(compile(script, "<script>", "exec"), {"__name__": "__main__"})  # noqa: S102
    sys.stdout.flush()
