"""A coordinator's word on a match: endorse, propose, dismiss or invite, always with a reason that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, Assignment, Match, MatchInvitation, Review, User, Vio
from webapp.models.applications import LIVE_APPLICATION_STATES
from webapp.models.consents import ABROAD, MATCHING
from webapp.services import audit, consents
from webapp.services.by_mail.asking import tell_to_act
from webapp.services.correspondence import write_to_volunteer
from webapp.services.delegations import relation_to_work
from webapp.services.errors import NotFound, Refused
from webapp.services.letter_kinds import APPLICATIONS, INVITATIONS
from webapp.services.visibility import sight_of
from webapp.words import Words, counted, lazy

OTHER = "other"
_OTHER: dict[str, Words] = {OTHER: lazy("another reason (say which in the note)")}
# verdict -> reason code -> words; the codes are kept for ever, so none is ever renamed.
REASONS: dict[str, dict[str, Words]] = {
    "endorse": {
        "skills_fit": lazy("the skills fit well"),
        "experience_fits": lazy("the experience fits well"),
        "languages_fit": lazy("the languages fit well"),
        "availability_fits": lazy("the dates and the length of stay fit well"),
        "known_to_us": lazy("we know how this person works"),
        **_OTHER,
    },
    "propose": {
        "best_fit": lazy("fits best of those we know"),
        "interviewed": lazy("we have spoken with the person"),
        "completes_team": lazy("completes the team that is there"),
        "can_start_soon": lazy("can start when it is needed"),
        **_OTHER,
    },
    "dismiss": {
        "skills": lazy("skills or their level"),
        "experience": lazy("experience"),
        "language": lazy("a language"),
        "availability": lazy("dates or length of stay"),
        "country": lazy("the country or the place"),
        "licence": lazy("a licence is in doubt"),
        "placed_elsewhere": lazy("has agreed to serve elsewhere"),
        "not_reachable": lazy("cannot be reached"),
        "own_wish": lazy("the person does not want it"),
        **_OTHER,
    },
    "invite": {
        "fits_well": lazy("fits well and has not applied"),
        "rare_skill": lazy("brings a skill that is rare"),
        "few_applicants": lazy("too few people have applied"),
        "can_learn": lazy("what is missing can be learned before the start"),
        **_OTHER,
    },
}


@dataclass(frozen=True)
class Word:
    """What the coordinator says: a verdict, its reason from the fixed list, a note, and whether names were hidden."""

    verdict: str
    reason_code: str
    note: str = ""
    was_blind: bool = False


def judge(
    session: Session, account: User, assignment: Assignment, matches: Sequence[Match], word: Word
) -> list[Review]:
    """Say one word on each of `matches` of `assignment`: all of them or, where a rule forbids one, none."""
    _check_word(word)
    if not matches:
        raise Refused(lazy("Choose at least one person first."))
    if relation_to_work(account, assignment) is None:
        raise NotFound
    for match in matches:
        _check_match(session, account, assignment, match, word)
    reviews = [_keep(session, account, match, word) for match in matches]
    if word.verdict == "invite":
        for match in matches:
            _invite(session, account, match, word)
    if word.verdict == "propose":
        _tell_host(session, assignment, matches)
    return reviews


def _check_word(word: Word) -> None:
    reasons = REASONS.get(word.verdict)
    if reasons is None:
        raise Refused(lazy("Choose what you want to do."))
    if word.reason_code not in reasons:
        raise Refused(lazy("Choose a reason from the list of this decision."))
    if word.reason_code == OTHER and not word.note.strip():
        raise Refused(lazy("Say in the note which other reason it is."))


def _check_match(session: Session, account: User, assignment: Assignment, match: Match, word: Word) -> None:
    if match.assignment_id != assignment.id or not sight_of(session, account, match.volunteer, assignment).match:
        raise NotFound
    if word.verdict in ("propose", "invite") and assignment.state != "open":
        raise Refused(lazy("This assignment is not open. You can still endorse or dismiss."))
    if word.verdict in ("propose", "invite") and assignment.host.suspended_at is not None:
        raise Refused(lazy("The host is suspended. You can still endorse or dismiss."))
    if word.verdict == "invite":
        _check_invitation(session, account, assignment, match)


def _check_invitation(session: Session, account: User, assignment: Assignment, match: Match) -> None:
    person = match.volunteer
    if not person.is_claimed:
        raise Refused(
            lazy(
                "Someone you chose has not claimed the profile yet. Send the link to claim it first; invite afterwards."
            )
        )
    if person.vio_id != account.vio_id and not person.open_to_all:
        raise Refused(lazy("Someone you chose belongs to another organization and is not open to all."))
    purposes = [MATCHING] if person.residence == assignment.country else [MATCHING, ABROAD]
    if any(consents.standing(session, person, purpose) is None for purpose in purposes):
        raise Refused(
            lazy("Someone you chose has not consented to be matched for this country. No invitation was sent.")
        )
    if _has_applied(session, match):
        raise Refused(lazy("Someone you chose has applied already. Leave that person out."))
    if invitation_of(session, match) is not None:
        raise Refused(lazy("Someone you chose was invited before. Leave that person out."))


def _has_applied(session: Session, match: Match) -> bool:
    query = select(Application.id).where(
        Application.assignment_id == match.assignment_id,
        Application.volunteer_id == match.volunteer_id,
        Application.state.in_(LIVE_APPLICATION_STATES),
    )
    return session.scalar(query.limit(1)) is not None


def invitation_of(session: Session, match: Match) -> MatchInvitation | None:
    """Return the invitation of this pair."""
    query = select(MatchInvitation).where(
        MatchInvitation.assignment_id == match.assignment_id, MatchInvitation.volunteer_id == match.volunteer_id
    )
    return session.scalar(query)


def _keep(session: Session, account: User, match: Match, word: Word) -> Review:
    review = Review(
        vio_id=account.vio_id,
        assignment_id=match.assignment_id,
        volunteer_id=match.volunteer_id,
        match_id=match.id,
        verdict=word.verdict,
        reason_code=word.reason_code,
        note=word.note.strip(),
        was_blind=word.was_blind,
        by_id=account.id,
        at=clock.now(),
    )
    session.add(review)
    audit.record(
        session, account, f"match_{word.verdict}", match, account.vio_id, reason=word.reason_code, blind=word.was_blind
    )
    return review


def _invite(session: Session, account: User, match: Match, word: Word) -> None:
    """Invite; who lives elsewhere is written to without the coordinator learning name or address."""
    invitation = MatchInvitation(
        vio_id=account.vio_id,
        assignment_id=match.assignment_id,
        volunteer_id=match.volunteer_id,
        words="",
        by_id=account.id,
        sent_at=clock.now(),
    )
    session.add(invitation)
    session.flush()
    vio = session.get_one(Vio, account.vio_id)
    write_to_volunteer(
        session,
        match.volunteer,
        INVITATIONS,
        lazy("You are invited to look at: %(title)s", title=match.assignment.title),
        lazy(
            "%(vio)s thinks that this assignment could fit you: %(title)s (%(host)s).\n\nSign in and look under "
            "Invitations. You answer as you like: yes shows your name to %(vio)s, no tells them nothing else.",
            vio=vio.name,
            title=match.assignment.title,
            host=match.assignment.host.name,
        ),
    )


def _tell_host(session: Session, assignment: Assignment, matches: Sequence[Match]) -> None:
    """Tell the host of proposals among its applicants; it never hears of people who have not applied."""
    number = sum(_has_applied(session, match) for match in matches)
    if number:
        tell_to_act(
            session,
            assignment,
            "proposed",
            APPLICATIONS,
            lazy("Proposed for your shortlist: %(title)s", title=assignment.title),
            counted(
                "The coordinator proposes %(number)s applicant of yours for the shortlist of %(title)s. "
                "Sign in to see whom. You decide.",
                "The coordinator proposes %(number)s of your applicants for the shortlist of %(title)s. "
                "Sign in to see whom. You decide.",
                number,
                title=assignment.title,
            ),
        )


def standing(session: Session, assignment: Assignment) -> dict[int, Review]:
    """Return the newest word on each volunteer of an assignment, by volunteer id; older words stay in the table."""
    newest = select(func.max(Review.id)).where(Review.assignment_id == assignment.id).group_by(Review.volunteer_id)
    return {review.volunteer_id: review for review in session.scalars(select(Review).where(Review.id.in_(newest)))}


def words_on(session: Session, match: Match) -> list[Review]:
    """Return every word said on this pair, newest first."""
    query = select(Review).where(Review.assignment_id == match.assignment_id, Review.volunteer_id == match.volunteer_id)
    return list(session.scalars(query.order_by(Review.id.desc())))


def reason_words(verdict: str, code: str) -> Words | str:
    """Return the words of a kept reason; a code that the lists no longer know stays a code."""
    return REASONS.get(verdict, {}).get(code, code)
