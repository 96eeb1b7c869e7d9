"""A store that cannot be read keeps nobody from anything, and is made again by the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from tests.services.stored.conftest import StoredWorld
from webapp.db import own_session
from webapp.models import KeptInput, ProfileStamp
from webapp.services.stored import notes
from webapp.services.stored.opened import MANIFEST, open_store
from webapp.services.stored.standing import standing


def _write(words: str) -> Callable[[Path], object]:
    return lambda folder: (folder / MANIFEST).write_text(words, encoding="utf-8")


def _empty_all(folder: Path) -> None:
    for path in folder.glob("people*"):
        path.unlink()
        path.write_bytes(b"")


def _lose_all(folder: Path) -> None:
    for path in folder.glob("people*"):
        path.unlink()


BREAKS = {
    "half a list": _write('{"fingerprint": '),
    "another list": _write("[]"),
    "a list of a later version": _write('{"fingerprint": "x", "segments": [], "blocks": [], "more": 1}'),
    "empty files": _empty_all,
    "no files": _lose_all,
}


@pytest.mark.parametrize("broken", BREAKS)
def test_a_broken_store_waits_and_is_made_again(
    world: StoredWorld, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    BREAKS[broken](world.folder)
    (world.folder / MANIFEST).touch()
    assert open_store(world.folder) is None
    with own_session() as session:
        before = session.query(KeptInput).count()
    world.rank(world.works[0])  # waits for the background
    world.refresh()
    with own_session() as session:
        assert session.query(KeptInput).count() == before
    world.assert_same(monkeypatch)


def test_what_is_kept_of_somebody_else_is_not_taken_for_ones_own(world: StoredWorld) -> None:
    one, other = world.people[:2]
    with own_session() as session:
        theirs = session.get_one(ProfileStamp, other).kept_id
        session.execute(update(ProfileStamp).where(ProfileStamp.volunteer_id == one).values(kept_id=theirs))
    with own_session() as session:
        found = standing(session, ProfileStamp.volunteer_id.in_((one, other)))
        assert dict(zip(found.numbers.tolist(), (found.kept > 0).tolist(), strict=True)) == {one: False, other: True}


def test_rows_of_another_width_are_no_notes() -> None:
    with pytest.raises(ValueError, match="no notes of stored people"):
        notes.read(np.zeros((2, 3), np.uint8))
