"""The page to sign in names accounts in the demonstration, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.apps import make_app
from tests.browser import Visitor
from tests.databases import settings
from tests.factories import make_user
from webapp.db import own_session
from webapp.services.demo import DEMO_PASSWORD

INVENTED, REAL = "coordinator@caravan.example", "zhou@office.org"


@pytest.mark.parametrize("mode", ["demo", "production"])
def test_accounts_of_the_demonstration_are_named_there_only(own_engine: Engine, tmp_path: Path, mode: str) -> None:
    with own_session() as session:
        for email in (INVENTED, REAL):
            make_user(session, "coordinator", email=email)
    url = own_engine.url.render_as_string(hide_password=False)
    page = Visitor(make_app(settings(mode, tmp_path, url)).test_client()).get("/login")
    assert (INVENTED in page.text) is (DEMO_PASSWORD in page.text) is (mode == "demo")
    assert REAL not in page.text
