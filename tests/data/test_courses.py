"""The courses: every module is there in English and Chinese, each option says why, and wrong files are named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from webapp.config import LANGUAGES
from webapp.courses import FOLDER, CourseError, Module, read_course
from webapp.services.refusals import SHORTEST_WEEKS_WITH_RESIDENT_CHILDREN

MODULES = {
    "host": ("needs", "agreement", "skills", "safety", "hosting"),
    "volunteer": ("culture", "conduct", "safety", "counterpart", "images", "return"),
}
EACH = [(course, code) for course, codes in MODULES.items() for code in codes]
WRITTEN = ("en", "zh")
# Words and Chinese signs of pages and cases: hosts read on a working day, volunteers before a long stay (ten minutes).
LENGTHS = {"host": ((600, 900), (900, 1800)), "volunteer": ((900, 1500), (1500, 2600))}
FULL = """title = "A"
about = "B"
[[page]]
title = "C"
text = "D"
[[case]]
title = "E"
text = "F"
question = "G?"
weighs = ["H"]
[[question]]
code = "one"
text = "I?"
[[question.option]]
code = "yes"
text = "J"
reason = "K"
right = true
[[question.option]]
code = "no"
text = "L"
reason = "M"
"""


@pytest.mark.parametrize("language", WRITTEN)
@pytest.mark.parametrize(("course", "code"), EACH)
def test_a_module_is_whole(course: str, code: str, language: str) -> None:
    module = read_course(course, language).module(code)
    assert module is not None
    assert module.language == language
    assert 3 <= sum(not page.is_case for page in module.pages) <= 6
    assert 1 <= sum(page.is_case for page in module.pages) <= 2
    assert 4 <= len(module.questions) <= 6
    for question in module.questions:
        assert 3 <= len(question.options) <= 4
        assert all(len(option.reason) > 10 and option.reason != option.text for option in question.options)


@pytest.mark.parametrize(("course", "code"), EACH)
def test_a_module_is_short(course: str, code: str) -> None:
    words, signs = LENGTHS[course]
    module = read_course(course).module(code)
    assert module is not None
    assert words[0] <= len(_words(module)) <= words[1]
    chinese = read_course(course, "zh").module(code)
    assert chinese is not None
    assert signs[0] <= len(re.findall(r"[\u4e00-\u9fff]", " ".join(_words(chinese)))) <= signs[1]


def _words(module: Module) -> list[str]:
    texts = [line for page in module.pages for block in page.blocks for line in block.lines]
    texts += [text for page in module.pages for text in (page.question, *page.weighs)]
    return " ".join(texts).split()


@pytest.mark.parametrize("course", MODULES)
def test_the_languages_ask_the_same(course: str) -> None:
    english, chinese = (read_course(course, language) for language in WRITTEN)
    for one, other in zip(english.modules, chinese.modules, strict=True):
        assert [len(page.blocks) for page in one.pages] == [len(page.blocks) for page in other.pages]
        assert [len(page.weighs) for page in one.pages] == [len(page.weighs) for page in other.pages]
        assert [question.right for question in one.questions] == [question.right for question in other.questions]


@pytest.mark.parametrize("course", MODULES)
def test_the_right_option_has_no_fixed_place(course: str) -> None:
    questions = [question for module in read_course(course).modules for question in module.questions]
    places = [[option.is_right for option in question.options].index(True) for question in questions]
    assert max(places.count(place) for place in (0, 1, 2)) <= len(places) / 2


@pytest.mark.parametrize("course", MODULES)
def test_other_languages_come_in_english(course: str) -> None:
    for language in set(LANGUAGES) - set(WRITTEN):
        assert {module.language for module in read_course(course, language).modules} == {"en"}


def test_a_number_of_the_text_is_that_of_the_rule() -> None:
    for language in WRITTEN:
        module = read_course("host", language).module("safety")
        assert module is not None
        assert str(SHORTEST_WEEKS_WITH_RESIDENT_CHILDREN) in " ".join(_words(module))


@pytest.mark.parametrize(("course", "codes"), MODULES.items())
def test_no_file_is_left_over(course: str, codes: tuple[str, ...]) -> None:
    names = {path.name for path in (FOLDER / course).iterdir()}
    assert names == {"course.toml"} | {f"{code}.{language}.toml" for code in codes for language in WRITTEN}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda text: text.replace('reason = "M"\n', ""), "m.en.toml: question one, reason is missing"),
        (lambda text: text.replace("right = true\n", ""), "question one needs one right option"),
        (lambda text: text + "right = true\n", "question one needs one right option"),
        (lambda text: text.replace('"no"', '"yes"'), "two options of question one have the same code"),
        (lambda text: text + text[text.index("[[question]]") :], "two questions have the same code"),
        (lambda text: text.replace('weighs = ["H"]', "weighs = []"), "weighs is missing, blank or no list"),
        (lambda text: text.replace('about = "B"', "about = 7"), "about is missing, blank or no str"),
        (lambda text: text.replace("[[page]]", "[[page"), "m.en.toml: "),
    ],
)
def test_a_wrong_file_is_named_with_the_place(tmp_path: Path, change: Callable[[str], str], complaint: str) -> None:
    folder = _course(tmp_path, change(FULL))
    with pytest.raises(CourseError, match=re.escape(complaint)):
        read_course("c", "en", folder)


def test_a_translation_that_asks_something_else_is_refused(tmp_path: Path) -> None:
    folder = _course(tmp_path, FULL)
    (folder / "c" / "m.fr.toml").write_text(FULL.replace('code = "one"', 'code = "two"'), encoding="utf-8")
    assert read_course("c", "es", folder).modules[0].language == "en"
    with pytest.raises(CourseError, match=r"m\.fr\.toml: pages, questions"):
        read_course("c", "fr", folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    folder = _course(tmp_path, FULL)
    (folder / "c" / "m.en.toml").unlink()
    with pytest.raises(CourseError, match=r"m\.en\.toml is missing in c"):
        read_course("c", "en", folder)


def test_paragraphs_and_lists_are_told_apart(tmp_path: Path) -> None:
    text = '"""\\nOne\\nline.\\n\\n- a\\n- b\\n\\n- no\\nlist\\n"""'.replace("\\n", "\n")
    module = read_course("c", "en", _course(tmp_path, FULL.replace('"D"', text))).modules[0]
    blocks = module.pages[0].blocks
    assert [(block.lines, block.is_list) for block in blocks] == [
        (("One line.",), False),
        (("a", "b"), True),
        (("- no list",), False),
    ]


def _course(tmp_path: Path, text: str) -> Path:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "m.en.toml").write_text(text, encoding="utf-8")
    course = 'version = 1\nmodules = ["m"]\n[title]\nen = "Course"\n'
    (tmp_path / "c" / "course.toml").write_text(course, encoding="utf-8")
    return tmp_path
