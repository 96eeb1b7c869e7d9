from __future__ import annotations

from dataclasses import replace

import pytest

from matching.coach import coach, to_fill_in
from tests.matching.coach.whole import WHOLE


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("Train [how many] nurses of [which clinic].", ("how many", "which clinic")),
        ("与［哪家诊所］的［几名］卫生员一起走访。", ("哪家诊所", "几名")),
        ("Обходить дома ([сколько] человек).", ("сколько",)),
        ("زيارة [كم عدد] من البيوت", ("كم عدد",)),
        ("[ which day ] and [which day]", ("which day", "which day")),
        ("See note [1], [...] and []. Open (brackets) and 【标题】 are text.", ()),
        ("An open [bracket that\nends] elsewhere", ()),
    ],
)
def test_one_rule_finds_the_blanks_of_every_language(text: str, blanks: tuple[str, ...]) -> None:
    assert to_fill_in(text) == blanks


def test_a_sentence_with_a_blank_says_nothing_yet_and_its_field_is_named() -> None:
    whole = {one.code: one for one in coach(WHOLE).findings}
    begun = replace(WHOLE, handover="[Who] of the ward leads the rounds from October.", funder="[name]")
    found = {one.code: one for one in coach(begun).findings}
    assert found["handover"].share < whole["handover"].share
    assert found["handover"].evidence["missing"] == ("handover",)
    assert found["openness"].evidence["missing"] == ("funder",)
    assert {code for code in found if found[code] != whole[code]} == {"handover", "openness"}


def test_a_blank_is_not_called_a_task_without_work() -> None:
    begun = replace(WHOLE, tasks=f"{WHOLE.tasks}\nTeach [which team] the register.")
    evidence = next(one.evidence for one in coach(begun).findings if one.code == "tasks")
    assert evidence["missing"] == ("tasks",)
    assert evidence["sentences"] == ()
