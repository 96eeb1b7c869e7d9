"""Letters about a bar to who decides, and to the person, who alone reads the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from webapp.models import Application, Bar, BarAppeal, Placement, User, Volunteer
from webapp.models.placements import UNDER_WAY_STATES
from webapp.services.bars import sight
from webapp.services.bars.reasons import REASONS
from webapp.services.correspondence import write_to_account, write_to_volunteer
from webapp.services.letter_kinds import DECISIONS
from webapp.words import Words, joined, lazy

PROPOSED = lazy("A decision about a person needs a second one of you. Sign in and look under Bars.")
APPEALED = lazy("Somebody appeals against a bar. Who took no part in it answers: sign in and look under Bars.")
NOBODY_LEFT = lazy(
    "Somebody appeals against a bar, and nobody of your office is left who took no part in it. Ask the administrator "
    "to invite a coordinator, or invite a focal point. Sign in and look under Bars."
)
SUBJECT = lazy("A decision about you, and how to appeal")
BODY = lazy(
    "%(vio)s has decided that you cannot serve with it %(until)s.\n\nWhy: %(reason)s\n\n%(words)s\n\n%(ended)s"
    "You can appeal. Sign in as before and open “The decision about you”. Somebody who took no part in the decision "
    "answers you. You can also write to %(email)s. While the decision holds, this profile is not matched and cannot "
    "apply, with other organizations either. They are not told why, and decide for themselves if you register with "
    "them."
)
AGAIN = lazy(
    "You have registered with %(vio)s again. An earlier decision of it still stands, so you cannot apply with this "
    "profile.\n\nSign in and open “The decision about you”: you can read what you may do, and appeal. If this is a "
    "mistake, say so there: a person looks at it."
)
OVER = lazy("The decision that you cannot serve with %(vio)s no longer holds. You can be matched and apply again.")


GOES_ON = lazy("Your placement “%(title)s” goes on for now. %(office)s decides about it, and writes to you.")
CANNOT_BEGIN = lazy(
    "Your placement “%(title)s” cannot begin now. Do not buy tickets. %(office)s decides about it, and writes to you."
)
NOT_MEANT = lazy(
    "We have looked: the earlier decision of %(vio)s is not about you. You can be matched and apply again. We are "
    "sorry for the trouble."
)


def tell_deciders(session: Session, bar: Bar, body: Words, without: Iterable[int | None]) -> None:
    """Write to those of the VIO who can decide now; the letter names nobody."""
    for one in sight.people_beside(session, bar.vio_id, without):
        write_to_account(session, one, DECISIONS, lazy("A decision waits for you"), body)


def tell_proposer(session: Session, bar: Bar, account: User) -> None:
    """Tell whoever proposed a bar that somebody else dropped it; the letter names nobody."""
    proposer = bar.proposed_by
    if proposer is not None and proposer.active and proposer.id != account.id:
        body = lazy("A colleague has dropped what you proposed, and wrote down why. Sign in and look under Bars.")
        write_to_account(session, proposer, DECISIONS, lazy("Your proposal was dropped"), body)


def tell_of_appeal(session: Session, bar: Bar) -> None:
    """Write to those who can answer an appeal; where nobody is left, to those who have to find somebody."""
    others = sight.people_beside(session, bar.vio_id, [bar.proposed_by_id, bar.confirmed_by_id])
    for one in others or sight.people_beside(session, bar.vio_id, []):
        body = APPEALED if others else NOBODY_LEFT
        write_to_account(session, one, DECISIONS, lazy("A decision waits for you"), body)


def tell_person(
    session: Session, bar: Bar, volunteer: Volunteer, ended: Sequence[Application], stays: Sequence[Placement]
) -> None:
    """Tell the person what was decided and why, until when, what it means for what runs, and how to appeal."""
    values = {
        "vio": bar.vio.name,
        "until": lazy("until %(day)s", day=bar.ends_on) if bar.ends_on else lazy("from now on"),
        "reason": REASONS[bar.reason_code],
        "words": bar.words,
        "ended": joined((*_means(ended, stays), "")),
        "email": bar.vio.contact_email,
    }
    write_to_volunteer(session, volunteer, DECISIONS, SUBJECT, Words(BODY.text, values))


def tell_again(
    session: Session, bar: Bar, volunteer: Volunteer, ended: Sequence[Application], stays: Sequence[Placement]
) -> None:
    """Tell somebody who registered again that the decision still stands, and what it means for what runs."""
    body = joined((Words(AGAIN.text, {"vio": bar.vio.name}), *_means(ended, stays)))
    write_to_volunteer(session, volunteer, DECISIONS, SUBJECT, body)


def tell_of_end(session: Session, bar: Bar, freed: Iterable[Volunteer]) -> None:
    """Tell each profile that is free now that the bar is over."""
    for volunteer in freed:
        subject = lazy("You can serve with %(vio)s again", vio=bar.vio.name)
        write_to_volunteer(session, volunteer, DECISIONS, subject, Words(OVER.text, {"vio": bar.vio.name}))


def tell_not_meant(session: Session, bar: Bar, volunteer: Volunteer) -> None:
    """Tell somebody who was taken for the barred person that they are free."""
    subject = lazy("You can serve with %(vio)s again", vio=bar.vio.name)
    write_to_volunteer(session, volunteer, DECISIONS, subject, Words(NOT_MEANT.text, {"vio": bar.vio.name}))


def tell_of_answer(session: Session, appeal: BarAppeal) -> None:
    """Tell the person how the appeal was answered."""
    if appeal.volunteer is not None:
        words = {"answer": appeal.answer, "vio": appeal.bar.vio.name}
        if appeal.state == "granted":
            body = lazy("Your appeal was granted. You can be matched and apply again.\n\n%(answer)s", **words)
        else:
            body = lazy("Your appeal was not granted; the decision of %(vio)s stays.\n\n%(answer)s", **words)
        write_to_volunteer(session, appeal.volunteer, DECISIONS, lazy("The answer to your appeal"), body)


def _means(ended: Sequence[Application], stays: Sequence[Placement]) -> list[Words]:
    """Say what the bar means for applications and for each stay."""
    titles = "; ".join(one.assignment.title for one in ended)
    lines = [lazy("Applications that end with it: %(titles)s.", titles=titles)] if titles else []
    for stay in stays:
        words = GOES_ON if stay.state in UNDER_WAY_STATES else CANNOT_BEGIN
        lines.append(Words(words.text, {"title": stay.assignment.title, "office": stay.assignment.vio.name}))
    return lines
