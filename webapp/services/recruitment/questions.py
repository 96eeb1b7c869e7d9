"""The questions of a VIO, kept in versions, so that an answer stays with the question as it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Assignment, Question, QuestionSet, User, Vio
from webapp.models.questions import QUESTION_KINDS
from webapp.services import audit
from webapp.services.errors import NotFound, Refused
from webapp.services.recruitment.suggestions import SUGGESTIONS
from webapp.words import Words, lazy

MOST = 8
LONGEST_PROMPT = 500
# Who opened the page before the questions changed may still send what they wrote.
STILL_TAKEN = timedelta(days=1)


@dataclass(frozen=True)
class Draft:
    """A question as a coordinator wrote it; with `code` it is a suggestion in our own words."""

    kind: str
    prompt: str
    is_required: bool
    code: str = ""


def suggested() -> list[Draft]:
    """Return the set with which a VIO may begin; the first of each kind has to be answered."""
    firsts = {one.kind: code for code, one in reversed(SUGGESTIONS.items())}
    return [Draft(one.kind, str(one.words), firsts[one.kind] == code, code) for code, one in SUGGESTIONS.items()]


def words_of(question: Question | Draft) -> Words | str:
    """Return the question: a suggestion in words that can be translated, another one as it was written."""
    one = SUGGESTIONS.get(question.code)
    return one.words if one is not None else question.prompt


def in_force(session: Session, vio_id: int | None) -> QuestionSet | None:
    """Return the newest set of a VIO; None where it has kept none yet."""
    query = select(QuestionSet).where(QuestionSet.vio_id == vio_id).order_by(QuestionSet.number.desc())
    return session.scalars(query).first()


def asked_for(session: Session, assignment: Assignment, set_id: int | None = None) -> QuestionSet | None:
    """Return the set that an applicant answers: the one with `set_id` if it held until lately, else the newest."""
    newest = in_force(session, assignment.vio_id)
    if newest is None or set_id in (None, newest.id):
        return newest
    before = select(QuestionSet).where(QuestionSet.vio_id == newest.vio_id, QuestionSet.number == newest.number - 1)
    previous = session.scalar(before)
    is_late = newest.made_at < clock.now() - STILL_TAKEN
    return newest if previous is None or previous.id != set_id or is_late else previous


def keep(session: Session, account: User, drafts: Sequence[Draft]) -> QuestionSet:
    """Keep these questions, in this order, as the next version; unchanged ones make none."""
    if account.vio_id is None:
        raise NotFound
    _check(drafts)
    session.get_one(Vio, account.vio_id, with_for_update=True)  # two coordinators at once get two numbers
    newest = in_force(session, account.vio_id)
    if newest is not None and [_draft_of(one) for one in newest.questions] == list(drafts):
        return newest
    number = newest.number + 1 if newest else 1
    made = QuestionSet(vio_id=account.vio_id, number=number, made_by_id=account.id, made_at=clock.now())
    made.questions = [
        Question(position=place, kind=one.kind, code=one.code, prompt=one.prompt, is_required=one.is_required)
        for place, one in enumerate(drafts, 1)
    ]
    session.add(made)
    audit.record(session, account, "questions_kept", made, number=number, questions=len(drafts))
    return made


def _check(drafts: Sequence[Draft]) -> None:
    if len(drafts) > MOST:
        raise Refused(lazy("Ask at most %(most)s questions: people answer few of them better.", most=MOST))
    for one in drafts:
        if one.kind not in QUESTION_KINDS or not one.prompt.strip() or len(one.prompt) > LONGEST_PROMPT:
            raise Refused(lazy("Write each question in at most %(most)s characters.", most=LONGEST_PROMPT))
        if one.code and one.code not in SUGGESTIONS:
            raise Refused


def _draft_of(question: Question) -> Draft:
    return Draft(question.kind, question.prompt, question.is_required, question.code)
