"""The table says what it seems to say: shorthands, order, refusals, and that people read the same."""

from __future__ import annotations

import runpy
from dataclasses import fields
from pathlib import Path

import pytest

from webapp import permissions
from webapp.permissions import ANONYMOUS, TableError, markdown
from webapp.services.person_relations import HOLDS
from webapp.services.visibility import SHARED_PARTS, Sight

ROOT = Path(__file__).resolve().parents[2]
SMALL = """
[roles]
anonymous = "nobody"
cook = "a cook"
guest = "a guest"
[relations]
near = "is near"
far = "is far"
[fields]
salt = "salt"
[soup.taste]
says = "taste the soup"
cook.far = "*"
cook.near = "salt"
pages.cook = "pot"
pages.kitchen = "door window"
[house.enter]
says = "enter the house"
everyone.near = "*"
pages.app = "gate"
[house.stay]
says = "stay"
accounts.near = "*"
pages.house = "bed"
"""


def test_table_gives_by_role_and_relation_and_the_first_explained_counts_first() -> None:
    read = permissions.read(SMALL)
    soup = read.actions["soup.taste"]
    assert list(soup.gives["cook"]) == ["near", "far"]
    assert soup.gives["cook"]["near"] == {"salt"}
    assert soup.pages == {"cook.pot": {"cook"}, "kitchen.door": {"cook"}, "kitchen.window": {"cook"}}


def test_shorthands_name_all_roles_or_all_accounts() -> None:
    read = permissions.read(SMALL)
    assert read.by_page["gate"].pages["gate"] == {ANONYMOUS, "cook", "guest"}
    assert read.by_page["house.bed"].pages["house.bed"] == {"cook", "guest"}


@pytest.mark.parametrize(
    ("good", "bad", "complaint"),
    [
        ("cook.far", "waiter.far", "role that is not explained: waiter"),
        ("cook.far", "cook.above", "relations that are not explained: .'above'"),
        ('"salt"\npages', '"pepper"\npages', "fields that are not explained: .'pepper'"),
        ('pages.app = "gate"', 'pages.kitchen = "gate door"', "names pages of another action: .'kitchen.door'"),
        ("pages.cook", "pages.guest", "pages of a role to which it gives nothing: guest"),
    ],
)
def test_table_that_says_less_than_it_seems_is_refused(good: str, bad: str, complaint: str) -> None:
    assert good in SMALL
    with pytest.raises(TableError, match=complaint):
        permissions.read(SMALL.replace(good, bad, 1))


def test_questions_are_answered_from_the_table() -> None:
    assert permissions.relations("person.see", "host") == ("shortlisted", "applicant")
    assert permissions.relations("person.see", "administrator") == ()
    assert "contact" in permissions.fields("person.see", "host", "shortlisted")
    assert "contact" not in permissions.fields("person.see", "host", "applicant")
    assert permissions.fields("person.see", "host", None) == frozenset()
    assert permissions.may("placement.decide", "coordinator", None, "receiving_vio")
    assert not permissions.may("placement.decide", "coordinator", "sending_vio")
    assert permissions.roles_of("host.shortlist") == {"host"}
    assert permissions.roles_of("host.nowhere") == frozenset()


def test_first_relation_that_holds_is_held_and_later_ones_are_not_asked() -> None:
    asked: list[str] = []

    def says(name: str, answer: bool) -> bool:
        asked.append(name)
        return answer

    holds = {
        "own_vio": lambda: says("own_vio", False),
        "delegated": lambda: says("delegated", False),
        "shortlisted": lambda: says("shortlisted", True),
        "applicant": lambda: says("applicant", True),
    }
    assert permissions.held("person.see", "coordinator", holds) == "shortlisted"
    assert asked == ["own_vio", "delegated", "shortlisted"]
    assert permissions.held("person.see", "supporter", holds) is None


def test_what_a_person_can_be_seen_by_is_known_to_the_service() -> None:
    gives = permissions.table().actions["person.see"].gives
    seen = {field for held in gives.values() for some in held.values() for field in some}
    assert seen == {one.name for one in fields(Sight)}
    assert {relation for held in gives.values() for relation in held} == set(HOLDS)
    assert set(SHARED_PARTS) <= seen


def test_page_for_people_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    written = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    runpy.run_module("webapp.permissions", run_name="__main__")
    assert written == capsys.readouterr().out, "run: python -m webapp.permissions > docs/permissions.md"


def test_page_for_people_says_once_what_all_have_alike() -> None:
    page = markdown.page(permissions.read(SMALL))
    assert "| enter the house | everybody | `near` | all |" in page
    assert "| stay | every account | `near` | all |" in page
    assert "| taste the soup | cook | `near` | salt |" in page
