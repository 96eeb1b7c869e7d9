"""A host reads who comes when, and how to reach the person while it may."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser import Visitor
from tests.clearing import CLOSE, clear_everything, item_of
from tests.factories import PASSWORD, AnySession, make_assignment, make_host, make_host_user, make_volunteer
from tests.stays import KIND_WORDS, coordinator_of, make_placement, make_selectable, user_of
from webapp.services import applications, clearances, emergency


def test_a_host_sees_its_placements_and_no_others(session: AnySession, visit: Callable[[], Visitor]) -> None:
    work = make_assignment(session)
    mine = make_placement(
        session, make_selectable(session, work, volunteer=make_volunteer(session, work.vio, full_name="林小雨 Lin"))
    )
    beside = make_assignment(session, make_host(session, work.vio))
    make_placement(
        session,
        make_selectable(session, beside, volunteer=make_volunteer(session, work.vio, full_name="Somebody Else")),
    )
    account = make_host_user(session, work.host)
    session.commit()
    visitor = visit()
    visitor.sign_in(account.email, PASSWORD)
    page = visitor.get(visitor.get("/host/").link("Placements"))
    assert "林小雨" in page.text and str(mine.volunteer.email) in page.text and "being prepared" in page.text
    assert "Somebody Else" not in page.text
    visitor.get("/host/placements/?page=77")
    applications.withdraw(session, user_of(mine.volunteer), mine.offer.application)
    session.commit()
    page = visitor.get("/host/placements/")
    assert "林小雨" not in page.text and str(mine.volunteer.email) not in page.text


def test_a_host_reads_cleared_or_not_yet_and_a_card_without_who_is_close(
    session: AnySession, visit: Callable[[], Visitor]
) -> None:
    work = make_assignment(session)
    mine = make_placement(session, make_selectable(session, work, volunteer=make_volunteer(session, full_name="Lin")))
    emergency.name_close(session, user_of(mine.volunteer), mine, {**CLOSE, "close_name": "Mother Zhao"})
    medical, account = item_of(session, mine, "medical"), make_host_user(session, work.host)
    clearances.hand_in(session, user_of(mine.volunteer), medical, "My heart is fine again.")
    clearances.refuse(session, coordinator_of(session, mine.sending_vio), medical, KIND_WORDS)
    other = make_placement(session, make_selectable(session, make_assignment(session, make_host(session, work.vio))))
    session.commit()
    visitor = visit()
    visitor.sign_in(account.email, PASSWORD)
    page = visitor.get(visitor.get("/host/placements/").link("Is everything cleared?"))
    assert "not yet" in page.text
    for hidden in ("heart", "refused", KIND_WORDS, "Mother Zhao"):
        assert hidden not in page.text
    assert "Print the emergency card" not in page.text, "nothing is on it that a host reads"
    office = coordinator_of(session, work.vio)
    emergency.fill_in(session, office, mine, {**dict.fromkeys(emergency.OFFICE, ""), "office_phone": "+86 10 77"})
    session.commit()
    page = visitor.get(page.path)
    card = visitor.get(page.link("Print the emergency card"))
    assert "+86 10 77" in card.text
    assert "Lin" in card.text and "Mother Zhao" not in card.text and "Please call" not in card.text
    clear_everything(session, mine)
    session.commit()
    assert "not yet" not in visitor.get(page.path).text
    for path in ("clearances", "card"):
        assert visitor.client.get(f"/host/placements/{other.id}/{path}").status_code == 404
