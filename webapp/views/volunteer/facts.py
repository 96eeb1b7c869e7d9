"""All facts of an assignment in groups, worded for the volunteer; what the host did not say reads "not known"."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import vocabulary
from webapp.i18n import translate
from webapp.models import Assignment, AssignmentSkill
from webapp.views.volunteer.cards import dates, day, home, money_words, where
from webapp.views.volunteer.forms.fields import language

Facts = list[tuple[str, str | list[str]]]
Group = tuple[str, Facts]


def groups_of(assignment: Assignment, today: date) -> list[Group]:
    """Return the groups in the order in which people ask, the work first."""
    groups = [
        (_("The work"), _work(assignment)),
        (_("What is asked of you"), _asked(assignment)),
        (_("When and where"), _stay(assignment)),
        (_("How you would live"), [] if assignment.mode == "online" else _home(assignment)),
        (_("Money, in both directions"), _money(assignment)),
        (_("People and safety"), _people(assignment)),
        (_("The host"), _host(assignment, today)),
        (_("Who is behind it"), _behind(assignment)),
        (_("Local jobs"), _local_jobs(assignment)),
    ]
    return [(title, facts) for title, facts in groups if facts]


def routes_of(assignment: Assignment) -> list[str]:
    """Return the routes on which the assignment's country lies."""
    if not assignment.country:
        return []
    return [vocabulary.route_name(route, language()) for route in vocabulary.reference().routes_of(assignment.country)]


def _work(assignment: Assignment) -> Facts:
    return [
        (_("Tasks"), assignment.tasks),
        (_("What should come of it"), assignment.expected_results),
        (_("What you will learn"), assignment.learning),
        (_("What the local team does well already"), assignment.local_strengths),
        (_("Field of work"), vocabulary.sector_label(assignment.sector, language())),
        (_("Hours a week"), str(assignment.hours or "")),
    ]


def _asked(assignment: Assignment) -> Facts:
    essential = [_skill(asked) for asked in assignment.skills if asked.is_essential]
    helpful = [_skill(asked) for asked in assignment.skills if not asked.is_essential]
    level = vocabulary.EXPERIENCE_LEVELS.get(assignment.experience_level or "")
    facts: Facts = [(_("Skills needed"), essential), (_("Skills that help"), helpful)]
    facts += [(_("In the host's words"), assignment.skills_text)] if assignment.skills_text else []
    return [*facts, (_("For whom"), translate(level) if level else ""), (_("Languages"), _languages(assignment))]


def _skill(asked: AssignmentSkill) -> str:
    words = vocabulary.skill_label(asked.skill, language())
    if asked.level:
        words = f"{words}: {translate(vocabulary.LEVELS[asked.level])}"
    return _("%(skill)s (a licence is needed)", skill=words) if asked.needs_licence else words


def _languages(assignment: Assignment) -> list[str]:
    lines = []
    for asked in assignment.languages:
        name = vocabulary.language_name(asked.language, language())
        if not asked.is_required:
            lines.append(_("%(name)s helps", name=name))
            continue
        line = f"{name}: {translate(vocabulary.CEFR[asked.level])}"
        lines.append(_("%(line)s (safety depends on it)", line=line) if asked.for_safety else line)
    return lines


def _stay(assignment: Assignment) -> Facts:
    places = [
        (assignment.places_international, _("for people from other countries")),
        (assignment.places_national, _("for people from the country")),
        (assignment.places_local, _("for people from the place")),
    ]
    mode = vocabulary.MODES.get(assignment.mode or "")
    facts: Facts = [
        (_("Where"), where(assignment)),
        (_("When"), dates(assignment)),
        (_("On site or online"), translate(mode) if mode else ""),
        (_("Open places"), [f"{count} {words}" for count, words in places if count]),
    ]
    if assignment.online_from and assignment.online_to:
        hours = f"{assignment.online_from}–{assignment.online_to} ({(assignment.time_zone or '').replace('_', ' ')})"
        facts.append((_("Hours online"), hours))
    return facts


def _home(assignment: Assignment) -> Facts:
    hospital, walking = assignment.hospital_hours, assignment.walking_km
    return [
        (_("Home, water, power, internet"), home(assignment)),
        (
            _("Nearest hospital"),
            ngettext("%(num)s hour away", "%(num)s hours away", hospital) if hospital is not None else "",
        ),
        (_("Heat and cold"), _climate(assignment)),
        (
            _("Altitude"),
            _("%(metres)s m", metres=assignment.altitude_metres) if assignment.altitude_metres is not None else "",
        ),
        (_("Walking"), _("%(km)s km a day", km=walking) if walking is not None else ""),
        (_("Without steps"), {"yes": _("yes"), "no": _("no")}.get(assignment.step_free or "", "")),
        *([(_("More about living there"), assignment.conditions_text)] if assignment.conditions_text else []),
    ]


def _climate(assignment: Assignment) -> str:
    coldest, hottest = assignment.coldest_celsius, assignment.hottest_celsius
    if coldest is not None and hottest is not None:
        return _("%(coldest)s to %(hottest)s °C over the year", coldest=coldest, hottest=hottest)
    if hottest is not None:
        return _("up to %(hottest)s °C", hottest=hottest)
    return _("down to %(coldest)s °C", coldest=coldest) if coldest is not None else ""


def _money(assignment: Assignment) -> Facts:
    to_you = [money_words(line) for line in assignment.money if line.payee == "volunteer"]
    from_you = [money_words(line) for line in assignment.money if line.payer == "volunteer"]
    others = [money_words(line) for line in assignment.money if "volunteer" not in (line.payer, line.payee)]
    nothing = [_("nothing")] if assignment.money else []  # without any line the host said nothing at all
    facts: Facts = [(_("You receive"), to_you or nothing), (_("You pay"), from_you or nothing)]
    return [*facts, (_("Between others"), others)] if others else facts


def _people(assignment: Assignment) -> Facts:
    def contact(code: str | None) -> str:
        return translate(vocabulary.CONTACT[code]) if code else ""

    hours = assignment.supervision_hours
    return [
        (_("Contact with children"), contact(assignment.contact_children)),
        (_("Contact with adults at risk"), contact(assignment.contact_adults)),
        (_("Who leads you"), assignment.supervisor),
        (_("Time with them"), ngettext("%(num)s hour a week", "%(num)s hours a week", hours) if hours else ""),
        (_("Your counterpart"), assignment.counterpart),
        (_("What the community said"), assignment.community_consulted),
    ]


def _host(assignment: Assignment, today: date) -> Facts:
    host = assignment.host
    kind = vocabulary.HOST_KINDS.get(host.kind)
    place = ", ".join(filter(None, [host.location, vocabulary.country_name(host.country, language())]))
    checked = _("not verified now")
    if host.is_verified(today) and host.verified_until:
        last = host.verifications[0] if host.verifications else None
        checked = _("verified, valid until %(day)s", day=day(host.verified_until))
        if last is not None and last.passed:
            checked += " " + _("(papers, two references and a call, on %(day)s)", day=day(last.decided_at.date()))
    return [
        (_("Name"), host.name),
        (_("What it is"), translate(kind) if kind else host.kind),
        (_("Where it is"), place),
        (_("About it"), host.about),
        (_("Checked by a coordinator"), checked),
        (_("For safety, speak to"), host.safeguarding_person),
        (_("Volunteer organization in charge"), assignment.vio.name),
    ]


def _behind(assignment: Assignment) -> Facts:
    targets = vocabulary.reference().sdg_targets
    known = [f"{code} {targets[code].summary_en}" for code in assignment.sdg_targets if code in targets]
    return [
        (_("Who pays for the project"), assignment.funder),
        (_("Sponsor"), assignment.sponsor),
        (_("Ties to a construction or investment project"), assignment.project_ties),
        (_("Known dispute in the community"), assignment.community_dispute),
        (_("National priority"), assignment.national_priority),
        (_("Goals it serves"), known),
    ]


def _local_jobs(assignment: Assignment) -> Facts:
    was_paid = "" if assignment.was_paid_post is None else _("yes") if assignment.was_paid_post else _("no")
    return [
        (_("Was it a paid job in the last two years?"), was_paid),
        (_("How local people were sought"), assignment.locals_sought),
        (_("Why no local person is paid for it"), assignment.why_not_paid_local),
        (_("What happens when you leave"), assignment.handover),
    ]
