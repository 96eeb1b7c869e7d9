"""The nightly clearing out, for tests: every rule in the session of the test."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from tests.factories import AnySession
from webapp.services import retention


def clear_out(session: AnySession, now: datetime, folder: Path) -> dict[str, int]:
    """Throw away what is due on `now`; lists lie in `folder`, documents in a folder within it. Returns the counts."""
    return retention.clear(lambda: nullcontext(session), now, folder, folder / "documents")
