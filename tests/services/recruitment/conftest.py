"""An application on the shortlist, with the people around it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.factories import (
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from webapp.models import Application, Reference, User, Vio, Volunteer
from webapp.services.recruitment import referees


@dataclass
class Candidacy:
    """What the tests of recruitment share."""

    session: AnySession
    vio: Vio
    coordinator: User
    colleague: User
    stranger: User  # a coordinator of another VIO
    volunteer: Volunteer
    application: Application

    def name(self, email: str = "amina@clinic.example", relation: str = "host") -> Reference:
        """Let the volunteer name somebody."""
        return referees.name(self.session, self.volunteer.user, self.application, "Amina Njoroge", email, relation)


@pytest.fixture
def candidacy(session: AnySession) -> Candidacy:
    """Return an application on the shortlist."""
    vio = make_vio(session)
    volunteer = make_volunteer(session, vio, full_name="Sevda Yıldız")
    work = make_assignment(session, make_host(session, vio))
    application = make_application(session, volunteer, work, state="shortlisted")
    first, second = make_user(session, "coordinator", vio), make_user(session, "coordinator", vio)
    return Candidacy(session, vio, first, second, make_user(session, "coordinator"), volunteer, application)
