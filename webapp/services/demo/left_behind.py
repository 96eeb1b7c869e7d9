"""What stays of the demonstration's placements: lessons, some of them in the library, and certificates of service."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from webapp.models import Placement, User
from webapp.services import lesson_reviews, lessons, service_certificates
from webapp.services.demo.people import account_of

# Of the volunteer and of the host, for stay after stay; all invented.
LESSONS = (
    (
        "Ask in the first week who decides what. I lost a month with plans that the right person had never seen.",
        "Tell your neighbours that somebody comes, and why. Ours brought chairs, and questions that helped us.",
    ),
    (
        "Learn to greet in the local language before you travel. It opened more doors than all my certificates.",
        "Let the volunteer and your own colleague plan the handover in week two, not in the last one.",
    ),
    (
        "Bring a lamp and spare batteries. The power was as described: some hours, and never when I needed it.",
        "Write down the working hours. We thought that they were clear, and they were clear to us only.",
    ),
)


def leave_behind(
    session: Session,
    placement: Placement,
    hosts: Mapping[int | None, User],
    coordinators: Mapping[int | None, User],
    number: int,
) -> None:
    """Let both sides write a lesson; every third waits to be read. Let who has served have a certificate."""
    person = account_of(placement.volunteer)
    authors = (person, hosts[placement.assignment.host_id])
    for author, text in zip(authors, LESSONS[number % len(LESSONS)], strict=True):
        lesson = lessons.add(session, author, placement, text)
        lessons.agree(session, author, lesson, "anonymous" if number % 2 else "name")
        if number % 3:
            lesson_reviews.publish(session, coordinators[placement.receiving_vio_id], lesson)
    if placement.state == "completed":
        made = service_certificates.issue(session, person, placement)
        service_certificates.show(session, person, made, ["role", "time"] if number % 2 else [])
