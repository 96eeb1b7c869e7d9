"""What real use rests on: the environment, the service's own address, log lines without people."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask, request, url_for
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session as OrmSession

from tests.factories import make_user
from webapp.cli import main
from webapp.config import Config, ConfigError, config_from_environment
from webapp.db import SESSION_FACTORY
from webapp.logs import JsonLines
from webapp.models import User
from webapp.proxy import register_proxy

REAL = {
    "CARAVANSERAI_MODE": "production",
    "SECRET_KEY": "s",
    "DATA_KEY": "d",
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
        ("BASE_URL", "http://match.example.org", "https://"),
        ("BASE_URL", "https://example.org/match", "without a path"),
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
    config = config_from_environment()
    assert (config.mode, config.is_demo, config.proxies) == ("production", False, 2)


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


def test_the_demonstration_is_not_served_to_real_people(environment: pytest.MonkeyPatch, own_engine: Engine) -> None:
    environment.setenv("DATABASE_URL", own_engine.url.render_as_string(hide_password=False))
    assert CliRunner().invoke(main, ["prepare"]).exit_code == 0
    with OrmSession(own_engine) as session, session.begin():
        make_user(session, "administrator", email="admin@demo.example")
    done = CliRunner().invoke(main, ["prepare"])
    SESSION_FACTORY.kw["bind"].dispose()
    assert isinstance(done.exception, ConfigError)
    assert "whose password everybody knows" in str(done.exception)
