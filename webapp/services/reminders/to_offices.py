"""Letters to offices that list what is late: each coordinator reads of what they reach, and of nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from webapp.models import Assignment
from webapp.services.correspondence import coordinators_of, write_to_account
from webapp.services.delegations import may_know
from webapp.services.reminders import letters

Line = tuple[date, Assignment]  # since when something at the assignment is late


def write_list(session: Session, vio_id: int, kind: str, event: str, lines: Sequence[Line]) -> None:
    """Write the letter of `event` to the coordinators of a VIO."""
    for account in coordinators_of(session, vio_id):
        known = [line for line in lines if may_know(account, line[1])]
        if known:
            write_to_account(session, account, kind, *letters.listed(event, known, len(known)))
