"""The process that sends letters is killed at any moment: each arrives, in the folder once, and a repeat is counted."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from tests.job_process import Jobs, let_claims_run_out
from tests.postmen import LAST_LINE, PROCESSES, MailServer, Post, Taken, write, writer
from webapp.db import own_session
from webapp.models import Mail


@pytest.fixture
def taken() -> Iterator[tuple[Taken, str]]:
    """Yield what a mail server of this process took, and its address."""
    server = MailServer(Taken())
    server.start()
    yield server.handler, server.url
    server.stop()


def _post(engine: Engine, folder: Path, mail_url: str = "folder:") -> Post:
    return Post(engine.url.render_as_string(hide_password=False), folder, mail_url)


def _kill(post: Post, rounds: int) -> int:
    """Let two workers at once send what a third process writes, and kill both; return how many letters there are.

    Each round begins when the claims of the one before have run out.
    """
    dice, stop = random.Random(20), PROCESSES.Event()
    writing = writer(post.database_url, stop)
    for number in range(rounds):
        workers = [post.worker(claims=number) for _ in range(2)]
        for worker in workers:
            time.sleep(dice.uniform(0, 0.15))
            worker.kill()
            worker.join()
    stop.set()
    writing.join()
    return _all_sent(post, claims=rounds)


def _kill_jobs(jobs: Jobs, kills: int) -> int:
    """Kill the process of the jobs itself while letters are written; return how many there are."""
    dice, stop = random.Random(21), PROCESSES.Event()
    writing = jobs.writer(stop)
    for _ in range(kills):
        process = jobs.start()
        time.sleep(dice.uniform(0, 0.15))
        process.kill()
        process.wait()
        let_claims_run_out()
    stop.set()
    writing.join()
    return _all_sent(Post(jobs.database_url, jobs.folder))


def _all_sent(post: Post, claims: int = 0) -> int:
    """Send what is left, and return how many letters there are: none is lost."""
    while post.send(claims):
        pass
    with own_session() as session:
        sent = {letter.subject: letter.sent_at for letter in session.scalars(select(Mail))}
    assert set(sent) == {f"Letter {number}" for number in range(len(sent))}
    assert None not in sent.values(), "a letter is lost"
    return len(sent)


def _kept() -> dict[str, Mail]:
    with own_session() as session:
        return {letter.message_id: letter for letter in session.scalars(select(Mail))}


def _is_whole(letter: EmailMessage) -> bool:
    return LAST_LINE in str(letter.get_content())


def _prove_folder(engine: Engine, folder: Path, rounds: int) -> None:
    post = _post(engine, folder)
    _check_folder(folder, _kill(post, rounds))


def _check_folder(folder: Path, count: int) -> None:
    files = {path.name: path for path in (folder / "mail").iterdir()}
    assert set(files) == {f"{message_id}.eml" for message_id in _kept()}, "each once, and nothing half"
    whole = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files.values()]
    assert all(map(_is_whole, whole))
    assert len({letter["Subject"] for letter in whole}) == count


def _prove_jobs(engine: Engine, folder: Path, kills: int) -> None:
    _check_folder(folder, _kill_jobs(Jobs(engine.url.render_as_string(hide_password=False), folder), kills))


def _prove_server(engine: Engine, folder: Path, taken: tuple[Taken, str], rounds: int) -> None:
    handler, url = taken
    count = _kill(_post(engine, folder, url), rounds)
    times = Counter(str(letter["Message-ID"]).strip("<>") for letter in handler.letters)
    kept = _kept()
    assert set(times) == set(kept)
    assert all(map(_is_whole, handler.letters))
    assert len({letter["Subject"] for letter in handler.letters}) == count
    uncounted = {one: number for one, number in times.items() if number - 1 > kept[one].repeats}
    assert not uncounted
    assert sum(letter.repeats for letter in kept.values()) <= 2 * rounds


def test_kills_lose_and_double_no_letter_in_the_folder(own_engine: Engine, tmp_path: Path) -> None:
    _prove_folder(own_engine, tmp_path, rounds=3)


def test_kills_of_the_jobs_lose_and_double_no_letter_in_the_folder(own_engine: Engine, tmp_path: Path) -> None:
    _prove_jobs(own_engine, tmp_path, kills=2)


def test_kills_lose_no_letter_to_a_server_and_repeats_are_counted(
    own_engine: Engine, tmp_path: Path, taken: tuple[Taken, str]
) -> None:
    _prove_server(own_engine, tmp_path, taken, rounds=3)


@pytest.mark.long
def test_a_hundred_kills_lose_and_double_no_letter_in_the_folder(own_engine: Engine, tmp_path: Path) -> None:
    _prove_folder(own_engine, tmp_path, rounds=50)


@pytest.mark.long
def test_a_hundred_kills_of_the_jobs_lose_and_double_no_letter_in_the_folder(
    own_engine: Engine, tmp_path: Path
) -> None:
    _prove_jobs(own_engine, tmp_path, kills=100)


@pytest.mark.long
def test_a_hundred_kills_lose_no_letter_to_a_server_and_repeats_are_counted(
    own_engine: Engine, tmp_path: Path, taken: tuple[Taken, str]
) -> None:
    _prove_server(own_engine, tmp_path, taken, rounds=50)


def test_a_letter_taken_just_before_the_kill_goes_again_when_the_claim_has_run_out(
    own_engine: Engine, tmp_path: Path, taken: tuple[Taken, str]
) -> None:
    handler, url = taken
    post = _post(own_engine, tmp_path, url)
    worker = post.worker()
    handler.then = worker.kill
    message_id = write(1)
    worker.join(30)
    handler.then = None
    assert post.send() == 0, "somebody else's letter was taken from them"
    assert post.send(claims=1) == 1
    first, second = handler.letters
    assert first["Message-ID"] == second["Message-ID"] == f"<{message_id}>"
    assert first.get_content() == second.get_content()
    assert _kept()[message_id].repeats == 1
    assert post.send(claims=2) == 0
