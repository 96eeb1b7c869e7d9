"""The schema's history: one head, the same as the models, each step up and down."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from tests.factories import make_assignment, make_host, make_host_user, make_user, make_vio, make_volunteer
from tests.stays import make_placement, make_selectable
from webapp.courses import read_course
from webapp.db import own_session
from webapp.models import (
    Agreement,
    Application,
    Assignment,
    AssignmentVersion,
    Base,
    Certificate,
    HintDraw,
    Match,
    MatchRun,
    Placement,
    Review,
    User,
    Vio,
)
from webapp.services import agreements, assignments, judgements, ranking, training, versions, visibility


def _schema(engine: Engine) -> dict[str, object]:
    found = inspect(engine)
    return {
        table: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table)],
            sorted(str(index["name"]) for index in found.get_indexes(table)),
            sorted(str(check["name"]) for check in found.get_check_constraints(table)),
            sorted(str(key["name"]) for key in found.get_foreign_keys(table)),
        )
        for table in sorted(found.get_table_names())
        if table != "alembic_version"
    }


def test_steps_are_numbered_and_have_one_head(history: AlembicConfig) -> None:
    steps = list(ScriptDirectory.from_config(history).walk_revisions())
    names = sorted(step.revision for step in steps)
    assert names == [f"{number:04}" for number in range(1, len(names) + 1)]
    assert len(ScriptDirectory.from_config(history).get_heads()) == 1


def test_head_is_what_the_models_say(history: AlembicConfig, own_engine: Engine) -> None:
    command.check(history)
    constraints = {str(check["name"]) for check in inspect(own_engine).get_check_constraints("assignment")}
    named = {str(one.name) for one in Base.metadata.tables["assignment"].constraints if "ck_" in str(one.name)}
    assert named
    assert named <= constraints


def test_every_index_is_the_one_of_the_models(own_engine: Engine) -> None:
    """Alembic looks past those on expressions in SQLite, and past what part of a table an index holds."""
    from_steps = _indexes(own_engine)
    Base.metadata.drop_all(own_engine)
    Base.metadata.create_all(own_engine)
    of_models = _indexes(own_engine)
    assert from_steps.keys() >= of_models.keys() > set()
    assert {name: from_steps[name] for name in of_models} == of_models


def _indexes(engine: Engine) -> dict[str, str]:
    """Return how the database would make each index again, by name."""
    kept = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    }
    with engine.connect() as connection:
        rows = connection.execute(text(kept[engine.dialect.name])).all()
    return {name: sql.replace('"', "") for name, sql in rows}


def test_every_step_goes_down_and_up_again(history: AlembicConfig, own_engine: Engine) -> None:
    before = _schema(own_engine)
    with own_session() as session:  # rows must not stand in the way
        make_assignment(session)
        make_volunteer(session)
    own_engine.dispose()
    for step in ScriptDirectory.from_config(history).walk_revisions():
        command.downgrade(history, step.down_revision or "base")
    assert _schema(own_engine) == {}
    own_engine.dispose()
    for step in reversed(list(ScriptDirectory.from_config(history).walk_revisions())):
        command.upgrade(history, step.revision)
    assert _schema(own_engine) == before


def test_learning_comes_and_goes_without_a_match_or_a_word_lost(history: AlembicConfig, own_engine: Engine) -> None:
    """SQLite copies a table to change it, and drops the old one: what hangs on its rows must not go with it."""
    with own_session() as session:
        vio = make_vio(session)
        work = make_assignment(session, make_host(session, vio))
        make_volunteer(session, vio)
        ranking.rank_assignment(session, work)
        found = visibility.current_matches(session, work)
        who = make_user(session, "coordinator", vio)
        judgements.judge(session, who, work, found, judgements.Word("endorse", "skills_fit"))
    own_engine.dispose()
    command.downgrade(history, "0001")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (run,) = session.query(MatchRun)
        (match,) = session.query(Match)
        (review,) = session.query(Review)
        assert (match.run_id, review.match_id) == (run.id, match.id)
        assert run.models == {}
        assert run.weights


def test_training_comes_and_goes_without_a_vio_or_an_account_lost(history: AlembicConfig, own_engine: Engine) -> None:
    course = read_course("host")
    with own_session() as session:
        work = make_assignment(session, make_host(session, make_vio(session, host_training="required")))
        account = make_host_user(session, work.host)
        for module in course.modules:
            training.answer(session, account, course, module.code, {one.code: one.right for one in module.questions})
        assert session.query(Certificate).count() == 1
    own_engine.dispose()
    command.downgrade(history, "0003")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (vio,) = session.query(Vio)
        (user,) = session.query(User)
        assert (vio.host_training, user.vio_id, user.host_id) == ("advised", vio.id, work.host_id)
        assert session.query(Certificate).count() == 0
        vio.host_training = "sometimes"
        with pytest.raises(IntegrityError, match="host_training"):
            session.flush()
        session.rollback()


def test_versions_come_and_go_without_an_assignment_or_a_vio_lost(history: AlembicConfig, own_engine: Engine) -> None:
    with own_session() as session:
        versions.keep(session, make_assignment(session, make_host(session, make_vio(session, least_coach_score=60))))
    own_engine.dispose()
    command.downgrade(history, "0004")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (vio,) = session.query(Vio)
        (work,) = session.query(Assignment)
        assert (vio.least_coach_score, work.vio_id, len(work.skills)) == (0, vio.id, 1)
        assert session.query(AssignmentVersion).count() == 0
        versions.keep(session, work)
        session.delete(work)
        session.flush()
        assert session.query(AssignmentVersion).count() == 0
        vio.least_coach_score = 101
        with pytest.raises(IntegrityError, match="least_coach_score"):
            session.flush()
        session.rollback()


def test_placements_come_and_go_without_an_application_or_a_vio_lost(
    history: AlembicConfig, own_engine: Engine
) -> None:
    with own_session() as session:
        work = make_assignment(session, make_host(session, make_vio(session, offer_answer_days=5)))
        make_placement(session, make_selectable(session, work))
    own_engine.dispose()
    command.downgrade(history, "0005")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (application,) = session.query(Application)
        assert (application.state, application.assignment.vio.offer_answer_days) == ("selected", 14)
        assert session.query(Placement).count() == 0
        again = make_placement(session, application)
        again.state = "cancelled"
        with pytest.raises(IntegrityError, match="placement"):
            session.flush()
        session.rollback()


def test_agreements_come_and_go_without_an_assignment_or_a_version_lost(
    history: AlembicConfig, own_engine: Engine
) -> None:
    with own_session() as session:
        agreements.standing(session, make_assignment(session))
    own_engine.dispose()
    command.downgrade(history, "0006")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (work,) = session.query(Assignment)
        assert session.query(AssignmentVersion).count() == 1
        assert session.query(Agreement).count() == 0
        agreements.standing(session, work)
        assert session.query(AssignmentVersion).count() == 1


def test_the_trial_comes_and_goes_without_an_assignment_or_a_vio_lost(
    history: AlembicConfig, own_engine: Engine
) -> None:
    with own_session() as session:
        host = make_host(session, make_vio(session, hint_trial=True))
        assignments.create(session, make_host_user(session, host), "Nurse for the ward")
        assert session.query(HintDraw).count() == 1
    own_engine.dispose()
    command.downgrade(history, "0008")
    own_engine.dispose()
    command.upgrade(history, "head")
    with own_session() as session:
        (vio,) = session.query(Vio)
        (work,) = session.query(Assignment)
        assert (vio.hint_trial, work.vio_id) == (False, vio.id)
        session.add(HintDraw(assignment_id=work.id, hint_order="chance", drawn_at=work.created_at))
        with pytest.raises(IntegrityError, match="hint_order"):
            session.flush()
        session.rollback()
