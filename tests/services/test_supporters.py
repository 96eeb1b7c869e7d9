"""A supporter is named for a placement, is asked to write at five times, and what the two write nobody else reads."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session as OrmSession

from tests.clearing import clear_everything
from tests.factories import make_user, make_volunteer
from tests.safe import make_line, make_report
from tests.stays import coordinator_of, make_placement, make_selectable, sign_both, user_of
from webapp.models import Mail, Placement, SupporterLink, SupportPrompt, User
from webapp.services import placements
from webapp.services.errors import NotFound, Refused
from webapp.services.safeguarding import incidents, support_prompts, supporters


def _supported(session: OrmSession) -> tuple[SupporterLink, User]:
    placement = make_placement(session)
    who = coordinator_of(session, placement.sending_vio)
    supporter = make_user(session, "supporter", placement.sending_vio, display_name="Rosa Lima")
    return supporters.name(session, who, placement.id, supporter.id), who


def _at(day: date) -> datetime:
    return datetime.combine(day, time(8), UTC)


def test_both_are_told_and_see_each_other(session: OrmSession) -> None:
    link, _who = _supported(session)
    volunteer = user_of(link.placement.volunteer)
    assert supporters.links_of(session, link.supporter) == supporters.links_of(session, volunteer) == [link]
    told = {mail.to for mail in session.query(Mail)}
    assert {link.supporter.email, volunteer.email} <= told


def test_nobody_else_reads_or_writes(session: OrmSession) -> None:
    link, who = _supported(session)
    vio = link.placement.sending_vio
    line = make_line(session, vio)
    supporters.write(session, user_of(link.placement.volunteer), link.id, "I am lonely here.")
    others = [
        who,
        line.first,
        make_user(session, "administrator"),
        make_user(session, "supporter", vio),
        user_of(make_volunteer(session, vio)),
    ]
    for account in others:
        with pytest.raises(NotFound):
            supporters.link_for(session, account, link.id)
        with pytest.raises(NotFound):
            supporters.write(session, account, link.id, "hello")
    assert not any("lonely" in mail.body + mail.subject for mail in session.query(Mail))


def test_only_the_sending_office_and_its_focal_points_name_one(session: OrmSession) -> None:
    sender = make_volunteer(session)
    placement = make_placement(session, make_selectable(session, volunteer=sender))
    assert placement.sending_vio_id != placement.receiving_vio_id
    own, foreign = (make_user(session, "supporter", vio) for vio in (placement.sending_vio, placement.receiving_vio))
    receiving = coordinator_of(session, placement.receiving_vio)
    focal_point = make_line(session, placement.sending_vio).first
    for account, supporter in ((receiving, foreign), (receiving, own), (focal_point, foreign)):
        with pytest.raises(NotFound):
            supporters.name(session, account, placement.id, supporter.id)
    with pytest.raises(NotFound):
        supporters.name(session, focal_point, placement.id, coordinator_of(session, placement.sending_vio).id)
    assert supporters.name(session, focal_point, placement.id, own.id).supporter is own


def test_another_supporter_takes_over_and_the_first_sees_no_more(session: OrmSession) -> None:
    link, who = _supported(session)
    other = make_user(session, "supporter", link.placement.sending_vio)
    supporters.write(session, user_of(link.placement.volunteer), link.id, "Between us.")
    second = supporters.name(session, who, link.placement_id, other.id)
    assert supporters.name(session, who, link.placement_id, other.id) is second  # pressed twice
    told = session.query(Mail).filter_by(to=link.supporter.email, subject="One volunteer less for you").all()
    assert len(told) == 1 and link.placement.volunteer.full_name not in told[0].body
    with pytest.raises(NotFound):
        supporters.link_for(session, link.supporter, link.id)
    assert second.messages == []
    with pytest.raises(Refused, match="new one"):
        supporters.write(session, user_of(link.placement.volunteer), link.id, "Are you there?")


def _asked(session: OrmSession, link: SupporterLink, day: date) -> list[str]:
    before = {prompt.id for prompt in session.query(SupportPrompt)}
    support_prompts.prompt_due(session, _at(day))
    support_prompts.prompt_due(session, _at(day))
    return [prompt.kind for prompt in session.query(SupportPrompt) if prompt.id not in before]


def _travel(session: OrmSession, placement: Placement) -> None:
    who = coordinator_of(session, placement.receiving_vio)
    sign_both(session, placement)
    clear_everything(session, placement)
    placements.start(session, who, placement, placement.starts_on)


def test_supporter_is_asked_at_each_time_once(session: OrmSession) -> None:
    link, _who = _supported(session)
    placement, week = link.placement, timedelta(weeks=1)
    leaves = placement.starts_on
    assert _asked(session, link, leaves - timedelta(days=15)) == []
    assert _asked(session, link, leaves - timedelta(days=14)) == ["before"]
    assert supporters.count_waiting(session, link.supporter) == 1
    supporters.write(session, link.supporter, link.id, "How do you feel?")
    assert supporters.count_waiting(session, link.supporter) == 0
    _travel(session, placement)
    assert _asked(session, link, leaves + 4 * week - timedelta(days=1)) == []
    assert _asked(session, link, leaves + 4 * week) == ["settling"]
    placements.complete(session, coordinator_of(session, placement.receiving_vio), placement, placement.ends_on)
    home = _at(placement.ends_on)
    placement.ended_at = home
    session.flush()
    assert _asked(session, link, (home + timedelta(days=13)).date()) == []
    assert _asked(session, link, (home + timedelta(days=14)).date()) == ["back_soon"]
    assert _asked(session, link, (home + timedelta(days=83)).date()) == []
    assert _asked(session, link, (home + timedelta(days=84)).date()) == ["back_later"]
    assert _asked(session, link, (home + timedelta(weeks=26)).date()) == []
    assert supporters.links_of(session, link.supporter) == [link]
    assert _asked(session, link, (home + timedelta(weeks=27)).date()) == []
    assert supporters.links_of(session, link.supporter) == []  # and the name is seen no more


def test_who_never_went_needs_no_supporter(session: OrmSession) -> None:
    link, _who = _supported(session)
    placements.withdraw(session, user_of(link.placement.volunteer), link.placement)
    support_prompts.prompt_due(session, _at(link.placement.starts_on))
    assert (link.ended_at is not None, link.prompts) == (True, [])


def test_times_long_past_are_let_go(session: OrmSession) -> None:
    link, _who = _supported(session)
    _travel(session, link.placement)
    assert _asked(session, link, link.placement.starts_on + timedelta(weeks=8, days=1)) == []


def test_after_an_incident_the_supporter_is_asked_to_write_and_not_told_why(session: OrmSession) -> None:
    link, _who = _supported(session)
    line = make_line(session, link.placement.sending_vio)
    report, _code = make_report(session, line)
    facts = incidents.Facts("sexual", "grave", "What is known.", link.placement_id)
    incidents.of_report(session, line.first, report, facts)
    session.query(Mail).delete()
    assert _asked(session, link, link.placement.starts_on - timedelta(days=30)) == ["check"]
    letter = session.query(Mail).one()
    assert letter.to == link.supporter.email
    assert not any(word in letter.subject + letter.body for word in ("incident", "report", "sexual", "known"))


def test_nothing_is_written_to_a_supporter_who_is_gone_and_the_office_names_another(session: OrmSession) -> None:
    link, who = _supported(session)
    volunteer, begins = user_of(link.placement.volunteer), link.placement.starts_on

    def lacking(day: date) -> list[int]:
        query = supporters.lacking(who, day)
        return [placement_id for placement_id, _day in session.execute(query)]

    assert lacking(begins) == []
    link.supporter.active = False
    session.flush()
    assert (lacking(begins - timedelta(days=31)), lacking(begins - timedelta(days=30))) == ([], [link.placement_id])
    with pytest.raises(Refused, match="not here any more"):
        supporters.write(session, volunteer, link.id, "I am lonely here.")
    assert not supporters.placements_of(session, who)[0].is_supported
    other = make_user(session, "supporter", link.placement.sending_vio, display_name="Ana Silva")
    supporters.write(session, volunteer, supporters.name(session, who, link.placement_id, other.id).id, "Hello.")
    assert lacking(begins) == []


def test_supporter_whose_account_is_closed_gets_no_letter(session: OrmSession) -> None:
    link, _who = _supported(session)
    _travel(session, link.placement)
    link.supporter.active = False
    before = session.query(Mail).filter_by(to=link.supporter.email).count()
    _asked(session, link, link.placement.starts_on)
    assert session.query(Mail).filter_by(to=link.supporter.email).count() == before
