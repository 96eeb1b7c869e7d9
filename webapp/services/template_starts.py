"""Starting an assignment from a template: its facts and its texts, with blanks that the host fills in."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp import vocabulary
from webapp.assignment_templates import Template, read_templates
from webapp.config import LANGUAGES
from webapp.models import Assignment, AssignmentSkill, User
from webapp.services import assignments
from webapp.services.errors import NotFound


def template_of(code: str) -> Template:
    """Return the template with this code."""
    if code not in read_templates():
        raise NotFound
    return read_templates()[code]


def by_sector() -> list[tuple[str, list[Template]]]:
    """Return the templates under their sectors, in the order of the table of sectors."""
    found = read_templates().values()
    groups = ((sector, [one for one in found if one.sector == sector]) for sector in vocabulary.reference().sectors)
    return [(sector, templates) for sector, templates in groups if templates]


def start_from_template(session: Session, account: User, code: str, language: str) -> Assignment:
    """Begin a draft from a template, its texts in `language`; everything that only the host knows is open."""
    template = template_of(code)
    if language not in LANGUAGES:
        raise NotFound
    texts = template.texts[language]
    draft = assignments.create(session, account, texts["title"], template=code)
    for name, text in texts.items():
        setattr(draft, name, text)
    draft.sector, draft.sdg_targets = template.sector, list(template.sdg_targets)
    draft.hours, draft.weeks, draft.supervision_hours = template.hours, template.weeks, template.supervision_hours
    draft.contact_children = template.contact_children
    draft.skills.extend(_skills(template))
    session.flush()
    return draft


def _skills(template: Template) -> list[AssignmentSkill]:
    asked = [(skill, level, True) for skill, level in template.essential.items()]
    asked += [(skill, level, False) for skill, level in template.desirable.items()]
    return [
        AssignmentSkill(skill=skill, level=level, is_essential=essential, needs_licence=vocabulary.is_licensed(skill))
        for skill, level, essential in asked
    ]
