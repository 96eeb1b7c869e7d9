"""The training as somebody goes through it: found by addresses and names of fields, so that it runs in any language."""

from __future__ import annotations

from tests.journey.person import Person
from webapp.courses import Course, Module


def read(who: Person, module: Module) -> None:
    """Read a module from its first page to the quiz."""
    for number, page in enumerate(module.pages, start=1):
        assert page.title in who.page.locator("h1").inner_text()
        if page.is_case:
            who.page.locator("main details.options summary").click()
            assert page.weighs[0] in who.text
        who.push("a.button")
        assert number < len(module.pages) or who.path.endswith("/quiz")


def answer(who: Person, module: Module) -> None:
    """Answer the last question of the quiz wrongly, read why, choose again, and go back to the modules."""
    last = module.questions[-1]
    wrong = next(option for option in last.options if not option.is_right)
    chosen = {question.code: question.right for question in module.questions}
    who.push(**{**chosen, last.code: wrong.code})
    assert wrong.reason in who.text
    who.push(**{last.code: last.right})
    assert not who.page.locator("main input[type=radio]").count(), "a passed module asks no more"
    who.go("/training")


def pass_all(who: Person, course: Course, *, reads: bool) -> None:
    """Pass every module, and stand on the page with the certificate; without `reads` straight to each quiz."""
    for module in course.modules:
        assert not who.page.locator("main a[href*='/certificates/']").count()
        who.go(f"/training/{module.code}/1")
        if reads:
            read(who, module)
        else:
            who.go("/quiz")
        answer(who, module)
