"""Inviting to an interview: the coordinators of the VIO do, from the host's shortlist."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Application, User
from webapp.services import next_words
from webapp.services.correspondence import write_to_volunteer
from webapp.services.delegations import check_work
from webapp.services.letter_kinds import APPLICATIONS
from webapp.services.locks import hold
from webapp.services.moves import move
from webapp.words import lazy


def invite_to_interview(session: Session, account: User, application: Application) -> None:
    """Invite somebody from the shortlist to an interview, and say so."""
    check_own(account, application)
    hold(session, application.assignment, application)
    move(session, account, application, "interview", vio_id=account.vio_id, assignment=application.assignment_id)
    application.state_at = clock.now()
    next_words.promise(application)
    session.flush()
    title, vio = application.assignment.title, application.assignment.vio
    write_to_volunteer(
        session,
        application.volunteer,
        APPLICATIONS,
        lazy("You are invited to an interview: %(title)s", title=title),
        lazy(
            "%(vio)s would like to talk with you about “%(title)s”. They write to you about day and place, or you "
            "write to them: %(address)s.\n\nTwo people listen to you and say, each alone, how they see it. Nothing is "
            "decided by a machine.",
            vio=vio.name,
            title=title,
            address=vio.contact_email,
        ),
    )


def check_own(account: User, application: Application) -> None:
    """Raise NotFound unless the account is a coordinator of the VIO whose assignment it is."""
    check_work(account, "recruitment.lead", application.assignment)
