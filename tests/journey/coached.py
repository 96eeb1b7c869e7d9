"""A host that follows the coach, and the coordinator who reads what it sends; all found by addresses and names."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.journey.drafts import Writing
from tests.journey.person import Person

SKILLS = {"hand pump": "WAT-04", "water committee": "WAT-11"}
LAST_BUTTON = ".actions button:last-child"  # keeps the section and looks over all of them


class Coach:
    """The panel beside a page: the score and its findings, by their codes."""

    def __init__(self, person: Person) -> None:
        self._page = person.page

    @property
    def score(self) -> int:
        """Return the points of 100."""
        found = re.search(r"\d+", self._page.locator("#coach-score").inner_text())
        assert found, "the panel tells no score"
        return int(found[0])

    @property
    def findings(self) -> dict[str, str]:
        """Return the findings in their order, and where each is mended; blank where the reader cannot."""
        found = self._page.locator("#coach-advice details").evaluate_all(
            "all => all.map(one => [one.dataset.code, one.querySelector('a')?.getAttribute('href') ?? ''])"
        )
        return dict(found)

    def moves_from(self, score: int) -> None:
        """Wait until the score is another one."""
        expect(self._page.locator("#coach-score")).not_to_contain_text(str(score))


class Draft:
    """An assignment as its host writes it."""

    def __init__(self, host: Person, writing: Writing) -> None:
        self.host, self.writing, self.coach = host, writing, Coach(host)
        self.path = ""

    def begin(self, template: str = "") -> None:
        """Begin with a title and a poor text, or with a template as it is."""
        self.host.open("/host/")
        self.host.go("/assignments/new")
        if template:
            self.host.go("/templates")
            self.host.go(f"/templates/{template}")
            self.host.push()
            assert self.host.page.locator(".note").count(), "no blank is pointed out"
            self.host.push(LAST_BUTTON)
        else:
            self.host.push(title=self.writing.title)
            self.host.push(LAST_BUTTON, tasks=self.writing.poor)
        self.path = self.host.path

    def mend(self) -> None:
        """Follow the first finding to where it is mended, until there is none whose section was not mended yet."""
        mended: set[str] = set()
        while waiting := {
            code: href for code, href in self.coach.findings.items() if (part := _section(href)) not in mended
        }:
            code, href = next(iter(waiting.items()))
            before, part = self.coach.score, _section(href)
            self._open_finding(code)
            self._write(part)
            self.host.push(LAST_BUTTON)
            assert self.coach.score > before, f"{part} is mended and nothing gained"
            assert _section(self.coach.findings.get(code, "")) != part, f"{code} is still named for {part}"
            mended.add(part)

    def try_without_saving(self) -> None:
        """Write the work well and see the score rise; leave without saving, and find all as it was."""
        before = self.coach.score
        self.host.open(f"{self.path}/edit/work")
        self.host.fill(**self.writing.sections["work"])
        self.coach.moves_from(before)
        assert self.coach.score > before
        assert "task_list" not in self.coach.findings
        self.host.open(self.path)
        assert self.coach.score == before, "kept without a word"

    def change(self, section: str, **answers: Any) -> None:
        """Change a section."""
        self.host.open(f"{self.path}/edit/{section}")
        self.host.push(LAST_BUTTON, **answers)

    def send(self) -> bool:
        """Press the button that sends it; return whether it was sent."""
        self.host.open(self.path)
        self.host.push('form[action$="/submit"] button')
        return not self.host.page.locator('form[action$="/submit"]').count()

    def counts(self) -> list[int]:
        """Return how many could do it, and of how many: beside the form, and the same on the page of its own."""
        self.host.open(f"{self.path}/edit/place")
        beside = self._numbers("#supply-count")
        self.host.go("/supply")
        assert self._numbers("main p") == beside
        return beside

    def _numbers(self, place: str) -> list[int]:
        """Return the two counts in the first paragraph that has any."""
        told = self.host.page.locator(place).filter(has_text=re.compile(r"\d")).first.inner_text()
        return [int(number) for number in re.findall(r"\d+", told)]

    def _open_finding(self, code: str) -> None:
        finding = self.host.page.locator(f'#coach-advice details[data-code="{code}"]')
        finding.locator("summary").click()
        with self.host.page.expect_navigation():
            finding.locator("a").click()

    def _write(self, part: str) -> None:
        if part == "skills":
            self._choose_skills()
        if part == "money":
            self.host.push("[name=add_row]")
        self.host.fill(**self.writing.sections[part])

    def _choose_skills(self) -> None:
        chosen = self.host.page.locator('[name^="skills-"][name$="-skill"]')
        asked = {chosen.nth(at).input_value() for at in range(chosen.count())}
        for words, code in SKILLS.items():
            if code not in asked:
                self.host.push("[name=search]", find=words)
                self.host.push(f"[name=add_skill][value={code}]")
        for language in ("en", "sw"):
            self.host.push("[name=add_language]", new_language=language)
        self.host.fill(**{"skills-0-level": 2, "skills-1-level": 1, "skills-1-is_essential": ""})


def _section(address: str) -> str:
    return address.rpartition("/")[2].partition("#")[0]
