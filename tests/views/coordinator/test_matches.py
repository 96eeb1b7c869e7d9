"""The match review: who is named, what is kept, what is all or nothing."""

from __future__ import annotations

import re

from tests.browser import Page
from tests.factories import make_application, make_assignment, make_host, make_vio, make_volunteer
from tests.views.coordinator.conftest import Office
from webapp.models import CountryWish, Mail, MatchInvitation, Review, VolunteerLanguage
from webapp.services import ranking


def _review(office: Office, query: str = "") -> str:
    return f"/coordinator/assignments/{office.assignment.id}/matches{query}"


def _listed(page: Page) -> list[str]:
    return re.findall(r'name="match" value="(\d+)"', page.text)


def test_own_people_are_named_and_people_elsewhere_are_not(office: Office) -> None:
    page = office.visitor.get(_review(office))
    assert "Sevda Yıldız" in page.text
    assert "Пётр Лесной" in page.text
    assert "王小明" not in page.text
    assert f"/coordinator/matches/{office.match(office.elsewhere).id}" in page.text


def test_person_elsewhere_has_no_profile_on_the_match_page(office: Office) -> None:
    page = office.visitor.get(f"/coordinator/matches/{office.match(office.elsewhere).id}")
    assert "王小明" not in page.text
    assert str(office.elsewhere.email) not in page.text
    assert "belongs to another organization" in page.text


def test_filters_tell_nothing_of_who_belongs_to_another_office_until_they_apply(office: Office) -> None:
    office.elsewhere.languages.append(VolunteerLanguage(language="ja", level="C1"))
    office.elsewhere.wishes.append(CountryWish(kind="route", code="nelb"))
    office.rank()
    link = f"/coordinator/matches/{office.match(office.elsewhere).id}"
    skill = office.assignment.skills[0].skill
    ways = [f"?skill={skill}", "?language=ja", "?route=nelb"]
    assert link in office.visitor.get(_review(office)).text
    assert not any(link in office.visitor.get(_review(office, way)).text for way in ways)
    assert "Japanese" not in office.visitor.get(_review(office)).text
    make_application(office.session, office.elsewhere, office.assignment)
    office.session.commit()
    assert all(link in office.visitor.get(_review(office, way)).text for way in ways)
    assert "Japanese" in office.visitor.get(_review(office)).text


def test_person_elsewhere_is_named_after_an_application_but_without_contact(office: Office) -> None:
    make_application(office.session, office.elsewhere, office.assignment)
    office.session.commit()
    page = office.visitor.get(f"/coordinator/matches/{office.match(office.elsewhere).id}")
    assert "王小明" in page.text
    assert str(office.elsewhere.email) not in page.text


def test_what_was_written_with_an_application_goes_when_it_is_withdrawn(office: Office) -> None:
    applied = make_application(office.session, office.elsewhere, office.assignment, note="Yours, Xiaoming")
    office.session.commit()
    path = f"/coordinator/matches/{office.match(office.elsewhere).id}"
    assert "Yours, Xiaoming" in office.visitor.get(path).text
    applied.state = "withdrawn"
    office.session.commit()
    assert "Yours, Xiaoming" not in office.visitor.get(path).text


def test_another_vios_assignment_does_not_exist(office: Office) -> None:
    foreign = make_assignment(office.session, make_host(office.session, make_vio(office.session)))
    office.session.commit()
    for path in ("", "/matches", "/compare", "/sheet"):
        office.visitor.get(f"/coordinator/assignments/{foreign.id}{path}", 404)


def test_numbers_of_the_match_page_add_up_to_the_score(office: Office) -> None:
    match = office.match(office.own)
    page = office.visitor.get(f"/coordinator/matches/{match.id}")
    foot = page.text.split("<tfoot>")[1].split("</tfoot>")[0]
    assert f">{match.score:.2f}<" in foot
    assert abs(sum(reason["contribution"] for reason in match.reasons) - match.score) < 1e-9


def test_blind_mode_hides_names_on_every_page_until_it_is_left(office: Office) -> None:
    make_application(office.session, office.own, office.assignment, note="Yours, Sevda")
    office.session.commit()
    ids = [office.match(one).id for one in (office.own, office.unclaimed)]
    office.visitor.get(_review(office, "?blind=1"))
    paths = [
        _review(office),
        f"/coordinator/matches/{ids[0]}",
        f"/coordinator/assignments/{office.assignment.id}/compare?match={ids[0]}&match={ids[1]}",
        f"/coordinator/assignments/{office.assignment.id}/sheet?best=10",
        "/coordinator/applications",
        f"/coordinator/volunteers/{office.own.id}",
        "/coordinator/volunteers",
    ]
    for path in paths:
        page = office.visitor.get(path)
        assert not re.search("Sevda|Yıldız|Пётр|Лесной", page.text), path
        assert str(office.own.email) not in page.text, path
    page = office.visitor.get(f"/coordinator/matches/{ids[0]}")
    office.visitor.submit(page, decision="endorse:skills_fit")
    assert office.session.query(Review).one().was_blind
    assert "Sevda Yıldız" in office.visitor.get(_review(office, "?blind=0")).text


def test_dismissal_keeps_its_reason_and_note(office: Office) -> None:
    page = office.visitor.get(f"/coordinator/matches/{office.match(office.own).id}")
    page = office.visitor.submit(page, decision="dismiss:language", note="Spoke on the telephone.")
    assert "a language" in page.text
    review = office.session.query(Review).one()
    assert (review.verdict, review.reason_code, review.note) == ("dismiss", "language", "Spoke on the telephone.")
    office.rank()
    assert "dismissed" in office.visitor.get(_review(office, "?reviewed=dismiss")).text


def test_other_reason_needs_words(office: Office) -> None:
    page = office.visitor.get(f"/coordinator/matches/{office.match(office.own).id}")
    page = office.visitor.submit(page, status=422, decision="dismiss:other", note=" ")
    assert "Say in the note" in page.text
    assert office.session.query(Review).count() == 0


def test_bulk_decision_is_all_or_nothing(office: Office) -> None:
    page = office.visitor.get(_review(office))
    both = [str(office.match(one).id) for one in (office.own, office.unclaimed)]
    page = office.visitor.submit(page, status=422, match=both, decision="invite:fits_well")
    assert "has not claimed the profile yet" in page.text
    assert page.text.count("checked") == 2
    assert office.session.query(Review).count() == office.session.query(MatchInvitation).count() == 0
    office.visitor.submit(page, match=both, decision="endorse:skills_fit")
    assert office.session.query(Review).count() == 2


def test_a_match_of_another_assignment_cannot_be_judged_here(office: Office) -> None:
    foreign = make_assignment(office.session, office.host, title="Second ward")
    page = office.visitor.get(_review(office))
    ranking.rank_assignment(office.session, foreign)
    office.session.commit()
    stray = str(office.match(office.own, foreign).id)
    office.visitor.submit(page, status=404, match=[stray], decision="endorse:skills_fit")
    assert office.session.query(Review).count() == 0


def test_person_elsewhere_is_invited_without_the_coordinator_learning_the_name(office: Office) -> None:
    page = office.visitor.get(f"/coordinator/matches/{office.match(office.elsewhere).id}")
    page = office.visitor.submit(page, decision="invite:rare_skill")
    assert "王小明" not in page.text
    letters = [mail.to for mail in office.session.query(Mail) if "invited" in mail.subject]
    assert letters == [office.elsewhere.email]
    assert "王小明" not in office.visitor.get("/coordinator/invitations").text


def test_invitation_needs_consent_for_work_abroad(office: Office) -> None:
    at_home = make_volunteer(office.session, office.vio, residence="KE", consents=("matching",))
    office.rank()
    match = office.match(at_home)
    at_home.residence = "CN"
    office.session.commit()
    page = office.visitor.get(f"/coordinator/matches/{match.id}")
    assert "has not consented" in office.visitor.submit(page, status=422, decision="invite:fits_well").text


def test_applications_elsewhere_are_a_count_only(office: Office) -> None:
    foreign = make_assignment(office.session, make_host(office.session), title="Secret ward of others")
    make_application(office.session, office.own, foreign)
    office.session.commit()
    page = office.visitor.get(f"/coordinator/matches/{office.match(office.own).id}")
    assert "1 application elsewhere" in page.text
    assert "Secret ward" not in page.text
    page = office.visitor.get(f"/coordinator/volunteers/{office.own.id}")
    assert "1 application runs with another organization" in page.text
    assert "Secret ward" not in page.text


def test_filters_narrow_the_list(office: Office) -> None:
    make_volunteer(office.session, office.vio, full_name="Ana Sol", languages={"fr": "C1", "es": "N"})
    office.rank()
    office.visitor.get(_review(office))
    page = office.visitor.get(_review(office, "?language=es"))
    assert "Ana Sol" in page.text
    assert "Sevda" not in page.text
    page = office.visitor.get(_review(office, "?skill=NUR-01&reviewed=none"))
    assert "Sevda" in page.text
    assert "Sevda" not in office.visitor.get(_review(office, "?reviewed=endorse")).text
    assert "Sevda" not in office.visitor.get(_review(office, "?status=near")).text


def test_near_matches_say_what_is_missing_and_rules_are_counted(office: Office) -> None:
    make_volunteer(office.session, office.vio, full_name="Nora Near", languages={"fr": "A2"})
    make_volunteer(office.session, office.vio, languages={"fr": "A1"}, stay_max_weeks=1, stay_min_weeks=1)
    office.rank()
    page = office.visitor.get(_review(office, "?status=near"))
    assert "Nora Near" in page.text
    assert "Would have to change" in page.text
    assert "language below its minimum" in page.text


def test_lists_longer_than_a_page_are_paged(office: Office) -> None:
    for number in range(30):
        make_volunteer(office.session, office.vio, full_name=f"Many {number}")
    office.rank()
    first = office.visitor.get(_review(office, "?reviewed=none"))
    second = office.visitor.get(first.link("Next"))
    assert "33 people" in first.text
    assert "33 people" in second.text
    assert [len(_listed(page)) for page in (first, second)] == [20, 13]
    assert len({*_listed(first), *_listed(second)}) == 33
    assert _listed(office.visitor.get(second.link("Previous"))) == _listed(first)
    decided = office.visitor.submit(second, match=_listed(second)[:1], decision="endorse:skills_fit")
    assert _listed(decided) == _listed(second)[1:]


def test_two_or_three_are_compared(office: Office) -> None:
    page = office.visitor.get(_review(office))
    ids = [str(office.match(one).id) for one in (office.own, office.unclaimed, office.elsewhere)]
    side = office.visitor.submit(page, match=ids, button="side by side")
    assert side.heading == "Side by side"
    assert "Sevda" in side.text
    assert "王小明" not in side.text
    page = office.visitor.submit(page, status=422, match=ids[:1], button="side by side")
    assert "two or three" in page.text


def test_route_wording_off_hides_routes_and_map(office: Office) -> None:
    path = f"/coordinator/matches/{office.match(office.own).id}"
    assert "route-map" in office.visitor.get(path).text
    office.vio.route_wording = False
    office.session.commit()
    assert "route-map" not in office.visitor.get(path).text


def test_country_off_the_graph_says_so(office: Office) -> None:
    office.assignment.country = "IS"
    office.rank()
    page = office.visitor.get(f"/coordinator/matches/{office.match(office.own).id}")
    assert "is not in the data set of routes" in page.text


def test_sheet_marks_who_has_not_applied_or_claimed(office: Office) -> None:
    path = f"/coordinator/assignments/{office.assignment.id}/sheet"
    assert "Лесной" not in office.visitor.get(path).text
    page = office.visitor.get(f"/coordinator/matches/{office.match(office.unclaimed).id}")
    office.visitor.submit(page, decision="endorse:skills_fit")
    make_application(office.session, office.own, office.assignment)
    office.session.commit()
    page = office.visitor.get(path)
    rows = dict(re.findall(r'<th scope="row"><bdi>(.*?)</bdi>(.*?)</th>', page.text, re.DOTALL))
    assert "has not claimed the profile" in rows["Пётр Лесной"]
    assert "has not applied" in rows["Пётр Лесной"]
    assert "has not applied" not in rows["Sevda Yıldız"]
    assert "seed" in page.text
    assert "王小明" not in office.visitor.get(f"{path}?best=10").text
