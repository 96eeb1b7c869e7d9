"""What holds for every template."""

from __future__ import annotations

import re
from pathlib import Path

from webapp.config import ROOT

TEMPLATES = ROOT / "webapp" / "templates"
MACRO = re.compile(r"{%-?\s*macro\s+(\w+)")
FRAME = re.compile(r"{%-?\s*extends\s+[\"']([^\"']+)")


def _frames_of(template: Path) -> list[Path]:
    """Return the template's frame, the frame of that, and so on."""
    found = FRAME.search(template.read_text(encoding="utf-8"))
    return [TEMPLATES / found[1], *_frames_of(TEMPLATES / found[1])] if found else []


def test_no_template_has_a_macro_of_the_name_that_its_frame_uses() -> None:
    macros = {path: set(MACRO.findall(path.read_text(encoding="utf-8"))) for path in TEMPLATES.rglob("*.html")}
    twice = {
        (str(path.relative_to(TEMPLATES)), name)
        for path, names in macros.items()
        for frame in _frames_of(path)
        for name in names & macros[frame]
    }
    assert not twice, "the frame's own macro would be called in place of the template's"
    assert macros[TEMPLATES / "base.html"]
