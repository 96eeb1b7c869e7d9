"""The coach's words: what is wrong, why it matters with its source, and an example; a row for each check.

Sources are demands of the report on the second International Volunteer Service Exchange Conference (IVSEC) of 2017,
told in words; None where the reason is this project's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from webapp.words import Words, lazy


@dataclass(frozen=True)
class Saying:
    """What a check says: what is wrong where nothing more is known, why it matters, the source, an example."""

    wrong: Words
    why: Words
    source: Words | None = None
    example: Words | None = None  # None: always one of a sector (coach_tasks.py)


_CONCRETE = lazy("People apply for work that they can picture, and stay where it is what they read.")
_KNOWN_LIFE = lazy("Who knows beforehand how life is there comes prepared, and seldom leaves early.")
_MONEY = lazy("Money that comes as a surprise ends more stays than hard work.")
# What the report of 2017 demands.
_HOSTS = lazy("hosts learn to describe assignments and to tell what they expect")
_EXPECTATIONS = lazy("both sides know what they may expect, and both gain")
_EQUALS = lazy("exchange goes in both directions and between equals")
_SUPPORT = lazy("volunteers are supported all through their assignment")
_OUTCOMES = lazy("it is seen what became different, not only what was done")
_OPEN = lazy("volunteers are open and flexible, and know the culture")
_TOGETHER = lazy("projects are planned with the community, and local people work in them")
_WORKERS = lazy("volunteers from abroad take no work from local people")
_GOALS = lazy("exchange serves the goals of the country")
_TIES = lazy("it is known whom volunteering serves besides, such as a business")
_SAFETY = lazy("volunteers are safe")

SAYINGS: dict[str, Saying] = {
    "title": Saying(
        lazy("The title does not say what the person will do."),
        lazy("Most people read only titles."),
        None,
        lazy("Nurse to train a ward team in wound care"),
    ),
    "tasks": Saying(lazy("The tasks could say more of what is done, with whom and with what."), _CONCRETE, _HOSTS),
    "task_list": Saying(lazy("Name at least three tasks, each in a sentence or line of its own."), _CONCRETE, _HOSTS),
    "results": Saying(
        lazy("Nobody could check whether the results were reached: a number, a day or who says so is missing."),
        lazy("Results that can be checked show what volunteering changes, beyond hours spent."),
        _OUTCOMES,
    ),
    "both_learn": Saying(
        lazy("Say more about what your team does well, and what the volunteer will learn."),
        lazy("Exchange has two directions: people come to work beside a team, not above it."),
        _EQUALS,
        lazy("The midwives know every family. The volunteer learns how births are attended without a doctor."),
    ),
    "real_day": Saying(
        lazy("The plain day and the hardest thing are told in few words."),
        lazy("Clear expectations are what hosts and volunteers miss most."),
        _EXPECTATIONS,
        lazy("Round at seven, teaching after lunch, evenings free. The road is closed for days after rain."),
    ),
    "equals": Saying(
        lazy("The words “%(phrases)s” make one side a saviour and the other small."),
        lazy("Hosts and volunteers meet as equals; such words draw the wrong people and hurt those at home."),
        _EQUALS,
        lazy("Instead of “experts help poor farmers”: “work with 40 farmers who want to store seed longer”."),
    ),
    "welcome": Saying(
        lazy("Ask for what the work needs, not for who somebody is."),
        lazy("Each such word turns away people who could do the work, before you have met them."),
        _EQUALS,
        lazy("Instead of “strong young man”: “you carry boxes of 15 kg and climb ladders”."),
    ),
    "length": Saying(
        lazy("Words in all texts: %(number)s. Between 40 and %(most)s are read."),
        lazy("Too little cannot be judged; too much is not read on a phone."),
        None,
        lazy("Six to ten sentences on the tasks, two or three on everything else."),
    ),
    "reading": Saying(
        lazy("Some sentences are long. Words in the longest: %(number)s."),
        lazy("Most readers read it in their second or third language."),
        None,
        lazy("One thought a sentence. Write a full stop where you would write “and”."),
    ),
    "skills_named": Saying(
        lazy("Choose skills from the list, also where you wrote them in your own words."),
        lazy("Chosen skills are found in all six languages."),
        None,
        lazy("Wound care; training of staff"),
    ),
    "essentials": Saying(
        lazy(
            "Essential skills: %(number)s. Keep those without which the work cannot be done, and name others as "
            "desirable."
        ),
        lazy("Every essential skill turns away people who could learn it."),
        _HOSTS,
        lazy("Essential: nursing. Desirable: training of staff, keeping records."),
    ),
    "levels": Saying(
        lazy("Say of each skill at which level it is needed, and whether a newcomer can do it."),
        lazy("A level too high keeps people away; a level too low disappoints both sides."),
        _EXPECTATIONS,
        lazy("Nursing: alone. Training of staff: with guidance."),
    ),
    "languages": Saying(
        lazy("Many languages are needed at once."),
        lazy("People talk with neighbours in their language, and learn it faster than most hosts think."),
        _OPEN,
        lazy("English B1 is needed, a little Swahili helps."),
    ),
    "dates": Saying(
        lazy("Give the first day, the last day and the shortest stay that works."),
        lazy("Without days nobody can tell whether they are free."),
        _HOSTS,
        lazy("1 September to 28 February, 12 weeks at least"),
    ),
    "hours": Saying(
        lazy("Hours a week: %(number)s. Up to %(most)s are a full week."),
        lazy("Tasks, hours and rest have to fit one another."),
        _EXPECTATIONS,
        lazy("32 hours a week, weekends free"),
    ),
    "pace": Saying(
        lazy("Say how many weeks it takes at least, and what is done in them."),
        lazy("Too much for the time ends half done; too little lets people leave early."),
        _EXPECTATIONS,
        lazy("12 weeks of 32 hours: three tasks, and one result that can be checked in week 11"),
    ),
    "living": Saying(
        lazy("Say more about lodging, water, electricity and internet."),
        _KNOWN_LIFE,
        _EXPECTATIONS,
        lazy("Own room with a family, well in the yard, electricity with cuts"),
    ),
    "safety": Saying(
        lazy("Say how far it is to a hospital, how hot or cold it gets and how far people walk."),
        _KNOWN_LIFE,
        _SAFETY,
        lazy("Hospital 2 hours away, up to 36 degrees, 3 km on foot a day"),
    ),
    "access": Saying(
        lazy("Say whether home and work can be reached without steps. A no is a good answer too."),
        lazy("Who uses a wheelchair cannot guess it."),
        None,
        lazy("The office has no steps, the lodging has three."),
    ),
    "provided": Saying(
        lazy("It is not said who pays for: %(unsaid)s."),
        _MONEY,
        _EXPECTATIONS,
        lazy(
            "The host pays for the room and two meals a day; the coordinator's organization pays flight and insurance."
        ),
    ),
    "money_clear": Saying(
        lazy("Say of each payment what it is for, how much it is, and when."),
        _MONEY,
        _EXPECTATIONS,
        lazy("Allowance, 150 USD, on the first of each month"),
    ),
    "supervision": Saying(
        lazy("Hours of supervision a week: %(number)s. For this work about %(wanted)s would do."),
        lazy("Support during the assignment decides whether it ends well."),
        _SUPPORT,
        lazy("The head nurse, 2 hours a week: Monday and Thursday after the round"),
    ),
    "contact": Saying(
        lazy("Say what contact there is with children and with adults at risk."),
        lazy("It decides which checks protect them."),
        _SUPPORT,
        lazy("Children: supervised, a teacher is always in the room."),
    ),
    "community": Saying(
        lazy("Say who in the community was asked, and what changed through it."),
        lazy("Work that the community planned itself goes on."),
        _TOGETHER,
        lazy("The mothers' group was asked in March and wanted evening hours; so we open until eight."),
    ),
    "handover": Saying(
        lazy("Say who works beside the volunteer, and how that person takes over."),
        lazy("What only the volunteer can do ends with the stay."),
        _TOGETHER,
        lazy("Ms Achieng, ward nurse. From October she leads the rounds, the volunteer watches."),
    ),
    "displacement": Saying(
        lazy("Say more about how you looked for local people, and why nobody local is paid for it."),
        lazy("Volunteers from abroad may take the work of local people."),
        _WORKERS,
        lazy("Posted at the county office in April, no answer. The work passes a skill on to six paid nurses."),
    ),
    "openness": Saying(
        lazy("Name funder, sponsor, ties to a project and known disputes, or write “none”."),
        lazy("People may know whom they work for before they apply."),
        _TIES,
        lazy("Funder: county hospital fund. Ties to a construction project: none."),
    ),
    "serves": Saying(
        lazy("Name the national plan and up to %(most)s targets that the work serves most."),
        lazy("Exchange should serve the country's own goals, and show it."),
        _GOALS,
        lazy("National health plan, chapter 4; target 3.8"),
    ),
}
# Where the evidence says more: (check, key of its evidence) -> what is wrong.
CLOSER: dict[tuple[str, str], Words] = {
    ("tasks", "phrases"): lazy("“%(phrases)s” could stand in any assignment. What is done there?"),
    ("tasks", "sentences"): lazy("This names no work: “%(sentences)s”"),
    ("results", "hollow"): lazy("“%(hollow)s” could stand in any assignment. Who does then what, and how is it seen?"),
    ("results", "marks"): lazy("Say more about what shall be different."),
    ("both_learn", "refused"): lazy("“%(refused)s”: both sides bring something. Ask your team what it is proud of."),
    ("real_day", "refused"): lazy("“%(refused)s”: tell of a day as it is now, and what was hard for who came last."),
    ("levels", "high"): lazy("A newcomer is not likely to have this at that level: %(high)s."),
    ("levels", "unlicensed"): lazy("This usually needs a licence, and none is asked: %(unlicensed)s."),
    ("levels", "guided"): lazy("A skill is needed “with guidance”, and nobody has hours for it."),
    ("levels", "low"): lazy("The tasks teach others, and no skill is needed at more than “with guidance”."),
    ("languages", "high"): lazy("Does the work need that much? %(high)s"),
    ("languages", "local"): lazy("No language of the country is named: %(local)s."),
    ("languages", "mute"): lazy(
        "The tasks teach or ask people, and no simple talk in a language of the country is needed. Who interprets?"
    ),
    ("essentials", "single"): lazy("Name a skill that is desirable too: what helps, and can be learned there."),
    ("dates", "over"): lazy("These days are over. Choose dates to come."),
    ("dates", "short"): lazy("Less than three weeks is short for people who come from abroad."),
    ("hours", "crowded"): lazy("So many tasks need more than %(number)s hours a week."),
    ("welcome", "age"): lazy("“%(age)s” goes by age. Say what is done, such as evening shifts or carrying 10 kg."),
    ("welcome", "sex"): lazy(
        "“%(sex)s” goes by sex. Say what is done; where those you serve ask for a woman or a man, give that reason."
    ),
    ("welcome", "looks"): lazy("“%(looks)s” goes by looks, and no work needs them. Take it out; say what to wear."),
    ("welcome", "body"): lazy(
        "“%(body)s” turns away people with a disability or an illness. Say how far one walks and what one lifts."
    ),
    ("welcome", "origin"): lazy("“%(origin)s” goes by origin. Say what the person has to know or be able to do."),
    ("welcome", "tongue"): lazy(
        "“%(tongue)s” turns away all who learned the language well. Say the level that the work needs, such as B2."
    ),
    ("welcome", "belief"): lazy(
        "“%(belief)s” goes by faith. Say how people live there, such as prayers or food, and let them choose."
    ),
    ("welcome", "family"): lazy("“%(family)s” is private. Say what is asked, such as nights away or a room for one."),
    ("welcome", "means"): lazy("“%(means)s” turns away people with little money. Say who lends it or what else goes."),
    ("supervision", "refused"): lazy("“%(refused)s”: find somebody with time for it before you look for a volunteer."),
    ("community", "refused"): lazy("“%(refused)s”: ask now, and write who it was and what changed through it."),
    ("handover", "refused"): lazy("“%(refused)s”: agree on who goes on with the work, and from when."),
    ("displacement", "refused"): lazy("“%(refused)s”: look for local people first, and write where and how long."),
    ("serves", "refused"): lazy("“%(refused)s”: ask your coordinator which plan of the country it serves."),
    ("pace", "hurried"): lazy(
        "Tasks: %(number)s. Weeks: %(weeks)s. That leaves less than two working days for each: leave some out, or plan "
        "more weeks."
    ),
    ("pace", "early"): lazy(
        "Results: %(results)s. Weeks: %(weeks)s. A result needs a week or more to be seen: name those that matter most."
    ),
    ("pace", "idle"): lazy("Tasks: %(number)s. Weeks: %(weeks)s. Say also what is done in the later weeks."),
    ("contact", "phrases"): lazy("The tasks speak of “%(phrases)s”, but you say there is no contact with children."),
    ("contact", "alone"): lazy("Somebody would be alone with children or adults at risk. Can a colleague be there?"),
}
# Where the evidence has a reason of its own: (check, key of its evidence) -> why it matters.
WHY: dict[tuple[str, str], Words] = {
    ("dates", "too_long"): lazy("As it stands nobody can stay so long, whatever time they have."),
}
KINDS: dict[str, Words] = {
    "lodging": lazy("lodging"),
    "food": lazy("food"),
    "travel": lazy("travel"),
    "insurance": lazy("insurance"),
}
