"""The disk is full while many write: what cannot be kept is refused, pages go on, and nothing that was kept is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from data.bench import served
from data.bench.visitor import Visitor
from tests.crowds import Moments, at_work, check_all_kept, settle, slowest
from tests.databases import all_closed, migrate, settings

SIZE = 16  # MiB
FILLER = "filler"
PARTS = (
    "/host/",
    "/coordinator/",
    "/administrator/",
    "/supporter/",
    "/focal-point/",
    "/nowhere",
    "/by-mail/no/",
    "/login",
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a folder on a file system of its own, of SIZE MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a file system of its own is not allowed here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(folder: Path) -> None:
    """Write until there is no room."""
    with (folder / FILLER).open("ab", buffering=0) as file:
        for size in (64 * 1024, 4096, 512):
            with suppress(OSError):
                while True:
                    file.write(b"x" * size)


@contextmanager
def _kept_full(folder: Path) -> Iterator[None]:
    """Leave no room within, though others let go of some meanwhile."""
    stop = threading.Event()

    def keep() -> None:
        while not stop.wait(0.05):
            _fill(folder)

    _fill(folder)
    thread = threading.Thread(target=keep)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        (folder / FILLER).unlink()


def _look_around(port: int) -> None:
    """Open a page of each part of the site, as somebody who never was there: each has counters of its own."""
    for path in PARTS:
        assert Visitor(port).get(path).status in (200, 302, 404), path


def _prove(folder: Path, answers: int, rounds: int) -> str:
    """Fill the disk and make room again, each time until everybody has had so many answers; return the figures."""
    url = f"sqlite:///{folder}/caravanserai.db"
    migrate(url)
    config = settings("demo", folder, url)
    addresses = settle(config)
    when_full, with_room = Moments(), Moments()
    with (folder.parent / "log").open("w+b") as log, served.service(served.environment(config), log) as service:
        with at_work(service.port, addresses) as crowd:
            for _round in range(rounds):
                crowd.go_on(answers)
                with _kept_full(folder), when_full:
                    _look_around(service.port)
                    crowd.go_on(answers)
                    assert Visitor(service.port).get("/healthz").status == 200
                with with_room:
                    crowd.go_on(answers)
        assert service.process.poll() is None
        log.seek(0)
        assert b"Traceback" not in log.read()
    check_all_kept(url, crowd)
    full, room = when_full.statuses(crowd.writers), with_room.statuses(crowd.writers)
    assert set(full) <= {503, 302} and full[503] > 0  # what SQLite lets go of for a moment may be enough for one
    assert set(room) == {302}
    reads = when_full.statuses(crowd.readers), with_room.statuses(crowd.readers)
    assert all(set(one) == {200} for one in reads), reads
    kept = sum(len(who.kept) for who in crowd.writers)
    return f"full: written {dict(full)}, read {dict(reads[0])}; {kept} kept, slowest {slowest(crowd.people):.1f} s"


@pytest.mark.long
def test_a_disk_that_is_full_again_and_again(small_disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with all_closed():
        told = _prove(small_disk, answers=10, rounds=5)
    with capsys.disabled():
        sys.stdout.write(f"\n{told}\n")
