"""Training: what an account has read and answered, and the certificate when every module of a course is passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from webapp import clock, permissions
from webapp.courses import Course, Module, read_course
from webapp.models import Assignment, Certificate, Host, TrainingAnswer, TrainingProgress, User, Volunteer
from webapp.models.accounts import HOST, VOLUNTEER
from webapp.services import audit, clearance_training, own_rows
from webapp.services.codes import as_kept, new_code
from webapp.services.errors import NotFound, Refused
from webapp.words import lazy

# A course has the name of the role that it is for.
HOST_COURSE, VOLUNTEER_COURSE = HOST, VOLUNTEER

# Put together once: the first page of a host asks it.
_SENT = (
    select(Assignment.id)
    .where(Assignment.host_id == bindparam("host_id"))
    .where(Assignment.submitted_at.is_not(None) | Assignment.published_at.is_not(None))
    .limit(1)
)


class TrainingNeeded(Refused):
    """The VIO wants the training done before a host sends its first assignment."""

    def __init__(self) -> None:
        super().__init__(lazy("Finish the training first: your first assignment can be sent after it."))


@dataclass(frozen=True)
class Standing:
    """How an account stands with one module: `answers` is the last option chosen, by question."""

    module: Module
    is_begun: bool
    is_passed: bool
    answers: dict[str, str]


def standings(session: Session, account: User, course: Course) -> list[Standing]:
    """Return the modules of this version of the course with what the account has done of each."""
    query = select(TrainingProgress).where(
        TrainingProgress.user_id == account.id,
        TrainingProgress.course == course.code,
        TrainingProgress.version == course.version,
    )
    done = {progress.module: progress for progress in session.scalars(query)}
    return [_standing(module, done.get(module.code)) for module in course.modules]


def standing(session: Session, account: User, course: Course, code: str) -> Standing:
    """Return how the account stands with the module `code`; NotFound where the course has none of that name."""
    found = [one for one in standings(session, account, course) if one.module.code == code]
    if not found:
        raise NotFound
    return found[0]


def answer(session: Session, account: User, course: Course, code: str, chosen: Mapping[str, str]) -> Standing:
    """Keep the options `chosen` by question; the module is passed when the last answer to each one is right.

    What it does not ask or offer is passed over, and a passed module stays as it is.
    """
    module = standing(session, account, course, code).module
    # A quiz sent twice is kept one after the other: both would else begin the same row.
    session.get_one(User, account.id, with_for_update={"key_share": True})
    progress = _progress(session, account, course, module)
    if progress.passed_at is None:
        _keep(progress, module, chosen)
        if sum(one.is_right for one in progress.answers) == len(module.questions):
            progress.passed_at = clock.now()
        session.flush()
        _certify(session, account, course)
    return _standing(module, progress)


def certificate_of(session: Session, account: User, course: str) -> Certificate | None:
    """Return the account's newest certificate of a course."""
    query = select(Certificate).where(Certificate.user_id == account.id, Certificate.course == course)
    return session.scalars(query.order_by(Certificate.version.desc()).limit(1)).first()


def find_certificate(session: Session, code: str) -> Certificate:
    """Return the certificate with this code, however its letters and hyphens are written."""
    found = session.scalar(select(Certificate).where(Certificate.code == as_kept(code)))
    if found is None:
        raise NotFound
    return found


def is_trained(session: Session, host: Host) -> bool:
    """Whether somebody of the host holds a certificate; a newer version of the course takes it from nobody."""
    query = select(Certificate.id).join(User, User.id == Certificate.user_id)
    return session.scalar(query.where(User.host_id == host.id, Certificate.course == HOST_COURSE).limit(1)) is not None


def is_volunteer_trained(session: Session, volunteer: Volunteer) -> bool:
    """Whether the volunteer holds a certificate of the course for volunteers, of any version."""
    mine = (Certificate.user_id == volunteer.user_id, Certificate.course == VOLUNTEER_COURSE)
    return session.scalar(select(Certificate.id).where(*mine).limit(1)) is not None


def asked_of(session: Session, host: Host) -> str:
    """Return how strictly the VIO asks this host now: `not_asked`, `advised` or `required`.

    It asks before the first assignment is sent, and only while nobody of the host is trained.
    """
    strictness = host.vio.host_training
    if strictness == "not_asked" or _has_sent(session, host) or is_trained(session, host):
        return "not_asked"
    return strictness


def check_may_send(session: Session, host: Host) -> None:
    """Raise TrainingNeeded where the VIO wants the training first."""
    if asked_of(session, host) == "required":
        raise TrainingNeeded


def own_course(account: User, language: str) -> Course:
    """Return the course for the role of the account."""
    if not permissions.may("course.take", account.role, "self"):
        raise NotFound
    return read_course(account.role, language)


def _has_sent(session: Session, host: Host) -> bool:
    return session.scalar(_SENT, {"host_id": host.id}) is not None


def _standing(module: Module, progress: TrainingProgress | None) -> Standing:
    if progress is None:
        return Standing(module, is_begun=False, is_passed=False, answers={})
    answers = {one.question: one.option for one in progress.answers}
    return Standing(module, is_begun=True, is_passed=progress.passed_at is not None, answers=answers)


def _progress(session: Session, account: User, course: Course, module: Module) -> TrainingProgress:
    key = {"user_id": account.id, "course": course.code, "version": course.version, "module": module.code}
    found = session.scalars(select(TrainingProgress).filter_by(**key)).first()
    if found is None:
        found = TrainingProgress(**key, begun_at=clock.now())
        session.add(found)
        session.flush()
    return found


def _keep(progress: TrainingProgress, module: Module, chosen: Mapping[str, str]) -> None:
    kept = {one.question: one for one in progress.answers}
    for question in module.questions:
        option = question.option(chosen.get(question.code, ""))
        if option is None:
            continue
        if question.code not in kept:
            kept[question.code] = TrainingAnswer(question=question.code)
            progress.answers.append(kept[question.code])
        kept[question.code].option, kept[question.code].is_right = option.code, option.is_right


def _certify(session: Session, account: User, course: Course) -> None:
    """Make the certificate when the last module is passed."""
    if not all(one.is_passed for one in standings(session, account, course)):
        return
    volunteer = own_rows.volunteer_of(session, account) if account.role == VOLUNTEER else None
    certificate = Certificate(
        code=new_code(),
        user_id=account.id,
        vio_id=account.vio_id,
        course=course.code,
        version=course.version,
        holder=account.host.name if account.host else volunteer.full_name if volunteer else "",
        issued_at=clock.now(),
    )
    session.add(certificate)
    audit.record(session, account, "certificate_issued", certificate, course=course.code, version=course.version)
    if volunteer and course.code == VOLUNTEER_COURSE:
        clearance_training.settle_passed(session, account, volunteer)
