"""Commands for whoever runs the service: what they do, and what they say where something is missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from tests.databases import DATA_KEY
from tests.factories import make_assignment, make_host, make_user, make_vio, make_volunteer
from webapp.cli import main
from webapp.db import SESSION_FACTORY, bind, keep_key, own_session
from webapp.models import MatchRun, Volunteer
from webapp.services import audit
from webapp.services.demo import DEMO_PASSWORD

Command = Callable[..., Result]
LIST = "full_name,email,experience\nAna Pérez,ana@people.example,I taught for years\n"


@pytest.fixture
def manage(own_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return what carries a command out on the test's own database."""
    surroundings = {
        "CARAVANSERAI_MODE": "demo",
        "MAIL_URL": "folder:",
        "DATA_KEY": DATA_KEY,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": own_engine.url.render_as_string(hide_password=False),
    }

    def carry_out(*words: str, **more: str) -> Result:
        done = CliRunner().invoke(main, list(words), env={**surroundings, **more})
        if SESSION_FACTORY.kw["bind"] is not own_engine:  # as the command's process would, at its end
            SESSION_FACTORY.kw["bind"].dispose()
        bind(own_engine)
        keep_key(DATA_KEY)
        return done

    return carry_out


def test_everything_is_ranked_when_asked(manage: Command) -> None:
    with own_session() as session:
        make_volunteer(session, make_vio(session))
        make_assignment(session, make_host(session))
    done = manage("rank")
    assert done.exit_code == 0, done.output
    with own_session() as session:
        run = session.query(MatchRun).one()
        assert run.state == "finished" and f"Run {run.id} is finished" in done.output


def test_a_run_that_failed_is_no_success(manage: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise ValueError("nothing can be ranked")

    monkeypatch.setattr("webapp.cli.ranking.rank_queued", fail)
    done = manage("rank")
    assert done.exit_code == 1 and "is failed: the log says why" in done.output


def test_a_list_comes_in_after_a_look(manage: Command, tmp_path: Path) -> None:
    with own_session() as session:
        make_vio(session)
    path = tmp_path / "people.csv"
    path.write_text(LIST, encoding="utf-8")
    looked = manage("import", "volunteers", str(path), "--dry-run")
    assert looked.exit_code == 0, looked.output
    with own_session() as session:
        assert session.query(Volunteer).count() == 0
    assert manage("import", "volunteers", str(path)).exit_code == 0
    with own_session() as session:
        assert [one.full_name for one in session.query(Volunteer)] == ["Ana Pérez"]


@pytest.mark.parametrize(
    ("rows", "words", "said"),
    [
        (LIST, ["--vio", "nowhere"], "nowhere"),
        ("full_name,email,languages\nAna,ana@people.example,Klingon:Z9\n", [], "Klingon"),
    ],
)
def test_a_list_that_cannot_come_in_says_why(
    manage: Command, tmp_path: Path, rows: str, words: list[str], said: str
) -> None:
    with own_session() as session:
        make_vio(session)
    path = tmp_path / "people.csv"
    path.write_text(rows, encoding="utf-8")
    done = manage("import", "volunteers", str(path), *words)
    assert done.exit_code == 1 and said in done.output
    with own_session() as session:
        assert session.query(Volunteer).count() == 0


def test_the_audit_trail_is_told_with_its_end_and_followed_through_it(manage: Command) -> None:
    with own_session() as session:
        audit.record(session, None, "vio_changed", make_vio(session))
    told = manage("audit", "verify")
    assert told.exit_code == 0, told.output
    end = told.output.split("The end is ")[1].strip()
    assert manage("audit", "verify", "--noted", end).exit_code == 0
    other = manage("audit", "verify", "--noted", f"1:{'0' * 64}")
    assert other.exit_code == 1 and "is not the one that was noted" in other.output
    wrong = manage("audit", "verify", "--noted", "yesterday")
    assert wrong.exit_code == 2 and "write it as the command printed it" in wrong.output


def test_what_the_night_would_clear_is_told_by_rule(manage: Command) -> None:
    told = manage("to-be-cleared")
    assert told.exit_code == 0
    assert all(line.split()[0] == "0" for line in told.output.splitlines()) and told.output


def test_an_unknown_run_cannot_be_replayed(manage: Command) -> None:
    done = manage("replay", "4711")
    assert done.exit_code == 1 and "There is no run 4711" in done.output


def test_the_demonstration_is_not_for_production(manage: Command) -> None:
    keys = {name: sha256(name.encode()).hexdigest() for name in ("SECRET_KEY", "DATA_KEY")}
    places = {"BASE_URL": "https://match.example.org", "MAIL_URL": "smtp://mail.example.org"}
    done = manage("demo", CARAVANSERAI_MODE="production", **places, **keys)
    assert done.exit_code == 1 and "not for production" in done.output


def test_keys_are_not_rotated_before_the_first_key_is_named(manage: Command) -> None:
    done = manage("rotate-key", "--old-key", "an older key of this installation, long")
    assert done.exit_code == 1 and "Set HASH_KEY" in done.output


def test_accounts_of_a_loaded_demonstration_are_told_again(manage: Command) -> None:
    with own_session() as session:
        make_user(session, "coordinator", make_vio(session, name="Caravan"), email="one@caravan.example")
    told = manage("demo")
    assert told.exit_code == 0 and "Loading" not in told.output
    assert DEMO_PASSWORD in told.output and "one@caravan.example" in told.output
    (account,) = json.loads(manage("demo", "--json").output)
    assert (account["role"], account["email"], account["vio"]) == ("coordinator", "one@caravan.example", "Caravan")


def test_a_database_without_tables_is_named_and_no_traceback_shown(manage: Command, tmp_path: Path) -> None:
    for words in (("demo",), ("rank",), ("audit", "verify")):
        done = manage(*words, DATABASE_URL=f"sqlite:///{tmp_path}/empty.db")
        assert done.exit_code == 1 and "run `./run manage migrate` first" in done.output
        assert "Traceback" not in done.output and len(done.output.splitlines()) <= 2


def test_settings_that_lack_something_are_named(manage: Command) -> None:
    done = manage("rank", CARAVANSERAI_MODE="production", DATA_KEY="")
    assert done.exit_code == 1 and "Production mode needs" in done.output
