"""A cluster of dask.distributed for one measurement: each worker a process, forked as those of a batch are."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import distributed

FORK = get_context("fork")
WAIT = 60.0  # seconds


@contextmanager
def workers(many: int) -> Iterator[str]:
    """Yield the address of a scheduler with so many workers, which have in memory what this process has.

    To be called before this process has threads: it forks.
    """
    here, there = FORK.Pipe(duplex=False)
    running = [FORK.Process(target=_schedule, args=(there, many), daemon=True)]
    running[0].start()
    try:
        address = _next(here)
        running += [FORK.Process(target=_work, args=(address,), daemon=True) for _ in range(many)]
        for process in running[1:]:
            process.start()
        _next(here)
        yield address
    finally:
        for process in running[::-1]:
            process.kill()
            process.join()


def _next(here: Connection) -> Any:
    if not here.poll(WAIT):
        raise RuntimeError("the cluster did not start")
    return here.recv()


def _schedule(there: Connection, many: int) -> None:
    async def serve() -> None:
        async with distributed.Scheduler(host="127.0.0.1", port=0, dashboard_address=":0") as scheduler:
            there.send(scheduler.address)
            while len(scheduler.workers) < many:
                await asyncio.sleep(0.05)
            there.send("all here")
            await scheduler.finished()

    _serve(serve())


def _work(address: str) -> None:
    async def serve() -> None:
        async with distributed.Worker(address, nthreads=1, dashboard_address=":0") as worker:
            await worker.finished()

    _serve(serve())


def _serve(service: Coroutine[Any, Any, None]) -> None:
    logging.getLogger("distributed").setLevel(logging.ERROR)  # it tells each step
    asyncio.run(service)
