"""The versions of an assignment on its page: each with its score, and what was changed since the last one."""

from __future__ import annotations

from typing import Any

from webapp import clock
from webapp.assignment_changes import changes_between
from webapp.db import Session
from webapp.models import Assignment
from webapp.services import versions
from webapp.views.coordinator.telling import language


def version_facts(found: Assignment) -> dict[str, Any]:
    """Return what the page shows of the versions; `compared` is None where there is none to compare with."""
    kept = versions.versions_of(Session(), found)
    compared = versions.to_compare(found, kept)
    before = versions.as_sent(found, compared) if compared else found
    return {
        "versions": kept,
        "compared": compared,
        "changes": changes_between(before, found, language(), clock.today()) if compared else [],
    }
