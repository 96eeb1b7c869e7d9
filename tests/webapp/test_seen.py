"""No page waits to note when somebody was seen: while another writes, the next page notes it."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session as OrmSession

from tests.browser import Visitor
from tests.databases import all_closed, settings
from tests.factories import PASSWORD, make_user
from tests.test_second_factor import with_real_hash
from webapp import clock, create_app
from webapp.models import SignedIn


def test_a_page_does_not_wait_for_who_writes(own_engine: Engine, tmp_path: Path) -> None:
    url = own_engine.url.render_as_string(hide_password=False)
    with all_closed(), OrmSession(own_engine, expire_on_commit=False) as session:
        app = create_app(settings("demo", tmp_path, url))
        email = with_real_hash(app, session, make_user(session, "administrator")).email
        visitor = Visitor(app.test_client())
        visitor.sign_in(email, PASSWORD)
        long_ago = clock.now() - timedelta(minutes=20)
        session.execute(update(SignedIn).values(seen_at=long_ago))
        session.commit()
        session.execute(update(SignedIn).values(seen_at=long_ago))
        began = time.monotonic()
        assert visitor.get("/account/").markup.account
        assert time.monotonic() - began < 15  # seconds; a writer is waited for thirty
        session.rollback()
        assert session.scalars(select(SignedIn.seen_at)).one() == long_ago
        session.rollback()
        visitor.get("/account/")
        assert session.scalars(select(SignedIn.seen_at)).one() > long_ago
