"""The pages on what counts in the score: who decides, who is named, what is shown."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.browser import Page
from tests.factories import (
    NOTHING_MOVES,
    let_country_weigh,
    make_assignment,
    make_host,
    make_user,
    make_vio,
    make_volunteer,
)
from tests.matching.test_learning_models import TREES
from tests.views.coordinator.conftest import Office
from webapp.db import own_session
from webapp.models import LearningRun, MatchRun, ScoreModel
from webapp.services import (
    learning,
    learning_preview,
    learning_runs,
    models_in_force,
    ranking,
    score_models,
    version_comparison,
)

PAGE = "/coordinator/learning"


def _proposal(office: Office, share: float = 0.05) -> ScoreModel:
    """Make a proposal with its preview, as a look at the decisions does."""
    outcome = learning.with_country_weight(None, share)
    material = learning_preview.material(office.session, office.vio.id)
    preview = learning_preview.compared(material, None, outcome)
    figures = dict.fromkeys(("gain", "gain_low", "gain_high", "pairs_gain", "pairs_gain_low", "pairs_gain_high"), 0.05)
    figures |= {f"{what}_{of}": 0.8 for what in ("ndcg", "pairs") for of in ("default", "current", "proposal")}
    outcome.figures.update(figures | {"decisions": 60, "assignments": 21})
    made = score_models.propose(office.session, None, office.vio.id, outcome, preview=preview)
    office.session.commit()
    return made


def test_page_says_what_is_in_force_and_that_nothing_was_asked(office: Office) -> None:
    page = office.visitor.get(PAGE)
    assert page.heading == "What counts in the score"
    assert "The weights of the installation" in page.text
    assert "Nobody has asked yet" in page.text
    assert "45.0 %" in page.text


def test_a_look_is_queued_and_its_end_is_told(office: Office) -> None:
    page = office.visitor.submit(office.visitor.get(PAGE), action="/learning/ask")
    assert "under way" in page.text
    run = office.session.scalars(select(LearningRun)).one()
    assert (run.vio_id, run.requested_by_id, run.state) == (office.vio.id, office.coordinator.id, "queued")
    run.state, run.outcome, run.assignments, run.decisions = "finished", "too_few", 4, 9
    run.finished_at = run.created_at
    office.session.commit()
    page = office.visitor.get(PAGE)
    assert "decisions on 4 of the 20 assignments" in page.text


def test_a_proposal_shows_before_and_after_and_is_let_in_with_a_reason(office: Office) -> None:
    made = _proposal(office)
    office.visitor.get(office.visitor.get(PAGE).link("Look at it and decide"))
    page = office.visitor.get(f"{PAGE}/{made.id}")
    assert "Sevda Yıldız" in page.text
    assert "王小明" not in page.text, "of another office, and not named to this one"
    assert "Of 100 pairs" in page.text
    office.visitor.submit(page, action="/approve", reason=" ", status=422)
    assert made.state == "proposed"
    page = office.visitor.submit(page, action="/approve", reason="As we work.")
    assert "ranked anew" in page.text
    assert "As we work." in page.text
    assert made.state == "approved"
    assert "Installation" in page.text, "now there are two columns that differ"
    assert office.session.scalars(select(MatchRun).where(MatchRun.state == "queued")).one().scope == "everything"


def test_what_people_at_the_top_would_bring_is_told_and_a_clear_loss_is_named(office: Office) -> None:
    made = _proposal(office)
    page = office.visitor.get(f"{PAGE}/{made.id}")
    assert "What people at the top would bring" in page.text
    assert "clearly less" not in page.text
    brought = made.preview["brought"]
    assert list(brought) == ["skills", "country", "languages", "availability", "interests"]
    made.preview = {**made.preview, "brought": {**brought, "skills": [0.84, 0.58]}}
    made.figures = {**made.figures, "kept_skills": 0.75}
    office.session.commit()
    text = office.visitor.get(f"{PAGE}/{made.id}").text
    assert "clearly less" in text and "58 of a hundred in place of 84" in text
    assert "It keeps at least 75 percent of the weight that it has now." in text


def test_who_comes_too_late_is_told_what_happened(office: Office) -> None:
    made = _proposal(office)
    for path in (f"{PAGE}/{made.id}/back", f"{PAGE}/default"):
        assert "That is not possible now" in _post(office, path, status=409)
    _post(office, f"{PAGE}/{made.id}/approve", reason="As we work.")
    assert "has let this version in already" in _post(office, f"{PAGE}/{made.id}/approve", status=409, reason="Too.")
    assert "in force already" in _post(office, f"{PAGE}/{made.id}/back", status=409)
    older = _proposal(office)
    newer = _proposal(office, 0.15)
    assert "waits no more" in _post(office, f"{PAGE}/{older.id}/reject", status=409, reason="Late.")
    assert newer.state == "proposed"
    assert "no shared weights yet" in _post(office, f"{PAGE}/shared", status=409)


def test_examples_hide_names_in_blind_mode(office: Office) -> None:
    made = _proposal(office)
    page = office.visitor.get(f"{PAGE}/{made.id}?blind=1")
    assert "Sevda" not in page.text
    assert "Person " in page.text


def test_who_took_consent_back_leaves_the_examples(office: Office) -> None:
    made = _proposal(office)
    consent = next(one for one in office.own.consents if one.purpose == "matching")
    consent.withdrawn_at = consent.recorded_at
    office.session.commit()
    assert "Sevda" not in office.visitor.get(f"{PAGE}/{made.id}").text


def test_a_proposal_is_turned_down_and_nothing_changes(office: Office) -> None:
    made = _proposal(office)
    office.visitor.get(f"{PAGE}/{made.id}")
    _post(office, f"{PAGE}/{made.id}/reject", reason="Too little behind it.")
    assert (made.state, made.reason) == ("rejected", "Too little behind it.")
    assert models_in_force.of_vio(office.session, office.vio.id) is None
    assert office.session.scalars(select(MatchRun).where(MatchRun.state == "queued")).first() is None
    assert "turned down" in office.visitor.get(PAGE).text


def _post(office: Office, path: str, *, status: int = 302, **values: str) -> str:
    token = office.visitor.get(PAGE).text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    response = office.visitor.client.post(path, data={"csrf_token": token, **values})
    assert response.status_code == status, path
    return response.text


def test_people_set_the_weight_of_the_country_and_roll_back(office: Office) -> None:
    page = office.visitor.get(PAGE)
    office.visitor.submit(page, action="/country", percent="50", reason="Far.", status=422)
    page = office.visitor.submit(page, action="/country", percent="35", reason="We serve our own road.")
    first = score_models.waiting(office.session, office.vio.id)
    assert "is being worked out" in page.text
    assert "We serve our own road." in page.text
    assert "Let it in" not in page.text
    assert models_in_force.of_vio(office.session, office.vio.id) is None
    page = _worked_out(office, first)
    assert "Sevda Yıldız" in page.text, "ten examples before and after, like every version"
    assert "it takes 10 of your own assignments" in page.text
    page = office.visitor.submit(page, action="/approve")
    assert models_in_force.of_vio(office.session, office.vio.id).weights["country"] == pytest.approx(0.35)
    assert first.reason == "We serve our own road."
    page = office.visitor.submit(page, action="/country", percent="10", reason="We serve many roads.")
    page = office.visitor.submit(_worked_out(office), action="/approve")
    page = office.visitor.submit(page, action=f"/{first.id}/back")
    assert models_in_force.of_vio(office.session, office.vio.id).id == first.id
    page = office.visitor.submit(page, action="/learning/default")
    assert models_in_force.of_vio(office.session, office.vio.id) is None
    assert "was in force" in page.text


def _worked_out(office: Office, version: ScoreModel | None = None) -> Page:
    """Let the background compare what waits, and return the page of it."""
    assert version_comparison.work_out_next(own_session)
    assert not version_comparison.work_out_next(own_session)
    office.session.expire_all()
    found = version or score_models.waiting(office.session, office.vio.id)
    return office.visitor.get(f"{PAGE}/{found.id}")


def test_who_proposes_is_warned_that_a_waiting_version_is_closed(office: Office) -> None:
    older = _proposal(office)
    page = office.visitor.get(PAGE)
    assert "Version 1 waits for a decision. A new proposal closes it" in page.text
    page = office.visitor.submit(page, action="/country", percent="35", reason="We serve our own road.")
    assert "Version 1 waited until now; it was closed" in page.text
    assert (older.state, older.decided_by_id) == ("rejected", None)


def test_a_comparison_that_fails_says_so_and_lets_nothing_in(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    made = score_models.propose_country_weight(office.session, office.coordinator, 35, "Ours.")
    office.session.commit()
    monkeypatch.delattr(learning_preview, "compared")
    page = _worked_out(office, made)
    assert "could not be worked out" in page.text
    assert "Let it in" not in page.text
    assert "Turn it down" in page.text


def test_versions_of_another_office_do_not_exist(office: Office) -> None:
    stranger = make_user(office.session, "coordinator", make_vio(office.session))
    foreign = let_country_weigh(office.session, stranger, 10, "Ours.")
    office.session.commit()
    office.visitor.get(f"{PAGE}/{foreign.id}", 404)
    assert "Ours." not in office.visitor.get(PAGE).text


def test_shared_weights_are_proposed_and_wait(office: Office) -> None:
    assert "There are none yet" in office.visitor.get(PAGE).text
    shared = score_models.propose(office.session, None, None, learning.with_country_weight(None, 0.3))
    shared.figures = {"decisions": 4321, "assignments": 98765, "gain": 0.5}
    office.session.commit()
    page = office.visitor.submit(office.visitor.get(PAGE), action="/learning/shared")
    assert "waits for your decision" in page.text
    page = _worked_out(office)
    assert "Sevda Yıldız" in page.text, "ten examples before and after, like every version"
    assert "By country of residence" in page.text
    assert "4321" not in page.text.replace(",", ""), "nothing that tells how much others decided"
    assert "98765" not in page.text.replace(",", ""), "nor on how many; a token of the page may hold three digits"
    waiting = score_models.waiting(office.session, office.vio.id)
    assert waiting.origin == "shared"
    assert waiting.weights["country"] == pytest.approx(0.20), "the weight that this office's people set"
    assert models_in_force.of_vio(office.session, office.vio.id) is None


def test_an_office_may_keep_its_decisions_to_itself(office: Office) -> None:
    page = office.visitor.get("/coordinator/settings")
    office.visitor.submit(page, contact_email=office.vio.contact_email, shares_decisions=None)
    office.session.refresh(office.vio)
    assert not office.vio.shares_decisions
    assert page.link("Set how much the country counts").endswith(f"{PAGE}#country")
    assert "do not count" in office.visitor.get(PAGE).text


def test_match_page_tells_range_and_meaning(office: Office) -> None:
    unsure = make_volunteer(office.session, office.vio, full_name="Aygül Demir", countries=())
    office.rank()
    path = f"/coordinator/matches/{office.match(unsure).id}"
    assert "not known." in office.visitor.get(path).text
    assert "Of 10 people" not in office.visitor.get(path).text
    run = learning_runs.ask(office.session, office.coordinator)
    run.state, run.finished_at, run.outcome = "finished", run.created_at, "no_gain"
    curve = {"slope": 4.0, "intercept": -2.0, "covariance": [0.1, -0.05, 0.05], "decisions": 300}
    run.calibrations = {str(learning.DEFAULT): curve}
    office.session.commit()
    assert "Of 10 people with such a score" in office.visitor.get(path).text


def test_everybody_reads_the_score_of_the_office_that_looks_after_the_assignment(office: Office) -> None:
    let_country_weigh(office.session, office.coordinator, 0, "The place does not matter.")
    ranking.rank_volunteer(office.session, office.own)
    elsewhere = make_assignment(office.session, make_host(office.session))
    ranking.rank_assignment(office.session, elsewhere)
    office.session.commit()
    page = office.visitor.get(f"/coordinator/matches/{office.match(office.own).id}")
    foot = page.text.split("<tfoot>")[1].split("</tfoot>")[0]
    assert f">{office.match(office.own).score:.2f}<" in foot


def _let_trees_in(office: Office) -> ScoreModel:
    """Put a version of trees in force, and rank with it."""
    outcome = learning.Outcome("", {}, TREES.to_json(), TREES.kind, TREES.weights, "0" * 64)
    made = score_models.propose(office.session, None, office.vio.id, outcome, preview=NOTHING_MOVES)
    score_models.approve(office.session, office.coordinator, made, "As we work.")
    office.rank()
    return made


def test_with_trees_the_lines_still_add_up_to_the_score_and_to_a_hundred(office: Office) -> None:
    unsure = make_volunteer(office.session, office.vio, full_name="Aygül Demir", languages={}, countries=())
    plain = {}
    for person in (office.own, unsure):
        office.rank()
        plain[person.id] = office.match(person).score
    made = _let_trees_in(office)
    for person in (office.own, unsure):
        match = office.match(person)
        assert match.score != plain[person.id]
        assert sum(one["contribution"] for one in match.reasons) == pytest.approx(match.score, abs=1e-9)
        assert sum(one["possible"] for one in match.reasons) == pytest.approx(100, abs=1e-9)
        page = office.visitor.get(f"/coordinator/matches/{match.id}")
        foot = page.text.split("<tfoot>")[1].split("</tfoot>")[0]
        assert f">{match.score:.2f}<" in foot
        assert ">100.00<" in foot
        low, high = learning.range_of(match.reasons, made)
        assert low <= match.score <= high
    assert f"Between {round(low)} and {round(high)}" in page.text
    assert "is no plain sum" in office.visitor.get(f"{PAGE}/{made.id}").text
