"""Speaking up, without an account: making a report, coming back to it, adding words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Report, ReportExclusion, ReportWord, User
from webapp.services import audit, codes, sign_in
from webapp.services.errors import NotFound, Refused
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.services.safeguarding import people, references, routing, safety_letters
from webapp.words import lazy

NO_PHRASE = references.hash_of_phrase("nobody chose this")  # so that a wrong code takes as long as a wrong phrase


@dataclass(frozen=True)
class Said:
    """What the reporter says; `name` is empty where they stay anonymous."""

    kind: str
    what: str
    who: str = ""
    location: str = ""
    name: str = ""
    wish: str = "page"
    contact: str = ""
    intake: str = "web"


def speak_up(
    session: Session, vio_id: int, said: Said, phrase: str, not_to: Iterable[int] = (), taken_by: User | None = None
) -> tuple[Report, str]:
    """Keep a report and return it with its reference code, which is kept nowhere.

    `not_to` are focal points whom the reporter rules out. `taken_by` wrote it down, on paper or at the telephone.
    Refused where nobody would be left to read it.
    """
    all_here = people.focal_points(session, vio_id)
    barred = {one.id for one in all_here} & set(not_to)
    barred |= routing.named_in((said.what, said.who, said.location), all_here)
    reader = routing.first_reader(session, vio_id, barred)
    if taken_by is not None and taken_by.id not in barred:
        reader = taken_by
    if reader is None:
        raise Refused(
            lazy(
                "Everybody who would read this here is named in it or ruled out by you. Choose another organization on "
                "the page before, or turn to the authorities or a helpline that you trust."
            )
        )
    code, now = codes.new_code(), clock.now()
    report = Report(
        vio_id=vio_id,
        code_hash=references.hash_of_code(code),
        phrase_hash=references.hash_of_phrase(phrase),
        state="received",
        handler=reader,
        created_at=now,
        state_at=now,
        **vars(said),
    )
    report.exclusions = [ReportExclusion(user_id=user_id) for user_id in sorted(barred)]
    session.add(report)
    audit.record(session, taken_by, "report_received", report)
    safety_letters.something_waits(session, reader)
    return report, code


def find(session: Session, code: str, phrase: str) -> Report:
    """Return the reporter's own report; NotFound where code and phrase do not belong together."""
    report = session.scalar(select(Report).where(Report.code_hash == references.hash_of_code(code)))
    is_right = references.is_phrase(phrase, report.phrase_hash if report else NO_PHRASE)
    if report is None or not is_right:
        raise NotFound
    return report


def is_throttled(session: Session, code: str) -> bool:
    """Whether a code was tried with too many wrong phrases just now. No address of a reporter is kept for this."""
    return sign_in.is_throttled(session, f"report {references.hash_of_code(code)}")


def note_wrong_phrase(session: Session, code: str) -> None:
    """Remember a wrong try, by the code alone."""
    sign_in.note_failure(session, sign_in.Try(f"report {references.hash_of_code(code)}"))


def own(session: Session, report_id: int) -> Report:
    """Return a report whose code and phrase were given before, in this visit."""
    report = session.get(Report, report_id)
    if report is None:
        raise NotFound
    return report


def said_to_reporter(report: Report) -> list[ReportWord]:
    """Return what the reporter may read: own words and answers, never notes."""
    return [word for word in report.words if word.side != "note"]


def add_words(session: Session, report: Report, text: str) -> None:
    """Keep more words of the reporter. If they name the handler, the report goes on to somebody else first."""
    hold(session, report)
    named = routing.named_in([text], people.focal_points(session, report.vio_id))
    routing.rule_out(session, report, named)
    report.words.append(ReportWord(side="reporter", text=text, at=clock.now()))
    if report.state == "closed":
        report.closed_at, report.state_at = None, clock.now()
        move(session, None, report, "in_hand")
    audit.record(session, None, "report_words_added", report)
    if report.handler is not None:
        safety_letters.something_waits(session, report.handler)
