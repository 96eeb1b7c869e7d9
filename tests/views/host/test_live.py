"""What stands beside the form moves with what is written, and nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser import Visitor
from tests.factories import (
    PASSWORD,
    AnySession,
    make_assignment,
    make_host,
    make_host_user,
    make_vio,
    make_volunteer,
)
from webapp.models import Assignment, Host

Visit = Callable[[], Visitor]
GOOD = "Show six ward nurses how to dress wounds by the written steps. Teach the clerk to keep the ward's book."


class Writer:
    """A host with a section of the form open."""

    def __init__(self, visit: Visit, session: AnySession, host: Host, path: str) -> None:
        session.commit()
        user = make_host_user(session, host)
        session.commit()
        self.visitor, self.path = visit(), path
        self.visitor.sign_in(user.email, PASSWORD)
        self.page = self.visitor.get(path)

    def write(self, status: int = 200, **values: Any) -> str:
        """Send the form as the script does while one writes, and return the parts that it puts into the page."""
        data = {**self.page.form(*values).data(), **values}
        answer = self.visitor.client.post(f"{self.path}/live", data=data)
        assert answer.status_code == status
        return answer.get_data(as_text=True)


def edit(work: Assignment, section: str) -> str:
    return f"/host/assignments/{work.id}/edit/{section}"


def score(text: str) -> int:
    found = re.search(r"(\d+) of 100 points", text)
    assert found is not None
    return int(found[1])


def test_the_score_moves_with_what_is_written_and_nothing_is_kept(visit: Visit, session: AnySession) -> None:
    work = make_assignment(session, state="draft", published_at=None, tasks="Assist with activities.")
    writer = Writer(visit, session, work.host, edit(work, "work"))
    moved = writer.write(tasks=GOOD)
    assert score(moved) > score(writer.page.text)
    assert "could stand in any assignment" not in moved
    assert f"Described: {score(moved)} of 100" in moved
    session.refresh(work)
    assert work.tasks == "Assist with activities."
    assert score(writer.visitor.get(writer.path).text) == score(writer.page.text)


def test_an_answer_that_cannot_be_read_counts_as_it_was_kept(visit: Visit, session: AnySession) -> None:
    work = make_assignment(session, state="draft", published_at=None)
    writer = Writer(visit, session, work.host, edit(work, "place"))
    assert score(writer.write(hours="many")) == score(writer.page.text)
    assert score(writer.write(hours="")) < score(writer.page.text)


def test_the_parts_have_the_names_that_the_page_has(visit: Visit, session: AnySession) -> None:
    work = make_assignment(session, state="draft", published_at=None)
    writer = Writer(visit, session, work.host, edit(work, "place"))
    parts = re.findall(r'id="([a-z-]+)"[^>]* data-part', writer.write(weeks="8"))
    assert set(parts) == {"coach-link", "coach-score", "coach-advice", "supply-count", "supply-costs"}
    assert set(parts) <= set(writer.page.markup.ids)


def test_counts_move_with_the_level_that_is_asked(visit: Visit, session: AnySession) -> None:
    vio = make_vio(session)
    for level, number in (("B2", 6), ("B1", 8)):
        for _person in range(number):
            make_volunteer(session, vio, languages={"fr": level})
    work = make_assignment(session, make_host(session, vio), languages={"fr": "B2"}, state="draft", published_at=None)
    writer = Writer(visit, session, work.host, edit(work, "skills"))
    assert "about 5 of about 15 volunteers" in writer.page.text
    assert "about 15 of about 15 volunteers" in writer.write(**{"languages-0-level": "B1"})


def test_a_draft_that_asks_for_nothing_is_told_what_to_say_first(visit: Visit, session: AnySession) -> None:
    work = make_assignment(
        session, state="draft", published_at=None, skills={}, languages={}, mode=None, start_on=None, end_on=None
    )
    for _person in range(6):
        make_volunteer(session, work.vio)
    writer = Writer(visit, session, work.host, edit(work, "place"))
    assert "It cannot be counted yet" in writer.page.text
    assert "Choose at least one skill that the work needs." in writer.page.text
    moved = writer.write(mode="on_site", start_on=work.created_at.date().isoformat())
    assert "Not ruled out as it stands: about 5 of about 5 volunteers" in moved
    assert "There will be fewer" in moved
    assert "It cannot be counted yet" in writer.visitor.get(f"/host/assignments/{work.id}/supply").text


def test_sections_that_rule_nobody_out_show_no_counts(visit: Visit, session: AnySession) -> None:
    work = make_assignment(session, state="draft", published_at=None)
    writer = Writer(visit, session, work.host, edit(work, "work"))
    assert "supply-count" not in writer.page.text
    assert "supply-count" not in writer.write(tasks=GOOD)


@pytest.mark.parametrize("section", ["work", "nowhere"])
def test_anothers_assignment_does_not_move(visit: Visit, session: AnySession, section: str) -> None:
    mine, other = make_assignment(session, state="draft"), make_assignment(session, state="draft")
    writer = Writer(visit, session, mine.host, edit(mine, "work"))
    writer.path = edit(other if section == "work" else mine, section)
    writer.write(404, tasks=GOOD)
