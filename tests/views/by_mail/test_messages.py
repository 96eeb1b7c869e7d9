"""Messages of a stay reach a host without an account by its link, and its answers reach the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import Visitor
from tests.factories import AnySession
from tests.services.test_debriefs import Tokens
from tests.stays import coordinator_of, make_placement, user_of
from tests.views.by_mail.conftest import send_link
from tests.views.together.test_check_in_pages import LARGEST
from webapp.models import Mail
from webapp.models.messages import LONGEST_MESSAGE
from webapp.services import messages
from webapp.services.by_mail import asking

STATIC = Path(__file__).resolve().parents[3] / "webapp" / "static" / "lean.css"
SECRET = "The key lies under the blue pot."


def test_a_host_reads_and_answers_behind_its_link(client: Visitor, session: AnySession) -> None:
    placement = make_placement(session)
    who = coordinator_of(session, placement.receiving_vio)
    messages.write(session, user_of(placement.volunteer), placement, "When does the bus go?")
    path = send_link(session, placement.assignment, placement)
    page = client.get(path)
    assert "new: 1" in page.text
    page = client.get(page.link("Read and answer messages"))
    assert "When does the bus go?" in page.text
    assert "new: 1" not in client.get(path).text
    page = client.submit(page, status=422, text=" ")
    page = client.submit(page, text="At seven.")
    assert "At seven." in page.text
    session.expire_all()
    assert [one.side for one in messages.thread(session, placement)] == ["volunteer", "host"]
    assert messages.count_unread(session, who, placement) == 2
    assert "new:" not in client.get(path).text, "what it wrote itself is not new"
    path = send_link(session, placement.assignment, placement)
    assert "new:" not in client.get(path).text, "what was read behind an older link is read"


def test_the_letter_tells_once_that_there_are_some_and_never_what(session: AnySession) -> None:
    placement = make_placement(session)
    asking.send_due(session, str)
    messages.write(session, user_of(placement.volunteer), placement, SECRET)
    tokens = Tokens()
    for _morning in range(2):
        messages.send_digests(session)
        asking.send_due(session, tokens.keep)
    assert len(tokens) == 1
    letter = session.query(Mail).filter_by(to=placement.assignment.host.contact_email).order_by(Mail.id.desc()).first()
    assert letter is not None and letter.subject.startswith("New messages wait")
    assert tokens[0] in letter.body and SECRET not in letter.body


@pytest.mark.parametrize(("count", "text"), [(12, "字" * LONGEST_MESSAGE), (150, "Yes.")])
def test_the_page_stays_light_however_long_the_thread_is(
    client: Visitor, session: AnySession, count: int, text: str
) -> None:
    placement = make_placement(session)
    for _number in range(count):
        messages.write(session, user_of(placement.volunteer), placement, text)
    path = send_link(session, placement.assignment, placement)
    page, seen = client.get(f"{path}placements/{placement.id}/messages"), 0
    for _page in range(20):
        assert len(page.response.data) + STATIC.stat().st_size < LARGEST
        seen += page.text.count(text)
        if "Earlier messages" not in page.text:
            break
        page = client.get(page.link("Earlier messages"))
    assert seen == count


def test_no_link_opens_messages_of_another_stay(client: Visitor, session: AnySession) -> None:
    placement, other = make_placement(session), make_placement(session)
    path = send_link(session, placement.assignment, placement)
    client.get(f"{path}placements/{other.id}/messages", status=404)
