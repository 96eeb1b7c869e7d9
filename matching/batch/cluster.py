"""Parts made by the workers of a dask.distributed cluster, and sent back to whoever asked.

A worker reads the store at the same path, from a shared folder or a copy, and proves by the name of the task that it
reads the very same store with the very same code. What it made comes back over the network, so that the folder of parts
needs not be shared. A part that a killed worker had in hand is made again by another one.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from matching.batch.questions import BatchError
from matching.batch.task import Arrays, Task, opened, part_of
from matching.engine.store import StoreError

# By the file of the service: no index of packages knows it, and one of the same name there is somebody else's.
INSTALL = ".venv/bin/python -m uv pip install -r setup.cfg --extra cluster --extra fast"

try:
    import distributed
except ImportError as error:
    raise BatchError(f"the extra for clusters is not installed; in the folder of the service run: {INSTALL}") from error

if TYPE_CHECKING:
    from distributed import Client, Future, Worker

# Seconds: for an answer of the scheduler, between two looks at the workers, and for workers to come (again).
ANSWER, LOOK, PATIENCE = 10, 5, 60
_one_at_a_time = threading.Lock()


class Given(distributed.WorkerPlugin):
    """The task, handed once to every worker that there is or that comes later."""

    def __init__(self, task: Task, name: str) -> None:
        self.task, self.task_name = task, name

    def setup(self, worker: Worker) -> None:
        """Have room for what parts tell, and read nothing yet: an error here would take the worker along."""
        self.needs = self.task.needs()


def by_workers(task: Task, name: str, left: Sequence[int], address: str) -> Iterator[tuple[int, Arrays]]:
    """Yield the parts in `left` as workers finish them; BatchError says what keeps the cluster from it."""
    with _connected(address) as client:
        given = Given(replace(task, store=task.store.resolve()), name)
        handle = f"caravanserai-{name}-{time.time_ns()}"
        try:
            _wait_for_workers(client, address)
            client.register_plugin(given, name=handle)
            # Pure: whoever asks for the same part at the same time shares it.
            running = {
                client.submit(lists_of, handle, number, key=f"caravanserai-{name}-{number:06}", pure=True): number
                for number in left
            }
            while running:
                for one in _done(client, running, address):
                    yield running.pop(one), one.result()
            client.unregister_worker_plugin(handle)
        except ModuleNotFoundError as error:
            raise BatchError(
                f"a machine of the cluster at {address} lacks {error.name}; bring scheduler and all workers to the same"
                f" version of the service, and there run: {INSTALL}"
            ) from error
        except distributed.KilledWorker as error:
            raise BatchError(
                f"one part ended several workers of {address}: they may have too little memory;"
                " start fewer on each machine. What is done is kept"
            ) from error
        except (CancelledError, OSError, TimeoutError) as error:
            raise _away(address) from error


def lists_of(handle: str, number: int) -> Arrays:
    """Return one part. Runs on a worker; one at a time in a process, whose memory holds one store."""
    given = cast(Given, distributed.get_worker().plugins[handle])
    where = f"the worker on {socket.gethostname()}"
    with _one_at_a_time:
        try:
            matcher, asked = opened(given.task)
        except (StoreError, OSError) as error:
            raise BatchError(
                f"{where} cannot read the store: {error}. Share its folder, or copy it to the same path"
            ) from error
        if given.task.name(matcher) != given.task_name:
            raise BatchError(
                f"{where} has another store in {given.task.store}, or another version of Caravanserai;"
                " bring both up to date"
            )
        return part_of(given.task, matcher, asked, number, given.needs)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        # Parts come straight from the workers, and by the scheduler only where no worker can be reached.
        client = distributed.Client(address, timeout=ANSWER, set_as_default=False, direct_to_workers=True)
    except (OSError, TimeoutError, ValueError) as error:
        raise _away(address) from error
    with client:
        yield client


def _away(address: str) -> BatchError:
    return BatchError(
        f"no scheduler answers at {address}. Start one with `dask scheduler`, and set --cluster or CARAVANSERAI_CLUSTER"
        " to the address that it prints, such as tcp://host:8786. What is done is kept: the same command goes on"
    )


def _wait_for_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise BatchError(
            f"the scheduler at {address} has had no worker for {PATIENCE} seconds. Start some on each machine with"
            f" `dask worker {address} --nworkers N --nthreads 1`. What is done is kept: the same command goes on"
        ) from error


def _done(client: Client, running: dict[Future, int], address: str) -> set[Future]:
    """Return the next parts that are done; while none is, look whether anybody works at all."""
    while True:
        try:
            with client.as_current():
                return set(distributed.wait(list(running), timeout=LOOK, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            _wait_for_workers(client, address)
