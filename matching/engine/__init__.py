"""Stored volunteers, and exact rankings over a million of them: columns in files that many processes share."""

from matching.engine.matcher import StoredMatcher
from matching.engine.store import Snapshot, StoreError
from matching.engine.writer import Writer

__all__ = ["Snapshot", "StoreError", "StoredMatcher", "Writer"]
