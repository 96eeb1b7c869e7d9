"""The words of reminders. Letters to hosts and offices name nobody: many read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from webapp.models import Assignment, Host
from webapp.words import Words, joined, lazy

Letter = tuple[Words, Words]

LETTERS: dict[str, Letter] = {
    "answer_soon": (
        lazy("Applicants wait for your answer: %(title)s"),
        lazy(
            "Applicants for “%(title)s” who wait for your answer: %(number)s. We promised it by %(day)s. "
            "Sign in, look at them and answer each."
        ),
    ),
    "answer_today": (
        lazy("Today applicants expect your answer: %(title)s"),
        lazy(
            "Applicants for “%(title)s” to whom we promised an answer by today, %(day)s: %(number)s. "
            "Sign in and answer each of them. If you need more time, write to the office."
        ),
    ),
    "promise_renewed": (
        lazy("Not yet: your application for %(title)s"),
        lazy(
            "We promised you an answer on “%(title)s” at %(host)s by %(before)s. It has not come, and we are sorry. "
            "This says nothing about you: the host has not decided yet.\n\n"
            "We have reminded the host. You get an answer by %(day)s. We move the day only this once, and the "
            "coordinators of %(office)s see that you wait.\n\n"
            "You need not do anything. You can apply for other assignments meanwhile."
        ),
    ),
    "promise_renewed_host": (
        lazy("An answer is late: %(title)s"),
        lazy(
            "An answer that we promised by %(before)s has not come. We have told the person that it comes by %(day)s, "
            "and that the day moves only this once. Sign in, look at the applicants for “%(title)s” and answer."
        ),
    ),
    "more_days": (
        lazy("A few more days: your application for %(title)s"),
        lazy(
            "%(host)s asks for more time to look at your application for “%(title)s”. This says nothing about you.\n\n"
            "You were promised an answer by %(before)s; now it comes by %(day)s. The day moves only this once, and the "
            "coordinators of %(office)s see that you wait. You need not do anything."
        ),
    ),
    "promise_broken": (
        lazy("Still no answer: your application for %(title)s"),
        lazy(
            "The day by which %(host)s was to answer you on “%(title)s” has passed a second time. We are sorry, and we "
            "promise no other day that we cannot keep.\n\n"
            "The coordinators of %(office)s have been told. Write to them at %(email)s if you want to know more. Your "
            "application stays; you can withdraw it, and you can apply for other assignments."
        ),
    ),
    "answers_late": (
        lazy("Applicants wait past their promised day: %(number)s"),
        lazy(
            "These applications have no answer, and the promised day is past:\n\n%(lines)s\n\n"
            "Sign in, open the board, and remind the hosts or call them. We write again in a week."
        ),
    ),
    "word_soon": (
        lazy("People on your shortlist wait to hear from you: %(title)s"),
        lazy(
            "People on your shortlist for “%(title)s” who have not heard how it goes on: %(number)s. They expect a "
            "word by %(day)s. Write to each of them, and tell the office how it goes on."
        ),
    ),
    "word_late": (
        lazy("Still no word: your application for %(title)s"),
        lazy(
            "You should have heard by %(day)s how it goes on with your application for “%(title)s” at %(host)s. You "
            "have not, and we are sorry. This says nothing about you.\n\n"
            "The coordinators of %(office)s see that you wait. Write to them at %(email)s if you want to know more. "
            "Your application stays, and you can apply for other assignments."
        ),
    ),
    "words_late": (
        lazy("Applicants wait past their promised day: %(number)s"),
        lazy(
            "These people are on a shortlist, invited to an interview or chosen, and have not heard how it goes "
            "on:\n\n%(lines)s\n\nSign in, open the board, and write to them or decide. We write again in a week."
        ),
    ),
    "offer_ends": (
        lazy("Your offer waits until %(day)s: %(title)s"),
        lazy(
            "The offer for “%(title)s” at %(host)s waits for your answer until %(day)s. After that day the place is "
            "free again.\n\nSign in, open your application, and accept or decline. If you decline, it does not count "
            "against you."
        ),
    ),
    "unsigned": (
        lazy("Your signature is missing: %(title)s"),
        lazy(
            "The agreement of a placement for “%(title)s” at %(host)s has waited for your signature since %(day)s. The "
            "placement cannot begin before both sides have signed.\n\nSign in, open the placement and read the "
            "agreement. Sign it, or propose what should be different."
        ),
    ),
    "starts_late": (
        lazy("Placements past their first day: %(number)s"),
        lazy(
            "These placements are still being prepared, and their first day is past:\n\n%(lines)s\n\n"
            "Sign in and start them, or cancel them with a reason. We write again in a week."
        ),
    ),
    "ends_late": (
        lazy("Placements past their last day: %(number)s"),
        lazy(
            "The last day of these placements is past, and they are not completed:\n\n%(lines)s\n\n"
            "Sign in and complete them, or say that they ended early. Until then nobody there gets a certificate or is "
            "asked how it was. We write again in a week."
        ),
    ),
    "extensions_late": (
        lazy("Placements that wait to be extended: %(number)s"),
        lazy(
            "Volunteer and host have signed a later last day for these placements, and it is not set yet:\n\n"
            "%(lines)s\n\nSign in, open each placement and extend it, or tell both sides why not. We write again in a "
            "week."
        ),
    ),
    "held_late": (
        lazy("Stays that wait for your decision: %(number)s"),
        lazy(
            "These placements are held because a host is suspended or a person barred, and nobody has decided how each "
            "goes on:\n\n%(lines)s\n\nSign in and decide: somebody waits. We write again in a week."
        ),
    ),
    "held_waits": (
        lazy("Not yet: how your placement goes on"),
        lazy(
            "We have not decided yet how your placement “%(title)s” at %(host)s goes on, and we are sorry. The "
            "coordinators of %(office)s have been reminded. You can write to them: %(email)s\n\nIf anything is not "
            "right, press “I need help”."
        ),
    ),
    "verification_ends_host": (
        lazy("Your verification ends on %(day)s"),
        lazy(
            "The verification of %(host)s holds until %(day)s. After that your assignments are not public and you do "
            "not see contact data of applicants. Sign in, check your organization's data, and ask to be verified "
            "again."
        ),
    ),
    "verification_ends_by_mail": (
        lazy("Your verification ends on %(day)s"),
        lazy(
            "The verification of %(host)s holds until %(day)s. After that your assignments are not public and you do "
            "not see contact data of applicants. Please check your organization's data with us, and be verified again."
        ),
    ),
    "verification_ends_office": (
        lazy("A verification ends on %(day)s: %(host)s"),
        lazy("The verification of %(host)s holds until %(day)s. Call the organization and renew it before that day."),
    ),
    "verification_over_host": (
        lazy("Your verification has ended"),
        lazy(
            "The verification of %(host)s ended on %(day)s. Your assignments are not public until it is renewed. "
            "Sign in and ask to be verified again."
        ),
    ),
    "verification_over_by_mail": (
        lazy("Your verification has ended"),
        lazy(
            "The verification of %(host)s ended on %(day)s. Your assignments are not public until it is renewed. "
            "Please ask to be verified again."
        ),
    ),
    "verification_over_office": (
        lazy("A verification has ended: %(host)s"),
        lazy("The verification of %(host)s ended on %(day)s. Its assignments are not public until you renew it."),
    ),
}


def told(event: str, assignment: Assignment, **values: Any) -> Letter:
    """Return the letter of `event` about an assignment."""
    return _filled(event, title=assignment.title, host=assignment.host.name, **values)


def about_host(event: str, host: Host, **values: Any) -> Letter:
    """Return the letter of `event` about an organization."""
    return _filled(event, host=host.name, **values)


def listed(event: str, late: Iterable[tuple[date, Assignment]], number: int) -> Letter:
    """Return the letter of `event` to an office, with a line for each thing that is late since a day."""
    lines = sorted({(day, one.title, one.host.name) for day, one in late})
    return _filled(event, lines=joined((_line(*line) for line in lines), "\n"), number=number)


def _line(day: date, title: str, host: str) -> Words:
    return Words("- %(day)s: %(title)s, %(host)s", {"day": day, "title": title, "host": host})


def _filled(event: str, **values: Any) -> Letter:
    subject, body = LETTERS[event]
    return Words(subject.text, values), Words(body.text, values)
