"""The story of a person and of an assignment: whole, in its order, and only what this office may know."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import delete, select

from tests.browser import Visitor
from tests.factories import (
    PASSWORD,
    AnySession,
    make_application,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.stays import make_active
from webapp import clock
from webapp.db import own_session
from webapp.models import Application, Assignment, FileLook, HelpCall, Mail, MatchRun, Review, User, Vio, Volunteer
from webapp.services import audit, judgements, old_matches, ranking, shortlists, visibility
from webapp.services.judgements import Word
from webapp.services.replay.standing import KEPT_FOR
from webapp.services.story import changes, stories
from webapp.services.story.cutting import Cut, page_of
from webapp.services.story.lines import ACTIONS, KINDS, Line, Spot
from webapp.views.coordinator import story_words


@dataclass
class Scene:
    """An office with a person, an assignment, and a coordinator who is signed in."""

    vio: Vio
    who: User
    person: Volunteer
    work: Assignment
    visitor: Visitor


@pytest.fixture
def scene(session: AnySession, visit: Callable[[], Visitor]) -> Scene:
    """Return an office in which a person was ranked, judged, and has applied and been declined."""
    vio = make_vio(session)
    who = make_user(session, "coordinator", vio, display_name="Lin Colleague")
    work = make_assignment(session, make_host(session, vio))
    person = make_volunteer(session, vio, full_name="Amina Story")
    ranking.rank_volunteer(session, person)
    (match,) = visibility.current_matches(session, work)
    judgements.judge(session, who, work, [match], Word("endorse", "skills_fit", "Has done this before.", False))
    application = make_application(session, person, work)
    audit.record(session, person.user, "application_submitted", application, vio.id)
    visitor = visit()
    visitor.sign_in(who.email, PASSWORD)
    session.commit()
    return Scene(vio, who, person, work, visitor)


def _person(scene: Scene, more: str = "") -> str:
    return scene.visitor.get(f"/coordinator/volunteers/{scene.person.id}/story{more}").text


def _work(scene: Scene, more: str = "") -> str:
    return scene.visitor.get(f"/coordinator/assignments/{scene.work.id}/story{more}").text


def test_a_person_s_story_tells_what_happened_in_its_order(scene: Scene) -> None:
    page = _person(scene)
    told = [
        "The profile was made",
        "Profile saved, and ranked: fits 1 of your assignments",
        "Match endorsed",
        "Applied",
    ]
    places = [page.index(one) for one in told]
    assert places == sorted(places)
    assert "best " in page and "of 100" in page  # the score, and what gave it
    assert "the skills fit well" in page and "Has done this before." in page and "Lin Colleague" in page
    assert page.index("Opened the profile with contact data") > places[-1]  # this very look; its day ends last


def test_what_was_changed_in_a_profile_is_named(scene: Scene, session: AnySession) -> None:
    ranking.rank_volunteer(session, scene.person)
    scene.person.skills, scene.person.stay_max_weeks = [], 40
    session.flush()
    ranking.rank_volunteer(session, scene.person)
    session.commit()
    page = _person(scene, "?kind=matching")
    assert page.count("Profile saved") == 3 and page.count("changed: skills, when they have time") == 1
    assert page.count("changed:") == 1
    assert set(story_words.PARTS) == set(changes.PARTS)


def test_a_story_counts_no_matches_that_may_be_gone(scene: Scene, session: AnySession) -> None:
    ranking.rank_volunteer(session, scene.person)
    for run in session.scalars(select(MatchRun)):
        run.created_at = run.finished_at = clock.now() - KEPT_FOR - timedelta(days=2)
    session.commit()
    assert old_matches.forget(own_session, clock.now()) == 0, "one was judged, and whoever applied keeps theirs"
    for table in (Review, Application):
        session.execute(delete(table))
    session.commit()
    assert old_matches.forget(own_session, clock.now()) > 0
    session.commit()
    page = _person(scene, "?kind=matching")
    assert page.count("Profile saved, and ranked") == 2 and "fits 1" not in page


def test_a_story_is_narrowed_to_one_kind(scene: Scene) -> None:
    page = _person(scene, "?kind=review")
    assert "Match endorsed" in page and "Applied" not in page
    assert "Applied" in _person(scene, "?kind=nonsense")


def test_an_assignment_s_story_names_people_as_they_may_be_named(scene: Scene, session: AnySession) -> None:
    stranger = make_volunteer(session, full_name="Stranger Zq", open_to_all=True)
    ranking.rank_assignment(session, scene.work)
    match = next(m for m in visibility.current_matches(session, scene.work) if m.volunteer_id == stranger.id)
    judgements.judge(session, scene.who, scene.work, [match], Word("dismiss", "language", "", False))
    session.commit()
    page = _work(scene)
    assert "Ranked: fits 2, nearly 0" in page and "Amina Story" in page
    assert "Stranger Zq" not in page and "Person " in page
    assert "Amina Story" not in _work(scene, "?blind=1")


def test_while_names_are_hidden_a_person_s_story_is_closed(scene: Scene) -> None:
    page = _person(scene, "?blind=1")
    assert "Amina Story" not in page and "Match endorsed" not in page
    assert "spreadsheet" not in page
    work = scene.visitor.get(f"/coordinator/assignments/{scene.work.id}/story")
    token = work.form(action="story.csv").data()["csrf_token"]
    path = f"/coordinator/volunteers/{scene.person.id}/story.csv"
    assert scene.visitor.client.post(path, data={"csrf_token": token}).status_code == 409


def test_nothing_of_another_office_s_doing_is_told(scene: Scene, session: AnySession) -> None:
    elsewhere = make_assignment(session, title="Elsewhere Zq")
    scene.person.open_to_all = True
    applied = make_application(session, scene.person, elsewhere)
    audit.record(session, scene.person.user, "application_submitted", applied, elsewhere.vio_id)
    ranking.rank_volunteer(session, scene.person)
    other = make_user(session, "coordinator", elsewhere.vio, display_name="Other Zq")
    session.add(
        FileLook(
            volunteer_id=scene.person.id,
            by_id=other.id,
            role="coordinator",
            vio_id=elsewhere.vio_id,
            what="profile",
            day=clock.today(),
        )
    )
    _letter(session, scene.person, "applications")
    session.commit()
    page = _person(scene)
    assert "Zq" not in page and page.count("Applied") == 1 and "A letter was written" not in page


def _letter(session: AnySession, person: Volunteer, kind: str) -> None:
    columns = {"to": "x@y.example", "subject": "Secret Zq", "body": "Secret Zq", "created_at": clock.now()}
    session.add(Mail(**columns, message_id=f"<{kind}{person.id}@x>", user_id=person.user_id, kind=kind))
    session.flush()


def test_letters_are_told_without_what_they_say_and_none_about_safety(scene: Scene, session: AnySession) -> None:
    for kind in ("applications", "safety", "mentors"):
        _letter(session, scene.person, kind)
    session.commit()
    page = _person(scene)
    assert page.count("A letter was written to the person") == 1 and "Secret" not in page


def test_what_focal_points_hold_stands_nowhere(scene: Scene, session: AnySession) -> None:
    placement = make_active(
        session, make_application(session, scene.person, make_assignment(session, scene.work.host), state="shortlisted")
    )
    for kind in ("report", "help_call", "incident", "supporter_link", "mentorship"):
        assert kind not in ACTIONS
    call = {"volunteer_id": scene.person.id, "placement_id": placement.id, "severity": "now", "phone": "Zq"}
    session.add(HelpCall(**call, vio_id=scene.vio.id, created_at=clock.now(), state_at=clock.now()))
    session.commit()
    assert "Zq" not in _person(scene) and "Placement begun" in _person(scene)


def test_other_offices_find_no_story(scene: Scene, session: AnySession, visit: Callable[[], Visitor]) -> None:
    other = make_user(session, "coordinator")
    session.commit()
    visitor = visit()
    visitor.sign_in(other.email, PASSWORD)
    for path in (f"volunteers/{scene.person.id}", f"assignments/{scene.work.id}"):
        visitor.get(f"/coordinator/{path}/story", 404)


def test_a_story_goes_on_page_by_page_without_a_gap(scene: Scene, session: AnySession) -> None:
    for _ in range(4):
        ranking.rank_volunteer(session, scene.person)
    whole = stories.of_person(session, scene.who, scene.person, "", Cut()).lines
    assert len(whole) > 6 and [line.spot for line in whole] == sorted(line.spot for line in whole)
    forth, cut = [], Cut(most=2)
    while True:
        page = stories.of_person(session, scene.who, scene.person, "", cut)
        forth += page.lines
        if page.following is None:
            break
        cut = Cut(after=page.following, most=2)
    assert [line.spot for line in forth] == [line.spot for line in whole]
    back: list[Line] = []
    cut = Cut(before=whole[-1].spot, most=2)
    while cut.before:
        page = stories.of_person(session, scene.who, scene.person, "", cut)
        back, cut = [*page.lines, *back], Cut(before=page.previous, most=2)
    assert [line.spot for line in back] == [line.spot for line in whole[:-1]]
    assert Spot.read(str(whole[3].spot)) == whole[3].spot
    for wrong in ("", "x", "1-2", "99999999999999999999-1-1", "20261131000000000000-1-1", "²-1-1"):
        assert Spot.read(wrong) is None


def test_a_story_is_taken_away_as_a_file_that_says_so(scene: Scene, session: AnySession) -> None:
    story = scene.visitor.get(f"/coordinator/volunteers/{scene.person.id}/story")
    answer = scene.visitor.submit(story, action="story.csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == ["at", "kind", "what", "why", "about", "who", "run"]
    assert "Match endorsed" in {row[2] for row in rows}
    assert "Took the person's data away in a list".replace("'", "&#39;") in _person(scene, "?kind=look")
    assert "story_exported" in {one.action for one in audit.history_of(session, scene.person)}


def test_reasons_for_a_no_are_told(scene: Scene, session: AnySession) -> None:
    application = session.query(Application).filter_by(volunteer_id=scene.person.id, assignment_id=scene.work.id).one()
    host = make_user(session, "host", scene.vio, host_id=scene.work.host_id)
    words = "Thank you; somebody with more years on a ward was chosen."
    shortlists.decline(session, host, application, "level", words)
    session.commit()
    for page in (_person(scene), _work(scene)):
        assert "Declined" in page and "The work needs more experience than the profile shows." in page


def test_every_line_has_its_words() -> None:
    for _kind, actions in ACTIONS.values():
        assert set(actions) <= set(story_words.WORDS)
    assert set(KINDS) == set(story_words.KINDS)


def test_the_page_of_a_run_says_what_it_was_made_from(scene: Scene, session: AnySession) -> None:
    run = ranking.rank_volunteer(session, scene.person)
    session.commit()
    page = scene.visitor.get(f"/coordinator/runs/{run.id}").text
    assert run.result in page and run.fingerprint in page and "it can be made again" in page
    other = ranking.rank_volunteer(session, make_volunteer(session))
    session.commit()
    scene.visitor.get(f"/coordinator/runs/{other.id}", 404)
    assert "Matches with your assignments" in page
    run.created_at = run.finished_at = clock.now() - KEPT_FOR - timedelta(days=2)
    session.commit()
    page = scene.visitor.get(f"/coordinator/runs/{run.id}").text
    assert "Matches with your assignments" not in page, "some may be gone"


def test_story_in_a_file_ends_with_its_most_lines_and_one_without_lines_is_empty(
    scene: Scene, session: AnySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        ranking.rank_volunteer(session, scene.person)
    everything = stories.of_person(session, scene.who, scene.person, "", Cut()).lines
    monkeypatch.setattr(stories, "Cut", partial(Cut, most=2))
    kept = stories.whole(session, scene.who, scene.person, "", most=3)
    assert [line.spot for line in kept] == [line.spot for line in everything[:3]]
    page = page_of(session, [lambda *_asked: []], Cut())
    assert (page.lines, page.previous, page.following) == ([], None, None)
