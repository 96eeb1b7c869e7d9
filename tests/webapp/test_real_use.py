"""What real use rests on: the environment, the service's own address, log lines without people."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask, request, url_for
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session as OrmSession

from tests.databases import sqlite_database
from tests.factories import make_user
from webapp.cli import main
from webapp.config import ROOT, Config, ConfigError, config_from_environment
from webapp.db import SESSION_FACTORY, make_engine
from webapp.logs import JsonLines
from webapp.models import AuditHead, User
from webapp.proxy import register_proxy
from webapp.services.audit_chain import mark

# As random as a key has to be, and the same in every process that runs these tests.
KEYS = [hashlib.sha256(one).hexdigest() for one in (b"one", b"another", b"a third")]
REAL = {
    "CARAVANSERAI_MODE": "production",
    "SECRET_KEY": KEYS[0],
    "DATA_KEY": KEYS[1][:32],  # the shortest that is taken
    "BASE_URL": "https://match.example.org",
    "MAIL_URL": "smtp://mail.example.org",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Return a way to set variables over a complete environment of real use."""
    for name, value in {**REAL, "DATA_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PROXIES", raising=False)
    return monkeypatch


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATA_KEY", "BASE_URL", "MAIL_URL"])
def test_production_names_what_lacks(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.delenv(name)
    with pytest.raises(ConfigError, match=f"needs {name} in"):
        config_from_environment()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CARAVANSERAI_MODE", "real", "demo or production"),
        ("MAIL_URL", "folder:", "letters reach nobody"),
        ("SECRET_KEY", "x", "SECRET_KEY can be guessed"),
        ("DATA_KEY", REAL["DATA_KEY"][1:], "at least 32"),
        ("DATA_KEY", "ab" * 16, "DATA_KEY can be guessed"),
        ("SECRET_KEY", f"ChangeMe{KEYS[2]}", "SECRET_KEY can be guessed"),
        ("SECRET_KEY", REAL["DATA_KEY"], "are the same"),
        ("BASE_URL", "http://match.example.org", "https://"),
        ("BASE_URL", "https://example.org/match", "without a path"),
        ("BASE_URL", "https://", "must be a host"),
        ("BASE_URL", "https://match.example.org:port", "must be a host"),
        ("BASE_URL", "https://match.example.org?x=1", "must be a host"),
        ("BASE_URL", "https://match.example.org#top", "must be a host"),
        ("BASE_URL", "https://user:word@match.example.org", "must be a host"),
        ("BASE_URL", "ftp://localhost", "https://"),
        ("SECRET_KEY", "abcdefgh" * 5, "SECRET_KEY can be guessed"),
        ("DATA_KEY", ("0123456789abcdef" * 3)[:40], "DATA_KEY can be guessed"),
        ("METRICS_TOKEN", "a", "METRICS_TOKEN can be guessed"),
        ("METRICS_TOKEN", REAL["SECRET_KEY"], "are the same"),
        ("MAIL_URL", "smtp://", "smtp://user"),
        ("MAIL_URL", "smtps://?from=office@example.org", "smtp://user"),
        ("MAIL_URL", "mail.example.org", "smtp://"),
        ("PROXIES", "one", "number of reverse proxies"),
        ("FLASK_DEBUG", "1", "FLASK_DEBUG"),
    ],
)
def test_production_says_what_is_wrong(environment: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
    environment.setenv(name, value)
    with pytest.raises(ConfigError, match=words):
        config_from_environment()


def test_complete_environment_is_taken(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PROXIES", "2")
    environment.setenv("METRICS_TOKEN", KEYS[2])
    config = config_from_environment()
    assert (config.mode, config.is_demo, config.proxies) == ("production", False, 2)


def test_a_service_that_began_with_a_short_key_still_starts(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("HASH_KEY", "short")  # what is hashed under it cannot be hashed anew
    assert config_from_environment().key_of_hashes == "short"


@pytest.mark.parametrize("url", ["https://match.example.org/", "https://[2001:db8::1]:8443", "http://localhost:8000"])
def test_addresses_that_links_can_begin_with_are_taken(environment: pytest.MonkeyPatch, url: str) -> None:
    environment.setenv("BASE_URL", url)
    assert config_from_environment().base_url == url.rstrip("/")


@pytest.fixture
def echo(environment: pytest.MonkeyPatch) -> Flask:
    """Return an application that says how it sees a request."""
    app = Flask("echo")

    @app.get("/")
    def seen() -> dict[str, object]:
        own = url_for("seen", _external=True)
        return {"own": own, "from": request.remote_addr, "secure": request.is_secure}

    return app


def _ask(app: Flask, config: Config) -> dict[str, object]:
    register_proxy(app, config)
    headers = {"Host": "evil.example", "X-Forwarded-For": "198.51.100.7", "X-Forwarded-Host": "evil.example"}
    answer: dict[str, object] = app.test_client().get("/", headers=headers).get_json()
    return answer


def test_forged_host_leads_no_link_astray(echo: Flask) -> None:
    seen = _ask(echo, config_from_environment())
    assert seen == {"own": "https://match.example.org/", "from": "127.0.0.1", "secure": True}


def test_forwarded_address_is_believed_behind_a_known_proxy(echo: Flask, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PROXIES", "1")
    assert _ask(echo, config_from_environment())["from"] == "198.51.100.7"


def test_log_line_is_json_and_holds_no_path(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "webapp.requests"):
        app.test_client().get("/nowhere/secret-token?email=a@b.example", headers={"Accept-Language": "fr"})
    record = next(record for record in caplog.records if record.name == "webapp.requests")
    line = JsonLines().format(record)
    assert json.loads(line)["status"] == 404 and "secret" not in line and "b.example" not in line


def test_counters_are_shown(app: Flask, session: object) -> None:
    app.test_client().get("/about")
    text = app.test_client().get("/metrics").get_data(as_text=True)
    assert 'caravanserai_requests_total{method="GET",pages="public",status="2xx"}' in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.1", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("192.0.2.1", {"Authorization": "Bearer of this test"}, 200),
        ("192.0.2.1", {"Authorization": "Bearer"}, 403),
        ("192.0.2.1", {"Authorization": "Bearer öther"}, 403),
    ],
)
def test_counters_are_for_this_machine_or_who_knows_the_token(
    app: Flask, session: object, address: str, headers: dict[str, str], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "config", replace(app.extensions["config"], metrics_token="of this test"))
    seen = app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert seen.status_code == status


def test_without_a_token_nobody_else_sees_the_counters(app: Flask, session: object) -> None:
    for told in ({}, {"Authorization": "Bearer "}):
        seen = app.test_client().get("/metrics", headers=told, environ_base={"REMOTE_ADDR": "192.0.2.1"})
        assert seen.status_code == 403


def test_what_the_program_writes_is_its_own_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    variables = {**os.environ, "DATA_DIR": str(folder), "CARAVANSERAI_MODE": "demo"}
    command = ["/bin/sh", "-c", "umask 022; exec ./run manage migrate"]
    subprocess.run(command, cwd=ROOT, env=variables, check=True, timeout=300, capture_output=True)
    written = [folder, *folder.rglob("*")]
    assert folder / "caravanserai.db" in written
    assert {path.name: oct(path.stat().st_mode & 0o077) for path in written if path.stat().st_mode & 0o077} == {}


def _create_admin(password: str) -> Result:
    """Run the command, and close the connections that its process would have taken along."""
    done = CliRunner().invoke(main, ["create-admin", "--email", "Root@Vio.example", "--password", password])
    SESSION_FACTORY.kw["bind"].dispose()
    return done


def test_first_administrator_is_made_by_command(environment: pytest.MonkeyPatch, own_engine: Engine) -> None:
    url = own_engine.url.render_as_string(hide_password=False)
    environment.setenv("DATABASE_URL", url)
    weak = _create_admin("password1234")
    assert weak.exit_code == 1 and "Choose another password" in weak.output
    assert "https://match.example.org/login" in _create_admin("seven camels, one roof").output
    assert "already" in _create_admin("seven camels, one roof").output
    with OrmSession(own_engine) as session:
        user = session.scalars(select(User)).one()
        assert (user.email, user.role, user.confirmed_at is not None) == ("root@vio.example", "administrator", True)


@pytest.mark.parametrize("role", ["administrator", "supporter", "volunteer"])
def test_the_demonstration_is_not_served_to_real_people(
    environment: pytest.MonkeyPatch, own_engine: Engine, role: str
) -> None:
    environment.setenv("DATABASE_URL", own_engine.url.render_as_string(hide_password=False))
    done = CliRunner().invoke(main, ["prepare"])
    assert done.exit_code == 1 and "DATA_KEY is not the one" in done.output, "it was made under the key of the tests"
    with OrmSession(own_engine) as session, session.begin():
        session.execute(update(AuditHead).values(mark=mark(REAL["DATA_KEY"], 0, "")))
    done = CliRunner().invoke(main, ["prepare"])
    assert done.exit_code == 0, done.output
    with OrmSession(own_engine) as session, session.begin():
        make_user(session, role, email="one@demo.example").active = role != "supporter"
    done = CliRunner().invoke(main, ["prepare"])
    SESSION_FACTORY.kw["bind"].dispose()
    assert done.exit_code == 1 and "whose password everybody knows" in done.output


@pytest.mark.parametrize("served", [("-c", "import webapp.wsgi"), ("-m", "huey.bin.huey_consumer", "webapp.jobs.huey")])
def test_neither_another_server_nor_the_jobs_alone_serve_the_demonstration(tmp_path: Path, served: tuple[str]) -> None:
    with sqlite_database(tmp_path, "real") as url:
        engine = make_engine(url)
        with OrmSession(engine) as session, session.begin():
            make_user(session, "administrator", email="one@demo.example")
        engine.dispose()
        variables = {**os.environ, **REAL, "DATABASE_URL": url, "DATA_DIR": str(tmp_path)}
        command = [sys.executable, *served]
        done = subprocess.run(
            command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=300, check=False
        )
    assert done.returncode != 0
    assert "whose password everybody knows" in done.stderr, done.stderr
