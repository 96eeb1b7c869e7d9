"""What the history of an assignment prints are words: every line that services leave about one has its own."""

from __future__ import annotations

import re

from webapp.config import ROOT
from webapp.services import shortlist_ready
from webapp.views.coordinator.telling import EVENTS

RECORDED = re.compile(r"audit\.record\(\s*session,\s*\w+,\s*\"(\w+)\",\s*(?:\w+\.)?assignment[,)]")


def test_no_code_of_the_audit_trail_is_printed_as_it_is() -> None:
    services = (ROOT / "webapp" / "services").rglob("*.py")
    found = {code for file in services for code in RECORDED.findall(file.read_text(encoding="utf-8"))}
    assert {"assignment_team", "team_filled_by_host"} <= found
    assert (found | {shortlist_ready.HANDED_OVER}) - set(EVENTS) == set()
