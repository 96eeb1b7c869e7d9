"""The lines of a story in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import clock, explain
from webapp.assignment_words import COORDINATOR
from webapp.clearance_words import owner_name
from webapp.i18n import day, moment, translate
from webapp.models import (
    Application,
    AssignmentVersion,
    Base,
    Clearance,
    Match,
    MatchRun,
    Offer,
    Placement,
    Review,
    User,
)
from webapp.models.accounts import HOST, VOLUNTEER
from webapp.services import consent_wordings, judgements, old_matches, shortlists
from webapp.services.clearance_items import title_of
from webapp.services.placement_reasons import ALL
from webapp.services.story import lines as story
from webapp.services.story.lines import Line, Spot
from webapp.services.story.sources import WAIVED
from webapp.views.coordinator.telling import EVENTS, event_words, language, named, without_name
from webapp.words import Words, lazy

Names = Mapping[Spot, str]
KINDS: dict[str, Words] = {
    story.PROFILE: lazy("Profile"),
    story.MATCHING: lazy("Matching"),
    story.REVIEW: lazy("Reviews"),
    story.WORK: lazy("The assignment"),
    story.APPLICATION: lazy("Applications and offers"),
    story.PLACEMENT: lazy("Placements"),
    story.CLEARANCE: lazy("Clearances"),
    story.LETTER: lazy("Letters"),
    story.LOOK: lazy("Who looked"),
}
MORE: dict[str, Words] = {
    "registered": lazy("Registered"),
    "profile_begun": lazy("The profile was made"),
    "assignment_begun": lazy("The assignment was made"),
    "volunteer_imported": lazy("Came in with a list"),
    "volunteer_changed_by_import": lazy("Changed by a list"),
    "profile_claimed": lazy("Took over the profile"),
    "consent_given": lazy("Consent given"),
    "consent_withdrawn": lazy("Consent taken back"),
    "put_forward_asked": lazy("Asked whether they may be put forward to a partner"),
    "put_forward_agreed": lazy("Agreed to be put forward"),
    "put_forward_declined": lazy("Did not want to be put forward"),
    "put_forward_withdrawn": lazy("Put forward no more"),
    "invitation_accepted": lazy("Accepted an invitation to look at the assignment"),
    "invitation_declined": lazy("Declined an invitation to look at the assignment"),
    "clearance_open": lazy("Clearance: asked for"),
    "clearance_submitted": lazy("Clearance: handed in"),
    "clearance_cleared": lazy("Clearance: cleared"),
    "clearance_refused": lazy("Clearance: not accepted"),
    "clearance_expired": lazy("Clearance: has run out"),
    "clearance_waived": lazy("Clearance: goes without, two coordinators agreed"),
    "clearance_waiver_asked": lazy("Clearance: a second person is asked to go without it"),
    "clearance_waiver_dropped": lazy("Clearance: nobody goes without it after all"),
    "review_endorse": lazy("Match endorsed"),
    "review_propose": lazy("Proposed for the shortlist"),
    "review_dismiss": lazy("Match dismissed"),
    "review_invite": lazy("Invited to look at it"),
    "letter": lazy("A letter was written to the person"),
    "look_profile": lazy("Opened the profile"),
    "look_contact": lazy("Opened the profile with contact data"),
    "look_list": lazy("Took the person's data away in a list"),
}
WORDS = EVENTS | MORE
PARTS: dict[str, Words] = {
    "residence": lazy("where they live"),
    "consents": lazy("consents"),
    "skills": lazy("skills"),
    "licences": lazy("licences"),
    "languages": lazy("languages"),
    "places": lazy("where they would serve"),
    "time": lazy("when they have time"),
    "online": lazy("on site or online"),
    "causes": lazy("causes"),
    "service": lazy("earlier service"),
    "experience": lazy("experience"),
}


@dataclass(frozen=True)
class Told:
    """A line as it is printed: `about` with its address names the assignment or the person, `run` a match run."""

    at: str
    kind: str
    text: str
    note: str
    about: str
    about_url: str
    who: str
    run: int | None


def all_told(found: Sequence[Line], is_of_person: bool) -> list[Told]:
    """Return lines in words: beside a person the assignments, beside an assignment the people as they may be named."""
    if is_of_person:
        return [_told(line, None) for line in found]
    about = [line for line in found if line.pair is not None]
    names = {line.spot: name for line, (_row, name) in zip(about, named([one.pair for one in about]), strict=True)}
    return [_told(line, names) for line in found]


def _told(line: Line, names: Names | None) -> Told:
    is_of_person = names is None
    about, url = _about(line, names)
    return Told(
        at=day(line.at.date()) if line.is_day else moment(line.at),
        kind=translate(KINDS[line.kind]),
        text=_text(line, is_of_person),
        note=_note(line, is_of_person),
        about=about,
        about_url=url,
        who=_who(line),
        run=line.about.id if isinstance(line.about, MatchRun) else None,
    )


def _text(line: Line, is_of_person: bool) -> str:
    if isinstance(line.about, AssignmentVersion) and line.code == "version":
        return _(
            "Version %(number)s kept, %(score)s points of the coach", number=line.about.number, score=line.about.score
        )
    if isinstance(line.about, MatchRun):
        return _ranked(line, line.about, is_of_person)
    return translate(MORE[line.code]) if line.code in MORE else event_words(line.code, line.detail)


def _ranked(line: Line, run: MatchRun, is_of_person: bool) -> str:
    if old_matches.are_over(run, clock.now()):  # what is left of its matches is no number of those it found
        return _("Profile saved, and ranked") if line.code == "profile_ranked" else _("Ranked")
    fit = sum(one.status == "eligible" for one in line.matches)
    if not is_of_person:
        return _("Ranked: fits %(fit)s, nearly %(near)s", fit=fit, near=len(line.matches) - fit)
    fits = ngettext("fits %(num)s of your assignments", "fits %(num)s of your assignments", fit)
    if line.code == "profile_ranked":
        return _("Profile saved, and ranked: %(fits)s", fits=fits)
    return _("Ranked with all: %(fits)s", fits=fits)


def _note(line: Line, is_of_person: bool) -> str:
    row = line.about
    if isinstance(row, Review):
        return _joined(
            translate(judgements.reason_words(row.verdict, row.reason_code)),
            without_name(row.note, row.volunteer),
            _("made without names") if row.was_blind else "",
        )
    if isinstance(row, Clearance):
        return _joined(translate(title_of(row)), owner_name(row), row.waiver_reason if "waive" in line.code else "")
    if "purpose" in line.detail:
        return translate(consent_wordings.TITLES[line.detail["purpose"]])
    if isinstance(row, AssignmentVersion):
        return row.waiver_reason if line.code == WAIVED else ""
    if isinstance(row, MatchRun) and is_of_person:
        return _joined(_changed(line.detail["changed"]), _why(line.matches[0]) if line.matches else "")
    return _reason(line)


def _reason(line: Line) -> str:
    """Return why something ended, where the own office or its host decided; another VIO's reasons are its own."""
    code, row = str(line.detail.get("reason") or line.detail.get("code") or ""), line.about
    if isinstance(row, Placement) and row.receiving_vio_id != g.account.vio_id:
        return ""
    words = shortlists.REASONS.get(code) if isinstance(row, Application) else None
    words = words or ALL.get(code)
    return translate(words) if words else ""


def _changed(parts: Sequence[str]) -> str:
    return _("changed: %(parts)s", parts=", ".join(translate(PARTS[one]) for one in parts)) if parts else ""


def _why(match: Match) -> str:
    """Return the best match of a run: its score, and what each criterion gave."""
    lines = explain.sentences(match.reasons, language(), COORDINATOR)
    parts = ", ".join(f"{name} {points:.0f}/{most:.0f}" for _code, name, points, most in explain.by_criterion(lines))
    score = _("best %(score)s of 100", score=round(match.score))
    return f"{match.assignment.title}: {score} ({parts})"


def _about(line: Line, names: Names | None) -> tuple[str, str]:
    """Return whom or what a line is about, and where that is."""
    if line.matches and names is None:
        return _("The best match"), url_for("coordinator.match", match_id=line.matches[0].id)
    if line.pair is None:
        return "", ""
    return names[line.spot] if names is not None else line.pair.assignment.title, _address(line.pair)


def _address(row: Base | None) -> str:
    if isinstance(row, Application):
        return url_for("coordinator.application", application_id=row.id)
    if isinstance(row, Offer):
        return url_for("coordinator.application", application_id=row.application_id)
    if isinstance(row, Placement):
        return url_for("coordinator.placement", placement_id=row.id)
    if isinstance(row, Review) and row.match_id:
        return url_for("coordinator.match", match_id=row.match_id)
    return ""


def _who(line: Line) -> str:
    """Return who did it: a colleague by name, anybody else by their part in it."""
    if line.link:
        return _("the host, by a link")
    if line.by is None:
        return (
            ""
            if line.code.endswith("_begun") or isinstance(line.about, MatchRun | AssignmentVersion)
            else _("the service")
        )
    return _person(line.by)


def _person(account: User) -> str:
    if account.role == VOLUNTEER:
        return _("the volunteer")
    if account.role == HOST:
        return account.host.name if account.host else _("the host")
    if account.vio_id == g.account.vio_id:
        return account.display_name or account.email
    return account.vio.name if account.vio else _("an administrator")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
