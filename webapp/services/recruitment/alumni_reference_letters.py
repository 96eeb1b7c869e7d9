"""What is written when an office asks one of its alumni for a reference: to the alumnus, and to the applicant."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.models import Reference
from webapp.services.correspondence import write_to_volunteer
from webapp.services.letter_kinds import APPLICATIONS
from webapp.words import Words, lazy

WHERE: dict[str, Words] = {"at_host": lazy("at the same host"), "in_country": lazy("in the same country")}
RELATION = lazy("one of the office's alumni, who served %(where)s at the same time")

SUBJECT = lazy("You served at the same time as %(person)s: may we ask you for a reference?")
WHY = lazy(
    "%(person)s has applied to serve as a volunteer through %(vio)s. %(vio)s has seen in its records that you served "
    "%(where)s at the same time, and asks you as one of its alumni. %(person)s did not name you, and is told that we "
    "ask you."
)
BODY = lazy(
    "%(name)s, good day.\n\n%(why)s\n\nThere are a few short questions, about ten minutes.\n\n%(link)s\n\nThe link "
    "works once, until %(day)s. Your answers are read by the coordinators of %(vio)s; the page says what %(person)s "
    "may read. If you do not know %(person)s well enough or do not want to answer, open the link and say so there: "
    "nobody is asked why, and we do not write again."
)
TOLD_SUBJECT = lazy("%(vio)s asks somebody who served when you did")
TOLD = lazy(
    "For your application for “%(title)s”, %(vio)s asks one of its alumni for a reference: %(name)s served %(where)s "
    "at the same time as you. This comes beside the people whom you name.\n\nYou read the answer if its author agrees; "
    "it is on the page of your application. If there is something that the office should know about this, write to "
    "them: %(address)s."
)


def relation(served: str) -> Words:
    """Return how one of the alumni may know the applicant, as far as the records tell."""
    return Words(RELATION.text, {"where": WHERE[served]})


def why(reference: Reference) -> Words:
    """Return who asks one of the alumni, and why."""
    application = reference.application
    person, vio = application.volunteer.full_name, application.assignment.vio.name
    return Words(WHY.text, {"person": person, "vio": vio, "where": WHERE[reference.served]})


def tell_applicant(session: Session, reference: Reference) -> None:
    """Tell the applicant whom the office asks."""
    work = reference.application.assignment
    values = {"title": work.title, "vio": work.vio.name, "name": reference.name, "address": work.vio.contact_email}
    body = Words(TOLD.text, {**values, "where": WHERE[reference.served]})
    subject = Words(TOLD_SUBJECT.text, {"vio": work.vio.name})
    write_to_volunteer(session, reference.application.volunteer, APPLICATIONS, subject, body)
