"""Letters about a bar. The person reads the reason; hosts and other offices never do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from webapp.models import Application, Bar, BarAppeal, Placement, User, Volunteer
from webapp.services.bars import sight
from webapp.services.bars.reasons import REASONS
from webapp.services.correspondence import (
    write_to_account,
    write_to_coordinators,
    write_to_host,
    write_to_volunteer,
)
from webapp.services.letter_kinds import APPLICATIONS, DECISIONS, OFFERS
from webapp.words import Words, joined, lazy

PROPOSED = lazy("A decision about a person needs a second one of you. Sign in and look under Bars.")
APPEALED = lazy("Somebody appeals against a bar. Who took no part in it answers: sign in and look under Bars.")
SUBJECT = lazy("A decision about you, and how to appeal")
BODY = lazy(
    "%(vio)s has decided that you cannot serve with it %(until)s.\n\nWhy: %(reason)s\n\n%(words)s\n\n%(ended)s"
    "You can appeal. Sign in as before and open “The decision about you”. Somebody who took no part in the decision "
    "answers you. You can also write to %(email)s. Other organizations decide for themselves and are not told why."
)
AGAIN = lazy(
    "You have registered with %(vio)s again. An earlier decision of it still stands, so you cannot apply with this "
    "profile.\n\nSign in and open “The decision about you”: you can read what you may do, and appeal. If this is a "
    "mistake, say so there: a person looks at it."
)
OVER = lazy("The decision that you cannot serve with %(vio)s no longer holds. You can be matched and apply again.")


def tell_deciders(session: Session, bar: Bar, body: Words, without: Iterable[int | None]) -> None:
    """Write to those of the VIO who can decide now; the letter names nobody."""
    for one in sight.people_beside(session, bar.vio_id, without):
        write_to_account(session, one, DECISIONS, lazy("A decision waits for you"), body)


def tell_person(session: Session, bar: Bar, volunteer: Volunteer, ended: Sequence[Application]) -> None:
    """Tell the person what was decided and why, until when, what ends with it, and how to appeal."""
    titles = "; ".join(one.assignment.title for one in ended)
    closed = lazy("Applications that end with it: %(titles)s.", titles=titles)
    values = {
        "vio": bar.vio.name,
        "until": lazy("until %(day)s", day=bar.ends_on) if bar.ends_on else lazy("from now on"),
        "reason": REASONS[bar.reason_code],
        "words": bar.words,
        "ended": joined((closed, ""), "\n\n") if titles else "",
        "email": bar.vio.contact_email,
    }
    write_to_volunteer(session, volunteer, DECISIONS, SUBJECT, Words(BODY.text, values))


def tell_again(session: Session, bar: Bar, volunteer: Volunteer) -> None:
    """Tell somebody who registered again that the decision still stands."""
    write_to_volunteer(session, volunteer, DECISIONS, SUBJECT, Words(AGAIN.text, {"vio": bar.vio.name}))


def tell_of_end(session: Session, bar: Bar) -> None:
    """Tell the person that the bar is over."""
    if bar.volunteer is not None:
        subject = lazy("You can serve with %(vio)s again", vio=bar.vio.name)
        write_to_volunteer(session, bar.volunteer, DECISIONS, subject, Words(OVER.text, {"vio": bar.vio.name}))


def tell_of_answer(session: Session, appeal: BarAppeal) -> None:
    """Tell the person how the appeal was answered."""
    if appeal.volunteer is not None:
        words = {"answer": appeal.answer, "vio": appeal.bar.vio.name}
        if appeal.state == "granted":
            body = lazy("Your appeal was granted. You can be matched and apply again.\n\n%(answer)s", **words)
        else:
            body = lazy("Your appeal was not granted; the decision of %(vio)s stays.\n\n%(answer)s", **words)
        write_to_volunteer(session, appeal.volunteer, DECISIONS, lazy("The answer to your appeal"), body)


def tell_hosts_and_offices(
    session: Session, account: User | None, ended: Sequence[Application], running: Sequence[Placement]
) -> None:
    """Tell hosts which applications ended, and receiving offices that a stay waits for a decision; never why."""
    for one in ended:
        title = one.assignment.title
        body = lazy("An application for “%(title)s” has ended. You need not do anything.", title=title)
        subject = lazy("An application has ended: %(title)s", title=title)
        write_to_host(session, one.assignment.host, APPLICATIONS, subject, body)
    for stay in running:
        if account is None or stay.receiving_vio_id != account.vio_id:
            title = stay.assignment.title
            body = lazy(
                "The organization that sends a volunteer to you has stopped their service: “%(title)s”. Please "
                "decide how the stay goes on: sign in and look under Placements. Ask the sending office what you need "
                "to know.",
                title=title,
            )
            write_to_coordinators(session, stay.receiving_vio_id, OFFERS, lazy("A stay waits for a decision"), body)
