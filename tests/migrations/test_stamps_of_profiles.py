"""Every profile gets its stamp, old ones too, and every change that the matcher reads draws a new one."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine, select

from tests.factories import make_vio, make_volunteer
from webapp.db import own_session
from webapp.models import ProfileStamp, Volunteer
from webapp.services.profiles import PARTS, Profile


def _stamp(number: int) -> int:
    with own_session() as session:
        return session.get_one(ProfileStamp, number).stamp


def test_people_of_before_get_stamps_and_keep_them(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        vio = make_vio(session)
        people = [make_volunteer(session, vio).id for _ in range(3)]
    own_engine.dispose()
    command.downgrade(history, "0030")
    command.upgrade(history, "head")
    stamps = [_stamp(number) for number in people]
    assert len(set(stamps)) == 3
    with own_session() as session:
        session.get_one(Volunteer, people[0]).motivation = "No matcher reads this"
    assert [_stamp(number) for number in people] == stamps


@pytest.mark.parametrize("name", [*Profile._fields[1 : Profile._fields.index("vio")], *PARTS])
def test_all_that_the_matcher_reads_draws_a_new_stamp(own_engine: Engine, name: str) -> None:
    other = {"anywhere": True, "on_site": False, "online": True, "causes": ["SDG 6"], "residence": "KE"}
    with own_session() as session:
        vio, elsewhere = make_vio(session), make_vio(session)
        person = make_volunteer(session, vio)
        number, there = person.id, elsewhere.id
    before = _stamp(number)
    with own_session() as session:
        person = session.scalars(select(Volunteer).where(Volunteer.id == number)).one()
        if name in PARTS:
            relation = getattr(Volunteer, name).property.mapper.class_
            _take_or_add(person, name, relation)
        else:
            kind = Volunteer.__table__.c[name].type.python_type
            setattr(person, name, there if name == "vio_id" else other.get(name, 7 if kind is int else "7"))
    assert _stamp(number) != before


def _take_or_add(person: Volunteer, name: str, model: type) -> None:
    made = {"licences": {"skill": "HEA-05", "country": "KE"}, "services": {"country": "KE"}}
    if getattr(person, name):
        setattr(person, name, [])
    else:
        setattr(person, name, [model(**made[name])])
