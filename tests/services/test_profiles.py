"""Profiles read as plain tuples say the same as the volunteers themselves."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, true

from tests.factories import AnySession, make_vio, make_volunteer
from webapp import clock
from webapp.models import AvailabilityWindow, CountryWish, EarlierService, Licence, Volunteer
from webapp.models.consents import MATCHING
from webapp.services import consents, person_relations
from webapp.services.frames import volunteers_frame
from webapp.services.profiles import read_profiles


def somebody_with_everything(session: AnySession) -> Volunteer:
    today = clock.today()
    one = make_volunteer(
        session,
        make_vio(session, no_go=["RU"]),
        skills={"WAT-02": 1, "NUR-01": 3},
        languages={"fr": "B2", "ar": "N"},
        countries=("TZ", "KE"),
        online=True,
        online_hours=6,
        online_from="09:00",
        online_to="12:30",
        time_zone="Asia/Shanghai",
        anywhere=True,
        causes=["3", "6"],
        experience="Ten years on wards.",
    )
    one.skills[0].last_used = 2024
    one.licences = [
        Licence(skill="NUR-01", country="CN", valid_until=today),
        Licence(skill="NUR-01", country="KE", valid_until=None),
    ]
    one.wishes += [CountryWish(kind="excluded", code="UZ"), CountryWish(kind="route", code="CPEC")]
    one.services = [EarlierService(country=code) for code in ("TZ", "KE", "TZ")]
    later = today + timedelta(days=900)
    one.windows.insert(0, AvailabilityWindow(starts_on=later, ends_on=later))
    return one


def test_the_frame_is_the_same_from_tuples_as_from_volunteers(session: AnySession) -> None:
    somebody_with_everything(session)
    make_volunteer(session, skills={}, languages={}, countries=(), claimed=False, stay_max_weeks=None, on_site=None)
    consents.withdraw(session, None, make_volunteer(session), "abroad")
    session.flush()
    session.expire_all()  # the lists come back in the order of the model
    people = list(session.scalars(select(Volunteer).order_by(Volunteer.id)))
    for at_once in (2, 100):
        read = [one for some in read_profiles(session, true(), at_once) for one in some]
        assert volunteers_frame(read).equals(volunteers_frame(people))


def test_only_those_are_read_who_meet_the_condition(session: AnySession) -> None:
    people = [make_volunteer(session, consents=("matching",) if agrees else ()) for agrees in (True, False, True)]
    agreed = person_relations.consents_to(MATCHING)
    assert [one.id for some in read_profiles(session, agreed, 1) for one in some] == [people[0].id, people[2].id]
