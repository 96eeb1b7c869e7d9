"""The lines of a story: what they are about, where they stand in it, and which events of the audit trail become one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from webapp.models import Base, Match, User

PROFILE, MATCHING, REVIEW, WORK, APPLICATION, PLACEMENT, CLEARANCE, LETTER, LOOK = KINDS = (
    *("profile", "matching", "review", "assignment", "application"),
    *("placement", "clearance", "letter", "look"),
)
# What becomes a line, by what it happened to; anything else of the audit trail stands in no story.
ACTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "user": (PROFILE, ("registered",)),
    "volunteer": (
        PROFILE,
        (
            *("volunteer_imported", "volunteer_changed_by_import", "profile_claimed"),
            *("consent_given", "consent_withdrawn"),
        ),
    ),
    "put_forward": (
        MATCHING,
        ("put_forward_asked", "put_forward_agreed", "put_forward_declined", "put_forward_withdrawn"),
    ),
    "match_invitation": (MATCHING, ("invitation_accepted", "invitation_declined")),
    "assignment": (
        WORK,
        (
            *("assignment_draft", "assignment_reworded", "assignment_hints", "assignment_team", "team_filled_by_host"),
            *("assignment_submitted", "assignment_changes_requested", "assignment_open", "assignment_gate_waived"),
            *("assignment_filled", "assignment_closed", "assignment_cancelled", "shortlist_handed_over"),
        ),
    ),
    "application": (
        APPLICATION,
        (
            *("application_submitted", "application_promise_renewed", "application_promise_rested"),
            *("application_shortlisted", "application_interview", "application_selected"),
            *("application_declined", "application_withdrawn"),
            *("host_reminded", "host_asked", "host_talks", "host_agreed"),
        ),
    ),
    "offer": (
        APPLICATION,
        ("offer_made", "offer_agreed", "offer_accepted", "offer_declined", "offer_expired", "offer_withdrawn"),
    ),
    "placement": (
        PLACEMENT,
        (
            *("placement_preparing", "placement_active", "placement_extended", "placement_completed"),
            *("placement_ended_early", "placement_cancelled"),
        ),
    ),
    "clearance": (
        CLEARANCE,
        (
            *("clearance_open", "clearance_submitted", "clearance_cleared", "clearance_refused", "clearance_expired"),
            *("clearance_waived", "clearance_waiver_asked", "clearance_waiver_dropped"),
        ),
    ),
}


class Spot(NamedTuple):
    """Where a line stands: by its moment, then by where it comes from, then by its row."""

    at: datetime
    rank: int
    row: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y%m%d%H%M%S%f}-{self.rank}-{self.row}"

    @staticmethod
    def read(text: str) -> Spot | None:
        """Return the spot that an address names; None where it names none."""
        parts = text.split("-")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 20 for part in parts):
            return None
        try:
            at = datetime.strptime(parts[0], "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)
        except ValueError:
            return None
        return Spot(at, int(parts[1]), min(int(parts[2]), 2**31 - 1))


@dataclass(frozen=True)
class Line:
    """What happened: `code` as in the audit trail, `about` the row that it happened to, `by` who did it.

    `is_day`: only the day is known. `link`: the link of a host without account by which it was done.
    """

    spot: Spot
    kind: str
    code: str
    about: Base | None = None
    by: User | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    link: int = 0
    is_day: bool = False
    matches: tuple[Match, ...] = ()  # of a run: those of the story, the best first

    @property
    def pair(self) -> Any:
        """Return the row that names a person and an assignment; None where the line is about no such pair."""
        row: Any = getattr(self.about, "placement", self.about)
        return row if hasattr(row, "assignment") and hasattr(row, "volunteer") else None

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.spot.at
