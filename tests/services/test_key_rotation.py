"""From an old DATA_KEY to a new one: everything can be read afterwards, and a kill on the way loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from passlib.totp import TOTP
from sqlalchemy import Engine, text

from tests.databases import DATA_KEY
from tests.factories import make_user, make_vio
from tests.safe import WHAT, make_line, make_report
from webapp.config import ConfigError
from webapp.db import SESSION_FACTORY, own_session
from webapp.keys import fernet_key, totp_secrets
from webapp.models import User
from webapp.models.sealed import open_with
from webapp.real_use import refuse_another_key
from webapp.services import audit, audit_chain, audit_check, key_rotation
from webapp.services.errors import Refused
from webapp.vault import Unreadable, Vault

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = DATA_KEY, "the new key of this test"
SECRET = "GVDOK7MBN3JT4L2ZPRFV2HKBYKJ3N5QD"
CODES = ["abcd-1234", "efgh-5678"]
PAPERS = 12


@pytest.fixture
def installation(own_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an installation under the old key: documents, a second step with codes, an audit trail."""
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": OLD})
    old = Vault(tmp_path / "documents", OLD)
    for number in range(PAPERS):
        old.put(f"paper {number}".encode())
    codes = Fernet(fernet_key("recovery codes", OLD))
    with own_session() as session:
        vio = make_vio(session)
        account = make_user(session, "coordinator", vio)
        account.tf_totp_secret = TOTP.using(secrets=totp_secrets(OLD))(key=SECRET, format="base32").to_json()
        account.mf_recovery_codes = [codes.encrypt(one.encode()).decode() for one in CODES]
        audit.record(session, account, "vio_changed", vio)
        make_report(session, make_line(session, vio), name="")
    return tmp_path


def _rotate(folder: Path) -> tuple[key_rotation.Files, bool]:
    files = key_rotation.rotate_files(folder / "documents", OLD, NEW)
    with own_session() as session:
        return files, key_rotation.rotate_rows(session, OLD, NEW)


def _check(folder: Path) -> None:
    """Fail unless all is under the new key."""
    new = Vault(folder / "documents", NEW)
    papers = {new.get(path.name) for path in (folder / "documents").glob("[!.]*")}
    assert papers == {f"paper {number}".encode() for number in range(PAPERS)}
    with own_session() as session:
        (account,) = session.query(User).filter(User.tf_totp_secret.is_not(None))
        kept = TOTP.using(secrets=totp_secrets(NEW)).from_source(account.tf_totp_secret)
        codes = Fernet(fernet_key("recovery codes", NEW))
        assert kept.base32_key == SECRET
        assert [codes.decrypt(one.encode()).decode() for one in account.mf_recovery_codes] == CODES
        (what, name) = session.execute(text("SELECT what, name FROM report")).one()
        assert (open_with(NEW, what), name) == (WHAT, "")
        session.info["data_key"] = NEW
        assert not audit_check.verify(session).broken


def test_everything_lies_under_the_new_key_and_a_second_time_changes_nothing(installation: Path) -> None:
    assert _rotate(installation) == (key_rotation.Files(PAPERS, 0, 0), True)
    _check(installation)
    assert _rotate(installation) == (key_rotation.Files(0, PAPERS, 0), False)
    _check(installation)
    with pytest.raises(Unreadable):
        Vault(installation / "documents", OLD).get(next((installation / "documents").iterdir()).name)


def test_a_wrong_old_key_changes_nothing(installation: Path) -> None:
    files = key_rotation.rotate_files(installation / "documents", "a wrong key", NEW)
    assert files == key_rotation.Files(0, 0, PAPERS)
    with own_session() as session, pytest.raises(Refused, match="not the one"):
        key_rotation.rotate_rows(session, "a wrong key", NEW)
    assert _rotate(installation) == (key_rotation.Files(PAPERS, 0, 0), True)


def test_a_process_that_still_has_the_old_key_stores_nothing_more(installation: Path) -> None:
    """Else its events would end a chain that neither key vouches for, and nobody could mend that."""
    _rotate(installation)
    with pytest.raises(audit_chain.AnotherKey, match="DATA_KEY"), own_session() as session:
        audit.record(session, None, "vio_changed", make_vio(session))
    _check(installation)
    with pytest.raises(ConfigError, match="rotate-key"):
        refuse_another_key()


def test_under_its_own_key_a_service_begins_also_where_the_trail_was_tampered_with(installation: Path) -> None:
    refuse_another_key()
    with own_session() as session:
        session.execute(text("UPDATE audit_head SET mark = 'another'"))
    refuse_another_key()
    with own_session() as session:
        audit.record(session, None, "vio_changed", make_vio(session))
        assert audit_check.verify(session).broken, "what was written there is not vouched for"


def test_a_young_database_without_any_words_is_not_begun_under_another_key(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": OLD})
    with own_session() as session:
        audit.record(session, None, "vio_changed", make_vio(session))
    refuse_another_key()
    monkeypatch.setitem(SESSION_FACTORY.kw, "info", {"data_key": NEW})
    with pytest.raises(ConfigError, match="DATA_KEY is not the one"):
        refuse_another_key()


def _kill_on_the_way(engine: Engine, folder: Path, kills: int) -> None:
    """Start the command again and again, and kill it a moment later each time; then let it end."""
    url = engine.url.render_as_string(hide_password=False)
    keys = {"DATA_KEY": NEW, "OLD_DATA_KEY": OLD, "HASH_KEY": OLD}
    around = {**os.environ, **keys, "DATABASE_URL": url, "DATA_DIR": str(folder)}
    command = [sys.executable, "-c", "from webapp.cli import main; main()", "rotate-key"]
    for number in range(kills):
        with subprocess.Popen(command, cwd=ROOT, env=around, stdout=subprocess.DEVNULL) as running:
            _wait_until_begun(folder, running)
            time.sleep(number * 0.002)
            running.send_signal(signal.SIGKILL)
    done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "brought under the new key" in done.stdout


def _wait_until_begun(folder: Path, running: subprocess.Popen[bytes]) -> None:
    new = Vault(folder / "documents", NEW)
    while running.poll() is None:
        for path in (folder / "documents").glob("[!.]*"):
            try:
                new.get(path.name)
            except Unreadable:
                continue
            return
        time.sleep(0.002)


def test_killed_on_the_way_it_goes_on(installation: Path, own_engine: Engine) -> None:
    _kill_on_the_way(own_engine, installation, 1)
    _check(installation)


@pytest.mark.long
def test_killed_many_times_it_goes_on(installation: Path, own_engine: Engine) -> None:
    _kill_on_the_way(own_engine, installation, 30)
    _check(installation)
