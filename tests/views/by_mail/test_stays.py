"""What a host without account does about a stay: signs, answers the five questions, says how it was."""

from __future__ import annotations

from pathlib import Path

import time_machine

from tests.browser import Visitor
from tests.clearing import clear_everything
from tests.factories import AnySession
from tests.stays import AGREED, coordinator_of, make_placement, user_of
from tests.views.by_mail.conftest import send_link
from tests.views.together.test_check_in_pages import FINE, LARGEST
from webapp.models import Placement
from webapp.services import check_ins, debriefs, placements, signings
from webapp.services.debrief_questions import QUESTIONS

STATIC = Path(__file__).resolve().parents[3] / "webapp" / "static" / "lean.css"


def _sign_as_volunteer(session: AnySession, placement: Placement) -> None:
    waiting = signings.standing(session, placement).waiting
    assert waiting is not None
    given = ("Ы. Асанова", AGREED, "en", signings.fingerprint(AGREED))
    signings.sign(session, user_of(placement.volunteer), placement, waiting.number, *given)


def test_a_host_without_account_sees_a_stay_through(client: Visitor, session: AnySession) -> None:
    placement = make_placement(session)
    _sign_as_volunteer(session, placement)
    path = send_link(session, placement.assignment, placement)
    page = client.get(client.get(path).link("Read and sign"))
    client.submit(page, action="/sign", name="Matron Wanjiru")
    session.expire_all()
    in_force = signings.standing(session, placement).in_force
    assert in_force is not None
    assert "Read what was agreed" in client.get(path).text
    clear_everything(session, placement)
    placements.start(session, coordinator_of(session, placement.receiving_vio), placement, placement.starts_on)
    first = check_ins.check_ins_of(session, placement)[0]
    with time_machine.travel(first.due_on):
        path = send_link(session, placement.assignment, placement)
        page = client.get(client.get(path).link("Answer"))
        assert len(page.response.data) + STATIC.stat().st_size < LARGEST
        assert "Thank you" in client.submit(page, **FINE).text
        session.expire_all()
        said = first.answer_of("host")
        assert said is not None and said.user_id is None
    with time_machine.travel(placement.ends_on):
        path = send_link(session, placement.assignment, placement)
        page = client.get(f"{path}placements/{placement.id}/debrief")
        assert len(page.response.data) + STATIC.stat().st_size < LARGEST
        answers = {f"says_{code}": "cannot_say" for code in QUESTIONS["host"]}
        client.submit(page, overall="4", as_expected="4", words="", **answers)
        assert debriefs.said_by(session, placement, "host") is not None
        assert client.get(f"{path}placements/{placement.id}/debrief").path == path, "it is asked once"


def test_a_link_of_a_stay_opens_no_other_stay_and_no_applicants(client: Visitor, session: AnySession) -> None:
    placement = make_placement(session)
    other = make_placement(session)
    path = send_link(session, placement.assignment, placement)
    for rest in ("", "/agreement", "/debrief", "/check-ins"):
        client.get(f"{path}placements/{other.id}{rest}", status=404)
    client.get(f"{path}applicants/{placement.offer.application_id}", status=404)
