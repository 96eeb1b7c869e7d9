"""An assignment in the hands of its host: draft, copy, edit, send for review, close, cancel, take back for changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, Host, TeamRole, User
from webapp.services import audit, calling_off, hint_trial, places, publish_gate, ranking, training, versions
from webapp.services.assignment_needs import missing_items, still_to_fill_in
from webapp.services.correspondence import write_to_coordinators
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import QUEUE
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.refusals import Refusal, refusals_of
from webapp.services.relations import check_host
from webapp.services.text_hints import hints_of
from webapp.services.versions import LISTS, NOT_OF_TEAM, NOT_SAID, ROW_KEYS, columns_of
from webapp.words import Words, lazy

WRITE = "assignment.write"  # the action in the table of permissions

# What may be changed while it is open: better wording. All else was reviewed and goes through a reviewer again.
WORDING = (
    "title",
    "tasks",
    "plain_day",
    "hardest_thing",
    "expected_results",
    "learning",
    "local_strengths",
)
EDITABLE_STATES = ("draft", "changes_requested")
_NEVER_COPIED = frozenset(
    {"id", "external_id", "state", "start_on", "end_on", "assumed", "words_to_host", "created_at", "updated_at"}
    | {"submitted_at", "published_at", "is_child_institution", "has_clinical_acts", "is_security_work"}
    | {"is_party_or_religious_work", "replaces_strikers", "has_fees_not_listed"}
)
Rows = Sequence[dict[str, Any]]


class Incomplete(Refused):
    """It cannot be sent yet; `missing` says by field what to do."""

    def __init__(self, missing: dict[str, Words]) -> None:
        self.missing = missing
        super().__init__(lazy("%(number)s things are still missing.", number=len(missing)))


class NeverPublished(Refused):
    """Rules that nobody can waive refuse it; `refusals` says which."""

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = refusals
        super().__init__(refusals[0].words)


def create(session: Session, account: User, title: str, **detail: Any) -> Assignment:
    """Begin a draft of the account's organization; a title is all it needs. `detail` goes into the audit trail."""
    host = _host(session, account)
    if not title.strip():
        raise Refused(lazy("Give it a title that says what the person will do."))
    now = clock.now()
    assignment = Assignment(
        vio_id=host.vio_id, host_id=host.id, title=title.strip(), country=host.country, created_at=now, updated_at=now
    )
    session.add(assignment)
    audit.record(session, account, "assignment_draft", assignment, **detail)
    hint_trial.draw(session, assignment)
    return assignment


def copy(session: Session, account: User, original: Assignment) -> Assignment:
    """Begin a draft from another assignment of the organization; dates and safety answers are asked anew."""
    if original.host_id != _host(session, account).id:
        raise NotFound
    now = clock.now()
    draft = Assignment(created_at=now, updated_at=now, **columns_of(original, _NEVER_COPIED))
    for name in LISTS:
        getattr(draft, name).extend(type(row)(**columns_of(row, ROW_KEYS)) for row in getattr(original, name))
    draft.team.extend(TeamRole(**columns_of(role, NOT_OF_TEAM)) for role in original.team)
    session.add(draft)
    audit.record(session, account, "assignment_draft", draft, copied_from=original.id)
    hint_trial.draw(session, draft)
    return draft


def edit(session: Session, account: User, assignment: Assignment, changes: dict[str, Any]) -> None:
    """Keep changed columns and lists (`skills`, `languages`, `money`: rows as dicts); NotFound for another's.

    An open assignment takes better wording only, is ranked again at once, and new words that hint at what is never
    published go to the coordinators.
    """
    check_host(account, WRITE, assignment)
    changed = {name: value for name, value in changes.items() if _is_changed(assignment, name, value)}
    _check_may_edit(assignment, changed)
    places.check_enough(session, assignment, changed)
    hints_before = set(hints_of(assignment)) if assignment.state == "open" else set()
    score_before = publish_gate.score_below(assignment, assignment.vio)
    for name, value in changed.items():
        _set(session, assignment, name, value)
    if not changed:
        return
    # What the host says itself is no longer an importer's assumption.
    assignment.assumed = {name: why for name, why in assignment.assumed.items() if name not in changed}
    assignment.updated_at = clock.now()
    session.flush()
    if assignment.state == "open":
        _check_still_public(assignment, changed, score_before)
        versions.standing(session, assignment)
        audit.record(session, account, "assignment_reworded", assignment, fields=sorted(changed))
        _tell_of_hints(session, account, assignment, hints_before)
        ranking.rank_assignment(session, assignment)


def submit(session: Session, account: User, assignment: Assignment, today: date | None = None) -> None:
    """Send it to the coordinators; raise Incomplete, NeverPublished or TrainingNeeded with what stands in the way."""
    check_host(account, WRITE, assignment)
    if missing := missing_items(assignment, today or clock.today()):
        raise Incomplete(missing)
    if refusals := refusals_of(assignment):
        raise NeverPublished(refusals)
    training.check_may_send(session, assignment.host)
    # Sent twice at once, the second waits here and then finds it sent: no two versions of one sending.
    session.refresh(assignment, ["state"], with_for_update=True)
    move(session, account, assignment, "submitted", hints=sorted({hint.code for hint in hints_of(assignment)}))
    assignment.submitted_at = clock.now()
    versions.keep(session, assignment)
    write_to_coordinators(
        session,
        assignment.vio_id,
        QUEUE,
        lazy("To review: %(title)s", title=assignment.title),
        lazy(
            "%(host)s has sent the assignment “%(title)s” for publication. It waits in your queue.",
            host=assignment.host.name,
            title=assignment.title,
        ),
        about=assignment,
    )


def take_back(session: Session, account: User, assignment: Assignment) -> None:
    """Take it back to change it: before review it is a draft again; once open it is no longer public until reviewed."""
    check_host(account, WRITE, assignment)
    hold(session, assignment)
    move(session, account, assignment, "changes_requested" if assignment.state == "open" else "draft", by="host")
    assignment.words_to_host = ""


def close(session: Session, account: User, assignment: Assignment) -> None:
    """Take no more applications; those that wait are still to be answered."""
    check_host(account, WRITE, assignment)
    hold(session, assignment)
    move(session, account, assignment, "closed")


def cancel(session: Session, account: User, assignment: Assignment, words: str = "") -> int:
    """Call it off, and tell everyone whose application runs; return how many were told."""
    check_host(account, WRITE, assignment)
    if calling_off.running_applications(session, assignment) and not words.strip():
        raise Refused(lazy("People have applied. Write to them why it does not take place."))
    return calling_off.call_off(session, account, assignment, words.strip())


def _host(session: Session, account: User) -> Host:
    host = session.get(Host, account.host_id) if account.host_id else None
    if host is None:
        raise NotFound
    return host


def _check_may_edit(assignment: Assignment, changed: dict[str, Any]) -> None:
    if not str(changed.get("title", assignment.title) or "").strip():
        raise Refused(lazy("Give it a title that says what the person will do."))
    if assignment.state in EDITABLE_STATES:
        return
    if assignment.state == "submitted":
        raise Refused(lazy("A coordinator is reading it. Take it back first, then change it."))
    if assignment.state != "open":
        raise Refused(lazy("It is over and stays as it was. Start a new one from a copy."))
    if not set(changed) <= set(WORDING):
        raise Refused(lazy("While it is open only the wording can be changed. Take it back to change the rest."))
    if blanks := next(filter(None, map(still_to_fill_in, changed.values())), None):
        raise Refused(blanks)


def _check_still_public(assignment: Assignment, changed: Mapping[str, Any], score_before: int | None) -> None:
    """Raise Refused where new wording takes away what its publication rested on: a waiver was for the text then."""
    missing = missing_items(assignment, clock.today())
    if gone := [words for name, words in missing.items() if name in changed]:
        raise Refused(gone[0])
    score = publish_gate.score_below(assignment, assignment.vio)
    if score is None or (score_before is not None and score >= score_before):
        return
    least = assignment.vio.least_coach_score
    if score_before is None:
        raise Refused(
            lazy(
                "So reworded, the coach would give it less than the %(least)s points that your office asks for. "
                "Take it back to change so much, or keep more of what it said.",
                least=least,
            )
        )
    raise Refused(
        lazy(
            "So reworded, the coach would give it %(score)s points instead of %(before)s, and your office asks for "
            "%(least)s. Take it back to change so much, or keep more of what it said.",
            score=score,
            before=score_before,
            least=least,
        )
    )


def _is_changed(assignment: Assignment, name: str, value: Any) -> bool:
    if name in LISTS:
        kept = [columns_of(row, ROW_KEYS) for row in getattr(assignment, name)]
        return kept != [dict(row) for row in value]
    if name in NOT_SAID or name not in Assignment.__table__.columns:
        raise KeyError(name)
    return bool(getattr(assignment, name) != value)


def _set(session: Session, assignment: Assignment, name: str, value: Any) -> None:
    if name not in LISTS:
        setattr(assignment, name, value.strip() if isinstance(value, str) else value)
        return
    getattr(assignment, name).clear()
    session.flush()  # the old rows go first: a pair of assignment and skill or language is unique
    getattr(assignment, name).extend(LISTS[name](**row) for row in value)


def _tell_of_hints(session: Session, account: User, assignment: Assignment, before: set[Any]) -> None:
    """Let the coordinators read new wording that hints at what is never published."""
    new = [hint for hint in hints_of(assignment) if hint not in before]
    if not new:
        return
    audit.record(session, account, "assignment_hints", assignment, hints=sorted({hint.code for hint in new}))
    write_to_coordinators(
        session,
        assignment.vio_id,
        QUEUE,
        lazy("Please read again: %(title)s", title=assignment.title),
        lazy(
            "The wording of an open assignment was changed. New words that you may want to look at: %(words)s.",
            words=", ".join(word for hint in new for word in hint.words),
        ),
        about=assignment,
    )
