"""The pages on which a coordinator brings lists and takes them away."""

from __future__ import annotations

import csv
import io
import time
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.browser import Page, Visitor
from tests.factories import PASSWORD, AnySession, make_host, make_user, make_vio, make_volunteer
from tests.services.imports import heavy_books
from tests.services.imports.lists import ANSWERS
from tests.views.coordinator.conftest import Office
from webapp.models import Assignment, ImportFile, Mail, Volunteer
from webapp.services.imports import keeping
from webapp.services.imports.reading import read_table

SHEET = (
    "N°;Nom;Courriel;Pays;Langues\n1;Awa Diop;awa@people.example;Sénégal;fr:N\n2;Li Na;li@people.example;Chine;zh:N\n"
)


def upload(visitor: Visitor, text: str | bytes, kind: str = "volunteers", status: int = 200) -> Page:
    page = visitor.get("/coordinator/lists")
    data = text.encode() if isinstance(text, str) else text
    return visitor.submit(
        page, status=status, kind=kind, file=(io.BytesIO(data), "sheet.csv"), action="/coordinator/lists"
    )


def files_in(app: Flask) -> list[Path]:
    return list((app.extensions["config"].data_dir / "imports").glob("*"))


def people(session: AnySession, office: Office) -> int:
    return session.scalar(select(func.count()).where(Volunteer.vio_id == office.vio.id)) or 0


def test_a_list_comes_in_from_upload_to_result(app: Flask, session: AnySession, office: Office) -> None:
    before, stored = people(session, office), len(files_in(app))
    page = upload(office.visitor, SHEET)
    assert page.heading == "Which column is which?" and "awa@people.example" in page.text
    assert len(files_in(app)) == stored + 1
    how = {"s-matching-on": "2026-02-01", "s-matching-how": "form 7", "k-residence": ""}
    page = office.visitor.submit(page, **how)
    assert page.heading == "What would happen" and "Bring in 2 rows" in page.text
    assert people(session, office) == before
    page = office.visitor.submit(page, action="/do")
    assert page.heading == "The list came in" and people(session, office) == before + 2
    assert len(files_in(app)) == stored
    awa = session.scalars(select(Volunteer).where(Volunteer.email == "awa@people.example")).one()
    assert (awa.residence, [one.how for one in awa.consents], awa.is_claimed) == ("SN", ["form 7"], False)
    page = upload(office.visitor, SHEET)
    assert 'value="2026-02-01"' not in page.text  # statements are made anew for each list
    page = office.visitor.submit(page, **how)
    assert "Nothing to do" in page.text and "2 unchanged" in page.text


def test_errors_say_where_and_what_and_the_upload_stays(app: Flask, session: AnySession, office: Office) -> None:
    before, stored = people(session, office), len(files_in(app))
    page = upload(office.visitor, SHEET.replace("Chine", "Atlantide"))
    page = office.visitor.submit(page, status=422, shift_years="many")
    assert "whole number" in page.text and "Your file is still here" in page.text
    page = office.visitor.submit(page, status=422, shift_years="0", **{"more-0-value": "CN"})
    assert "choose a column and write its value" in page.text
    page = office.visitor.submit(page, shift_years="0", **{"more-0-value": ""})
    for words in ('<th scope="row" class="num">3</th>', "Pays", "Atlantide", "no single country", "2 Li Na"):
        assert words in page.text
    assert "Bring in" not in page.text
    address = page.path
    page = office.visitor.submit(page, leave_out_errors="yes", action="/decide")
    assert "Bring in 1 row" in page.text
    report = office.visitor.get(f"{address}/report.csv").text
    assert "Atlantide" in report and "no single country" in report
    page = office.visitor.submit(page, action="/do")
    assert "What did not come in" in page.text and "<td><bdi>Atlantide" not in page.text and "2 Li Na" in page.text
    assert (people(session, office), len(files_in(app))) == (before + 1, stored)


def test_a_list_can_be_removed(app: Flask, office: Office) -> None:
    stored = len(files_in(app))
    page = office.visitor.submit(upload(office.visitor, SHEET), action="/refuse")
    assert "Nothing of it came in" in page.text and len(files_in(app)) == stored


@pytest.mark.parametrize("data", [b"", b"a,b\n", b"PK\x03\x04 broken"])
def test_what_is_no_list_is_said_on_the_page(app: Flask, office: Office, data: bytes) -> None:
    stored = len(files_in(app))
    page = upload(office.visitor, data, status=422)
    assert "The list was not taken" in page.text and len(files_in(app)) == stored


@pytest.mark.parametrize("name", ["12 million words under another name", "a sheet that says it is small"])
def test_a_workbook_that_costs_too_much_is_refused_with_what_to_do(app: Flask, office: Office, name: str) -> None:
    stored, data = len(files_in(app)), heavy_books.FILES[name]()
    began = time.process_time()
    page = upload(office.visitor, data, status=422)
    assert "CSV UTF-8" in page.text and len(files_in(app)) == stored
    assert time.process_time() - began < 5


def test_duplicates_are_decided_one_by_one(session: AnySession, office: Office) -> None:
    make_volunteer(session, office.vio, claimed=False, full_name="Diop Awa", residence="SN", external_id="X1")
    session.commit()
    before = people(session, office)
    page = office.visitor.submit(upload(office.visitor, SHEET), shift_years="")
    assert "May be" in page.text and "Diop Awa" in page.text and "Bring in" not in page.text
    page = office.visitor.submit(page, **{"row-2": "same"}, action="/decide")
    page = office.visitor.submit(page, action="/do")
    assert people(session, office) == before + 1


def test_reviewed_assignments_open_at_once(session: AnySession, office: Office) -> None:
    header = "title,tasks,country,start_on,places_international,id"
    page = upload(office.visitor, f"{header}\nNurse,Care for people.,Kenya,2031-03-01,2,A1\n", "assignments")
    known = {f"k-{name}": "no" for name in ANSWERS}
    known |= {"k-contact_children": "none", "k-contact_adults": "none", "k-mode": "on_site"}
    page = office.visitor.submit(page, **known, **{"k-host_id": f"#{office.host.id}"})
    page = office.visitor.submit(page, status=422, reviewed="yes", displacement="", action="/decide")
    assert "paid posts of local people" in page.text
    page = office.visitor.submit(page, reviewed="yes", displacement="none", action="/decide")
    office.visitor.submit(page, action="/do")
    one = session.scalars(select(Assignment).where(Assignment.external_id == "A1")).one()
    assert one.state == "open" and one.assumed["mode"].startswith("the same for all rows")
    assert "the same for all rows of sheet.csv" in office.visitor.get(f"/coordinator/assignments/{one.id}").text
    public = Visitor(office.visitor.client.application.test_client()).get(f"/assignments/{one.id}").text
    assert "the host has not said it" in public and "sheet.csv" not in public


def test_other_offices_lists_do_not_exist(session: AnySession, office: Office, visit: object) -> None:
    upload(office.visitor, SHEET)
    kept = session.scalars(select(ImportFile).order_by(ImportFile.id.desc())).first()
    assert kept is not None
    other = make_user(session, "coordinator", make_vio(session))
    session.commit()
    stranger: Visitor = visit()  # type: ignore[operator]
    stranger.sign_in(other.email, PASSWORD)
    for page in ("", "/columns", "/report.csv"):
        stranger.get(f"/coordinator/lists/{kept.id}{page}", status=404)


@pytest.mark.parametrize("kind", ["volunteers", "hosts", "assignments"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_taken_away_comes_in_again_unchanged(
    session: AnySession, office: Office, kind: str, ending: str
) -> None:
    make_host(session, office.vio, name="=Evil()", about="+1", contact_phone="@x")
    session.commit()
    data = taken(office, f"/coordinator/lists/export/{kind}.{ending}")
    page = upload(office.visitor, data, kind)
    page = office.visitor.submit(page, date_order="")
    assert "Nothing to do" in page.text and "cannot come in" not in page.text


def taken(office: Office, path: str) -> bytes:
    page = office.visitor.get("/coordinator/lists")
    token = page.form(action="export/volunteers.csv").data()["csrf_token"]
    response = office.visitor.client.post(path, data={"csrf_token": token})
    assert response.status_code == 200 and "attachment" in response.headers["Content-Disposition"]
    return bytes(response.data)


def test_exports_hold_only_what_may_be_seen(session: AnySession, office: Office) -> None:
    office.rank()
    assert "Take away as CSV" in office.visitor.get(f"/coordinator/assignments/{office.assignment.id}/matches").text
    data = taken(office, f"/coordinator/assignments/{office.assignment.id}/matches.csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    names = {row["full_name"] for row in rows}
    assert office.own.full_name in names and office.elsewhere.full_name not in names and "" in names
    nameless = [row for row in rows if not row["full_name"]]
    assert all(not row["email"] and not row["volunteer"] and row["person"] for row in nameless)
    volunteers = read_table(taken(office, "/coordinator/lists/export/volunteers.csv"))
    assert {line["full_name"] for _, line in volunteers.rows} == {office.own.full_name, office.unclaimed.full_name}
    assert taken(office, "/coordinator/lists/export/applications.xlsx").startswith(b"PK")


def test_nothing_is_taken_away_while_names_are_hidden(office: Office) -> None:
    token = office.visitor.get("/coordinator/lists").form(action="export/volunteers.csv").data()["csrf_token"]
    office.visitor.get("/coordinator/lists?blind=1")
    response = office.visitor.client.post("/coordinator/lists/export/volunteers.csv", data={"csrf_token": token})
    assert response.status_code == 409


def test_templates_hold_our_columns(office: Office) -> None:
    assert "consent_matching_on" in office.visitor.get("/coordinator/lists/template/volunteers.csv").text
    response = office.visitor.client.get("/coordinator/lists/template/hosts.xlsx")
    assert response.data.startswith(b"PK")
    office.visitor.get("/coordinator/lists/template/people.csv", status=404)


def test_a_report_without_its_rows_says_why(session: AnySession, office: Office) -> None:
    page = office.visitor.submit(upload(office.visitor, SHEET), action="/columns")
    page = office.visitor.submit(page, action="/do")
    assert "1 Awa Diop" in page.text and "no longer kept" not in page.text
    kept = session.scalars(select(ImportFile).order_by(ImportFile.id.desc())).first()
    assert kept is not None and kept.done_at is not None
    keeping.forget_rows(session, kept.done_at + timedelta(days=31))
    session.commit()
    page = office.visitor.get(f"/coordinator/lists/{kept.id}")
    assert "Awa Diop" not in page.text and "no longer kept" in page.text and "2 new rows" in page.text


def test_claim_links_go_to_those_who_have_none(session: AnySession, office: Office) -> None:
    page = office.visitor.submit(office.visitor.get("/coordinator/lists/links"), action="/lists/links")
    assert "1 letters are on their way" in page.text and "Nobody waits for a link" in page.text
    letters = session.scalars(select(Mail).where(Mail.to == office.unclaimed.email)).all()
    assert len(letters) == 1 and "http" in letters[0].body
