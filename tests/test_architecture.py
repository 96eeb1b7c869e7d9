"""The rules of the code's shape hold, and each of them can fail."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import matching
from tests import places
from tests.rules import RULES, Rule, Source, faults, read_sources

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("matching", "webapp", "migrations")
D = '"""Something."""\n'

# rule -> (path, text) of files that break it; the rule must find something in each.
PLANTED: dict[str, list[tuple[str, str]]] = {
    "services_do_not_commit": [
        ("webapp/services/a.py", "session.commit()"),
        ("webapp/services/b/c.py", "db.Session().commit()"),
    ],
    "rules_and_tables_know_no_web": [
        ("webapp/services/a.py", "from flask import g"),
        ("webapp/models/a.py", "import flask_babel"),
        ("webapp/policies.py", "from werkzeug.exceptions import NotFound"),
        ("webapp/services/b.py", "from flask_security import current_user"),
    ],
    "views_do_not_query": [
        ("webapp/views/host/a.py", "from sqlalchemy import select"),
        ("webapp/views/host/b.py", "Session().execute(x)"),
        ("webapp/views/host/c.py", "db_session.query(x)"),
        ("webapp/views/host/d.py", "rows = select(User)"),
        ("webapp/views/host/e.py", "session.get(User, 1)"),
        ("webapp/views/f.py", "Session.scalars(x)"),
    ],
    "roles_are_apart": [
        ("webapp/views/host/a.py", "from webapp.views.coordinator.forms import F"),
        ("webapp/views/public/a.py", "from webapp.views import host"),
        ("webapp/views/volunteer/a/b.py", "import webapp.views.account.home"),
    ],
    "matching_has_few_doors": [
        ("webapp/services/a.py", "from matching import Matcher"),
        ("webapp/views/host/a.py", "import matching.text"),
        ("webapp/services/ranking.py", "from matching.criteria import CRITERIA"),
    ],
    "matching_is_pure": [
        ("matching/a.py", "from sqlalchemy import select"),
        ("matching/b/c.py", "import webapp.models"),
        ("matching/d.py", "when = date.today()"),
        ("matching/e.py", "when = datetime.datetime.now()"),
    ],
    "files_are_short": [("webapp/a.py", "x = 1\n" * 301)],
    "functions_are_short": [("matching/a.py", "def f() -> None:\n" + "    x = 1\n" * 50)],
    "no_junk_drawers": [("webapp/utils.py", ""), ("matching/helpers/a.py", ""), ("webapp/views/common/a.py", "")],
    "public_names_have_docstrings": [
        ("webapp/a.py", "x = 1"),
        ("webapp/b.py", D + "def f() -> None: ..."),
        ("webapp/c.py", D + "class C: ..."),
        ("webapp/d.py", D + f"class C:\n    {D}    def m(self) -> None: ..."),
    ],
    "signatures_are_annotated": [
        ("webapp/a.py", "def f(x) -> None: ..."),
        ("webapp/b.py", "def f(x: int): ..."),
        ("webapp/c.py", "def f(*x, y: int) -> None: ..."),
        ("webapp/d.py", "class C:\n    def _m(self, *, y) -> None: ..."),
    ],
}
CASES = [(rule, path, text) for rule in RULES for path, text in PLANTED[rule.__name__]]


@cache
def project() -> list[Source]:
    """Return the project's own files, read once."""
    return read_sources(ROOT, *FOLDERS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_holds(rule: Rule) -> None:
    assert len(project()) > 20
    assert faults(project(), rule) == []


@pytest.mark.parametrize(("rule", "path", "text"), CASES, ids=[f"{rule.__name__}-{path}" for rule, path, _ in CASES])
def test_rule_finds_what_breaks_it(tmp_path: Path, rule: Rule, path: str, text: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    assert faults(read_sources(tmp_path, *FOLDERS), rule) != []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("webapp/views/host/a.py", D + "from flask import session\nsession.get('language')"),
        ("webapp/views/host/b.py", D + "from webapp.views.host.forms import F\nfrom webapp.views import forms"),
        ("webapp/services/ranking.py", D + "from matching import Matcher\nsession.flush()"),
        ("webapp/models/accounts.py", D + "from flask_security import UserMixin"),
        ("webapp/services/__init__.py", ""),
    ],
)
def test_rules_let_pass_what_is_right(tmp_path: Path, path: str, text: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    assert [fault for rule in RULES for fault in faults(read_sources(tmp_path, *FOLDERS), rule)] == []


def test_library_says_what_is_public() -> None:
    assert sorted(matching.__all__) == sorted(set(matching.__all__))
    assert all(hasattr(matching, name) for name in matching.__all__)


def test_service_takes_public_names_only() -> None:
    taken = {
        name
        for source in project()
        if source.under("webapp")
        for module, names in source.imports()
        if module == "matching"
        for name in names
    }
    assert taken
    assert taken <= set(matching.__all__)


def test_no_file_names_a_package_index_or_a_folder_of_one_machine() -> None:
    assert places.main() == 0


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("README.md", "get it from py" + "pi.org"),
        ("requirements.txt", "--index-url somewhere"),
        ("requirements-test.txt", "a @ https://somewhere/a.whl"),
        ("docs/a.md", "see /ho" + "me/ada/notes"),
        ("tests/a.py", "open('/srv/build/data')"),
    ],
)
def test_named_places_are_found(name: str, line: str) -> None:
    assert list(places.faults(Path(name), f"fine\n{line}\n", Path("/srv/build/project"))) != []
    assert list(places.faults(Path(name), "fine\n", Path("/srv/build/project"))) == []
