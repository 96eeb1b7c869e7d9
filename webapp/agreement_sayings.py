"""The sentences of the expectation agreement: a row for each term, said to the volunteer, to the host, and of both.

A sentence that ends in a colon is followed by the host's own words, a list, or room to write.
"""

from __future__ import annotations

from dataclasses import dataclass

from webapp.words import Words, lazy

PARTS: dict[str, Words] = {
    "work": lazy("The work"),
    "time": lazy("When and where"),
    "people": lazy("With whom"),
    "learning": lazy("What each side learns and brings"),
    "living": lazy("Living there"),
    "money": lazy("Money, in both directions"),
    "behind": lazy("Who is behind it"),
    "safety": lazy("Safety and respect"),
    "ending": lazy("When something changes or goes wrong"),
}
SIDES: dict[str, Words] = {
    "volunteer": lazy("the volunteer"),
    "host": lazy("the host"),
    "office": lazy("the office"),
    "both": lazy("both sides"),
    "others": lazy("others"),
}


@dataclass(frozen=True)
class Saying:
    """A term's name, its sentence for the volunteer and for the host, and the one that both sign."""

    label: Words
    volunteer: Words
    host: Words
    neutral: Words


def _alike(label: Words, words: Words) -> Saying:
    return Saying(label, words, words, words)


_TO, _FROM, _BETWEEN = lazy("Paid to the volunteer"), lazy("Paid by the volunteer"), lazy("Paid between others")

# Versions keep the codes: a row may get better words, and is never taken out.
SAYINGS: dict[str, Saying] = {
    "tasks": Saying(
        lazy("Tasks"),
        lazy("You will do this work:"),
        lazy("The volunteer will do this work:"),
        lazy("The volunteer does this work:"),
    ),
    "results": Saying(
        lazy("Results by the end"),
        lazy("By the end, you and the host want this to have come of it:"),
        lazy("By the end, your organization and the volunteer want this to have come of it:"),
        lazy("By the end, both want this to have come of it:"),
    ),
    "skills": Saying(
        lazy("Skills"),
        lazy("You bring these skills:"),
        lazy("The volunteer brings these skills:"),
        lazy("The volunteer brings these skills:"),
    ),
    "languages": Saying(
        lazy("Languages"),
        lazy("These languages are needed, or help:"),
        lazy("These languages are needed, or help:"),
        lazy("These languages are needed, or help:"),
    ),
    "first_day": _alike(lazy("First day"), lazy("The work can begin on %(day)s.")),
    "last_day": _alike(lazy("Last day"), lazy("It ends on %(day)s at the latest.")),
    "stay": Saying(
        lazy("Shortest stay"),
        lazy("You will stay at least so many weeks: %(weeks)s."),
        lazy("The volunteer will stay at least so many weeks: %(weeks)s."),
        lazy("The volunteer stays at least so many weeks: %(weeks)s."),
    ),
    "hours": Saying(
        lazy("Hours a week"),
        lazy("You will work so many hours a week: %(hours)s. More is asked for, never owed."),
        lazy("The volunteer will work so many hours a week: %(hours)s. More is asked for, never owed."),
        lazy("The volunteer works so many hours a week: %(hours)s. More is asked for, never owed."),
    ),
    "rest": Saying(
        lazy("Working days and rest"),
        lazy("Before you begin, you and the host write down which days are free and at what hours you work:"),
        lazy("Before the work begins, you and the volunteer write down which days are free and the hours of work:"),
        lazy("Free days and hours of work:"),
    ),
    "mode": _alike(lazy("On site or online"), lazy("The work is done so: %(mode)s.")),
    "country": _alike(lazy("Country"), lazy("The work is for this country: %(country)s.")),
    "location": _alike(lazy("Location"), lazy("The town or village:")),
    "online_hours": Saying(
        lazy("Hours online"),
        lazy("Somebody of the host can be met online from %(start)s to %(end)s (%(zone)s)."),
        lazy("Somebody of your organization can be met online from %(start)s to %(end)s (%(zone)s)."),
        lazy("Somebody of the host can be met online from %(start)s to %(end)s (%(zone)s)."),
    ),
    "supervisor": Saying(
        lazy("Supervisor"),
        lazy("The host gives you somebody who supervises you:"),
        lazy("Your organization gives the volunteer somebody who supervises:"),
        lazy("The host gives the volunteer somebody who supervises:"),
    ),
    "supervision": Saying(
        lazy("Supervision"),
        lazy("So many hours a week are kept for supervising you: %(hours)s."),
        lazy("Your organization keeps so many hours a week for supervision: %(hours)s."),
        lazy("The host keeps so many hours a week for supervision: %(hours)s."),
    ),
    "counterpart": Saying(
        lazy("Local counterpart"),
        lazy("You will work side by side with this colleague:"),
        lazy("This colleague of yours will work side by side with the volunteer:"),
        lazy("This local colleague works side by side with the volunteer:"),
    ),
    "handover": Saying(
        lazy("Hand-over"),
        lazy("So that it goes on after your stay:"),
        lazy("So that it goes on after the volunteer's stay:"),
        lazy("So that it goes on after the stay:"),
    ),
    "learning": Saying(
        lazy("What the volunteer learns"),
        lazy("You will learn:"),
        lazy("The volunteer will learn from your team:"),
        lazy("The volunteer learns:"),
    ),
    "local_strengths": Saying(
        lazy("What the local team brings"),
        lazy("The local team brings:"),
        lazy("Your team brings:"),
        lazy("The local team brings:"),
    ),
    "lodging": Saying(
        lazy("Lodging"),
        lazy("You will live here:"),
        lazy("The volunteer will live here:"),
        lazy("The volunteer lives:"),
    ),
    "water": _alike(lazy("Water"), lazy("Water: %(water)s.")),
    "power": _alike(lazy("Electricity"), lazy("Electricity: %(power)s.")),
    "internet": _alike(lazy("Internet"), lazy("Internet: %(internet)s.")),
    "step_free": _alike(lazy("Without steps"), lazy("Home and work can be reached without steps: %(step_free)s.")),
    "conditions": _alike(lazy("More about living there"), lazy("More about living there:")),
    "money": _alike(lazy("Payments"), lazy("Who pays whom, what, how much and when:")),
    "payment_to": Saying(
        _TO,
        lazy("You will receive from %(payer)s:"),
        lazy("The volunteer will receive from %(payer)s:"),
        lazy("The volunteer receives from %(payer)s:"),
    ),
    "payment_from": Saying(
        _FROM,
        lazy("You will pay to %(payee)s:"),
        lazy("The volunteer will pay to %(payee)s:"),
        lazy("The volunteer pays to %(payee)s:"),
    ),
    "payment_between": _alike(_BETWEEN, lazy("From %(payer)s to %(payee)s:")),
    "no_other_fees": Saying(
        lazy("No other fees"),
        lazy("Nobody will ask you for money that is not listed here."),
        lazy("Your organization will ask the volunteer for no money that is not listed here."),
        lazy("Nobody asks the volunteer for money that is not listed here."),
    ),
    "other_fees": _alike(
        lazy("Other fees"), lazy("The host says that there are fees outside this list. It is not published so.")
    ),
    "funder": _alike(lazy("Who pays for the project"), lazy("The project is paid for by:")),
    "sponsor": _alike(lazy("Sponsor"), lazy("Sponsor:")),
    "project_ties": _alike(
        lazy("Ties to a construction or investment project"), lazy("Ties to a construction or investment project:")
    ),
    "hospital": _alike(lazy("Nearest hospital"), lazy("The nearest hospital is so many hours away: %(hours)s.")),
    "safety_person": Saying(
        lazy("For safety, speak to"),
        lazy("When you feel unsafe, or when your supervisor is the trouble, you can speak to:"),
        lazy("When the volunteer feels unsafe, or the supervisor is the trouble, your organization listens through:"),
        lazy("Who feels unsafe can speak to:"),
    ),
    "children": Saying(
        lazy("Contact with children"),
        lazy("Your contact with children: %(contact)s."),
        lazy("The volunteer's contact with children: %(contact)s."),
        lazy("The volunteer's contact with children: %(contact)s."),
    ),
    "adults": Saying(
        lazy("Contact with adults at risk"),
        lazy("Your contact with adults at risk: %(contact)s."),
        lazy("The volunteer's contact with adults at risk: %(contact)s."),
        lazy("The volunteer's contact with adults at risk: %(contact)s."),
    ),
    "conduct": Saying(
        lazy("Conduct"),
        lazy(
            "You keep to the host's rules for children and adults at risk, are alone with them only as this page "
            "says, and tell at once what worries you."
        ),
        lazy(
            "The volunteer keeps to your rules for children and adults at risk, is alone with them only as this page "
            "says, and tells at once what is worrying."
        ),
        lazy(
            "The volunteer keeps to the host's rules for children and adults at risk, is alone with them only as this "
            "agreement says, and tells at once what is worrying."
        ),
    ),
    "respect": Saying(
        lazy("Respect"),
        lazy("You and the host treat each other, and all people there, as equals."),
        lazy("You and the volunteer treat each other, and all people there, as equals."),
        lazy("Both treat each other, and all people there, as equals."),
    ),
    "images": Saying(
        lazy("Pictures"),
        lazy("You take and show pictures of people only if they agree. The same holds for pictures of you."),
        lazy("Pictures of people are taken and shown only if they agree. This holds for the volunteer too."),
        lazy("Pictures of people, the volunteer among them, are taken and shown only if they agree."),
    ),
    "change": Saying(
        lazy("Changes"),
        lazy("When something has to change, you and the host talk first. What you agree is kept as a new version."),
        lazy(
            "When something has to change, you and the volunteer talk first. What you agree is kept as a new version."
        ),
        lazy("When something has to change, both talk first. What they agree is kept as a new version."),
    ),
    "trouble": Saying(
        lazy("Trouble"),
        lazy("When something goes wrong, you or the host say so early, to each other or to the office."),
        lazy("When something goes wrong, you or the volunteer say so early, to each other or to the office."),
        lazy("When something goes wrong, either side says so early, to the other or to the office."),
    ),
    "office": Saying(
        lazy("The office"),
        lazy("The volunteer organization in charge listens to you and to the host, and helps to find a way."),
        lazy("The volunteer organization in charge listens to you and to the volunteer, and helps to find a way."),
        lazy("The volunteer organization in charge listens to both sides, and helps to find a way."),
    ),
    "end": Saying(
        lazy("Ending early"),
        lazy("You or the host can end it early. Whoever does says why, to the other and to the office."),
        lazy("You or the volunteer can end it early. Whoever does says why, to the other and to the office."),
        lazy("Either side can end it early. Whoever does says why, to the other and to the office."),
    ),
    "notice": Saying(
        lazy("How long before"),
        lazy("Before you begin, you and the host write down how many days before that is said:"),
        lazy("Before the work begins, you and the volunteer write down how many days before that is said:"),
        lazy("Days between saying so and the end:"),
    ),
}
