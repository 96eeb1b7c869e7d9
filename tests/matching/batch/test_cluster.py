"""The workers of a cluster make the bytes that one process makes, whoever of them is killed; errors say what to set."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import distributed
import pytest

from matching import Assignment, Reference, Volunteer, linker_for
from matching.batch import BatchError, Progress, Task, run
from matching.batch import cluster as clusters
from matching.engine import Writer
from matching.schema import parse_assignments, parse_volunteers
from tests.clusters import Cluster
from tests.hosts import hosts, why_not
from tests.matching.frames import assignment, frame, volunteer

PART, PARTS, WORKS, TOP = 100, 6, 400, 5
SKILLS = ("WAT-02:3", "WAT-02:4", "WAT-02:3|WAT-04:1", "WAT-04:4|WAT-02:2")
COUNTRIES = ("KE", "KE|TZ", "TZ", "", "KE|UG")


def people(number: int) -> list[Volunteer]:
    rows = [
        volunteer(id=f"v{one}", skills=SKILLS[one % 4], countries=COUNTRIES[one % 5], online_hours=str(one % 9 + 2))
        for one in range(number)
    ]
    return parse_volunteers(frame(*rows), Reference.load())


def works(number: int) -> tuple[Assignment, ...]:
    rows = [assignment(id=f"a{one}", weeks=str(4 + one % 20), mode=("on_site", "online")[one % 2]) for one in range(7)]
    found = parse_assignments(frame(*rows), Reference.load())
    return tuple(replace(found[one % 7], id=f"a{one}") for one in range(number))


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Task:
    folder, reference = tmp_path_factory.mktemp("store"), Reference.load()
    Writer(folder, reference, linker_for(reference)).rebuild(people(PART * PARTS), PART)
    return Task(folder, works(WORKS), TOP)


@pytest.fixture(scope="module")
def whole(task: Task, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return what one process makes."""
    folder = tmp_path_factory.mktemp("whole")
    run(task, folder)
    return (folder / "lists").read_bytes()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("cluster")) as found:
        found.add("one")
        found.add("other")
        yield found


def at_work(client: distributed.Client) -> list[str]:
    """Return the names of the workers that have parts in hand.

    The scheduler is asked twice: who came or went in between is known to one answer only, and left out.
    """
    busy = [address for address, parts in client.processing().items() if parts]
    workers = client.scheduler_info(n_workers=-1)["workers"]
    return [str(workers[address]["name"]) for address in busy if address in workers]


def test_a_worker_killed_at_work_costs_nothing_but_time(
    task: Task, whole: bytes, cluster: Cluster, tmp_path: Path
) -> None:
    killed: list[str] = []
    is_over = threading.Event()
    with distributed.Client(cluster.address, set_as_default=False) as client:

        def kill() -> None:
            while not killed and not is_over.wait(0.01):
                for name in at_work(client)[:1]:  # now and then nobody, between two parts
                    killed.append(name)
                    cluster.workers[name].kill()
                    cluster.workers[name].wait()

        killer = threading.Thread(target=kill)
        killer.start()
        try:
            run(task, tmp_path, cluster=cluster.address)
        finally:
            is_over.set()
            killer.join()
    assert killed
    assert (tmp_path / "lists").read_bytes() == whole
    # What is there already needs no cluster any more.
    run(task, tmp_path, cluster="tcp://nobody.example:1")


@pytest.mark.long
def test_hosts_of_a_network_make_the_same_bytes_and_one_may_be_cut_off(
    task: Task, whole: bytes, tmp_path: Path
) -> None:
    if reason := why_not():
        pytest.skip(reason)
    (tmp_path / "cluster").mkdir()
    with hosts(3) as by:
        (first, second, third) = by
        with Cluster(tmp_path / "cluster", first, by[first]) as cluster:
            cluster.add(second, by[second])
            cluster.add(third, by[third])
            cut: list[str] = []
            with distributed.Client(cluster.address, set_as_default=False) as client:

                def cut_off(progress: Progress) -> None:
                    busy = at_work(client)
                    if busy and not cut and progress.done < progress.total:
                        cut.append(busy[0])
                        subprocess.run([*by[cut[0]], "ip", "link", "set", "eth0", "down"], check=True)
                        cluster.workers[cut[0]].kill()

                run(task, tmp_path, tell=cut_off, cluster=cluster.address)
    assert cut
    assert (tmp_path / "lists").read_bytes() == whole


def test_another_store_under_the_same_path_is_refused(
    task: Task, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Task, "name", lambda *_: "0123456789abcdef")
    with pytest.raises(BatchError, match="another store in"):
        run(task, tmp_path, cluster=cluster.address)


def test_a_store_that_workers_cannot_read_is_said(task: Task, cluster: Cluster, tmp_path: Path) -> None:
    absent = replace(task, store=tmp_path / "absent")
    with pytest.raises(BatchError, match="Share its folder, or copy it"):
        list(clusters.by_workers(absent, "name", [0], cluster.address))


def test_a_cluster_that_is_away_is_said(task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "ANSWER", 0.5)
    for address in ("tcp://127.0.0.1:1", "nonsense://"):
        with pytest.raises(BatchError, match=r"CARAVANSERAI_CLUSTER.*What is done is kept"):
            run(task, tmp_path, cluster=address)


def test_a_cluster_without_workers_is_said(task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 0.5)
    (tmp_path / "empty").mkdir()
    with Cluster(tmp_path / "empty") as empty, pytest.raises(BatchError, match="dask worker tcp"):
        run(task, tmp_path, cluster=empty.address)


def test_without_a_cluster_nothing_is_missed_and_with_one_the_extra_is_named() -> None:
    script = """
import sys
sys.modules["distributed"] = None
import matching.__main__, matching.batch.files
from matching.batch import BatchError
try:
    import matching.batch.cluster
except BatchError as error:
    print(error)
"""
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "pip install -r setup.cfg --extra cluster" in said.stdout
