"""The wording of every reason and rule: one sentence for each code, as said of a volunteer and as said to one."""

from __future__ import annotations

from webapp.words import Words, lazy

CRITERIA: dict[str, Words] = {
    "skills": lazy("Skills"),
    "country": lazy("Country"),
    "languages": lazy("Languages"),
    "availability": lazy("Time"),
    "interests": lazy("Causes"),
}

# A line on the country for readers who may not learn of wishes elsewhere and earlier service.
NOT_WITH_SERVICE = "COUNTRY_FOLDED"

ABOUT_OTHERS: dict[str, Words] = {
    "SKILL_STATED": lazy("%(skill)s: level %(level)s stated, level %(asked)s asked."),
    "SKILL_NARROWER": lazy("%(skill)s: not stated itself; states the more special %(held)s, level %(level)s."),
    "SKILL_BROADER": lazy("%(skill)s: not stated itself; states the broader %(held)s, level %(level)s."),
    "SKILL_RELATED": lazy("%(skill)s: not stated itself; states the related %(held)s, level %(level)s."),
    "SKILL_IN_TEXT": lazy("%(skill)s: named in the person's own text (“%(phrase)s”), not confirmed as a skill."),
    "SKILL_NOT_KNOWN": lazy("%(skill)s: not named in the profile."),
    "SKILLS_ASKED_NOT_KNOWN": lazy("The host named no skills, and none can be read from the text."),
    "TEXT_ALIKE": lazy("The profile says “%(phrase)s”; the assignment says “%(asked_phrase)s”."),
    "TEXT_NOT_ALIKE": lazy(
        "What the profile says is not like the words of the assignment; it counts no less than saying nothing."
    ),
    "TEXT_NOT_KNOWN": lazy("The profile says nothing that can be compared with the words of the assignment."),
    "COUNTRY_CHOSEN": lazy("Chose %(country)s."),
    "ROUTE_CHOSEN": lazy("Chose the whole route %(route)s, on which %(country)s lies."),
    "EXTENSION_CHOSEN": lazy("Chose %(route)s, this project's own extension, in which %(country)s lies."),
    "COUNTRY_ANYWHERE": lazy("Would go anywhere."),
    "COUNTRY_NEAR": lazy("Chose %(from)s: %(hops)s step(s) along the routes from %(country)s."),
    "COUNTRY_FAR": lazy("Chose %(from)s: %(hops)s steps along the routes, too far from %(country)s to count."),
    "COUNTRY_NOT_IN_DATA": lazy(
        "%(country)s or the chosen country is not in the data set of routes: no distance is known."
    ),
    "COUNTRY_WISH_NOT_KNOWN": lazy("Named no country or route."),
    "ONLINE_PLACE_DOES_NOT_MATTER": lazy("Online: the place does not matter and counts the same for everyone."),
    "SERVED_THERE": lazy("Served in %(country)s before."),
    "SERVED_ON_ROUTE": lazy("Served on the same route before: %(served)s."),
    "SERVED_ELSEWHERE": lazy("Served before, elsewhere."),
    "SERVICE_NOT_NAMED": lazy("Named no earlier service; nothing is lost by that."),
    NOT_WITH_SERVICE: lazy("What the person wishes and has done fits %(country)s to this degree."),
    "LANGUAGE_MET": lazy("%(language)s: %(held)s, %(needed)s needed (known by: %(basis)s)."),
    "LANGUAGE_ONE_STEP_BELOW": lazy("%(language)s: %(held)s, one step below the %(needed)s needed."),
    "LANGUAGE_NOT_MET": lazy("%(language)s: %(held)s, below the %(needed)s needed."),
    "LANGUAGE_NOT_KNOWN": lazy("%(language)s: the profile names no languages; ask."),
    "LANGUAGE_HELPFUL_HELD": lazy("%(language)s helps there: %(held)s."),
    "LANGUAGE_HELPFUL_MISSING": lazy("%(language)s would help there: not stated."),
    "LANGUAGE_NONE_REQUIRED": lazy("The host named no language as needed."),
    "WEEKS_ENOUGH": lazy("%(weeks_shared)s weeks in common, %(weeks_asked)s asked."),
    "WEEKS_FEW": lazy("Only %(weeks_shared)s weeks in common, %(weeks_asked)s asked."),
    "WINDOWS_NOT_KNOWN": lazy("Named no dates; ask."),
    "WEEKS_ASKED_NOT_KNOWN": lazy("The host named no dates or length of stay."),
    "STAY_ENOUGH": lazy("Would stay up to %(longest_stay)s weeks, %(weeks_asked)s asked."),
    "STAY_SHORT": lazy("Would stay at most %(longest_stay)s weeks, %(weeks_asked)s asked."),
    "STAY_NOT_KNOWN": lazy("Named no longest stay; ask."),
    "HOURS_ENOUGH": lazy("Offers %(hours_offered)s hours a week, %(hours_asked)s asked."),
    "HOURS_FEW": lazy("Offers %(hours_offered)s hours a week, %(hours_asked)s asked."),
    "HOURS_NOT_KNOWN": lazy("Named no hours a week; ask."),
    "HOURS_ASKED_NOT_KNOWN": lazy("The host named no hours a week."),
    "CLOCK_SHARED": lazy("%(shared_hours_a_day)s hours of the day in common, %(hours_a_day_needed)s needed."),
    "CLOCK_NOT_KNOWN": lazy("Named no hours of the day; ask."),
    "CLOCK_ASKED_NOT_KNOWN": lazy("The host named no hours of the day."),
    "CAUSES_SHARED": lazy("Causes in common: %(shared)s."),
    "CAUSES_OTHER": lazy("Named other causes than %(goals)s."),
    "CAUSES_NOT_KNOWN": lazy("Named no causes."),
    "GOALS_NOT_KNOWN": lazy("The host named no goals."),
}

# Only where "you" needs a sentence of its own; the others serve both readers.
TO_VOLUNTEER: dict[str, Words] = {
    "SKILL_STATED": lazy("%(skill)s: you state level %(level)s, level %(asked)s is asked."),
    "SKILL_NARROWER": lazy("%(skill)s: you do not state it itself, but the more special %(held)s, level %(level)s."),
    "SKILL_BROADER": lazy("%(skill)s: you do not state it itself, but the broader %(held)s, level %(level)s."),
    "SKILL_RELATED": lazy("%(skill)s: you do not state it itself, but the related %(held)s, level %(level)s."),
    "SKILL_IN_TEXT": lazy("%(skill)s: your text says “%(phrase)s”. Confirm it as a skill and it counts more."),
    "SKILL_NOT_KNOWN": lazy("%(skill)s: your profile does not name it. Add it if you can do it."),
    "TEXT_ALIKE": lazy("Your profile says “%(phrase)s”; the assignment says “%(asked_phrase)s”."),
    "TEXT_NOT_ALIKE": lazy(
        "What your profile says is not like the words of the assignment; it counts no less than saying nothing."
    ),
    "TEXT_NOT_KNOWN": lazy("Your profile says nothing yet that can be compared with the words of the assignment."),
    "COUNTRY_CHOSEN": lazy("You chose %(country)s."),
    "ROUTE_CHOSEN": lazy("You chose the whole route %(route)s, on which %(country)s lies."),
    "EXTENSION_CHOSEN": lazy("You chose %(route)s, this project's own extension, in which %(country)s lies."),
    "COUNTRY_ANYWHERE": lazy("You would go anywhere."),
    "COUNTRY_NEAR": lazy("You chose %(from)s: %(hops)s step(s) along the routes from %(country)s."),
    "COUNTRY_FAR": lazy("You chose %(from)s: %(hops)s steps along the routes, too far from %(country)s to count."),
    "COUNTRY_WISH_NOT_KNOWN": lazy("You have not said where you would serve."),
    "SERVED_THERE": lazy("You have served in %(country)s before."),
    "SERVED_ON_ROUTE": lazy("You have served on the same route before: %(served)s."),
    "SERVED_ELSEWHERE": lazy("You have served before, elsewhere."),
    "SERVICE_NOT_NAMED": lazy("You name no earlier service; nothing is lost by that."),
    "LANGUAGE_MET": lazy("%(language)s: you state %(held)s, %(needed)s is needed."),
    "LANGUAGE_ONE_STEP_BELOW": lazy("%(language)s: you state %(held)s, one step below the %(needed)s needed."),
    "LANGUAGE_NOT_MET": lazy("%(language)s: you state %(held)s, below the %(needed)s needed."),
    "LANGUAGE_NOT_KNOWN": lazy("%(language)s: your profile names no languages yet."),
    "LANGUAGE_HELPFUL_MISSING": lazy("%(language)s would help there: you do not state it."),
    "WINDOWS_NOT_KNOWN": lazy("You have not said when you are free."),
    "STAY_ENOUGH": lazy("You would stay up to %(longest_stay)s weeks, %(weeks_asked)s are asked."),
    "STAY_SHORT": lazy("You would stay at most %(longest_stay)s weeks, %(weeks_asked)s are asked."),
    "STAY_NOT_KNOWN": lazy("You have not said how long you could stay."),
    "HOURS_ENOUGH": lazy("You offer %(hours_offered)s hours a week, %(hours_asked)s are asked."),
    "HOURS_FEW": lazy("You offer %(hours_offered)s hours a week, %(hours_asked)s are asked."),
    "HOURS_NOT_KNOWN": lazy("You have not said how many hours a week you offer."),
    "CLOCK_NOT_KNOWN": lazy("You have not said at which hours of the day you are free."),
    "CAUSES_OTHER": lazy("You named other causes than %(goals)s."),
    "CAUSES_NOT_KNOWN": lazy("You have not named causes."),
}

OBSTACLES: dict[str, Words] = {
    "NO_CONSENT": lazy("Consent to be matched would be needed."),
    "NO_CONSENT_ABROAD": lazy("Consent to be matched outside the country of residence would be needed."),
    "HOST_NOT_VERIFIED": lazy("The host would first have to be verified by a coordinator."),
    "NO_OPEN_PLACE": lazy("A place would have to be free."),
    "RESIDENTS_ONLY": lazy("Only people who live in %(residence)s can take the places that are free."),
    "MODE": lazy("The work is %(mode)s; the profile does not offer that."),
    "COUNTRY_EXCLUDED": lazy("The profile excludes %(country)s."),
    "COUNTRY_NO_GO": lazy("The volunteer's organization does not send to %(country)s."),
    "DATES_DO_NOT_MEET": lazy("The dates do not meet: needed from %(needed_from)s to %(needed_to)s."),
    "STAY_TOO_SHORT": lazy(
        "%(weeks_short)s more weeks would be needed: %(weeks_possible)s are possible, %(weeks_needed)s asked."
    ),
    "HOURS_DO_NOT_MEET": lazy(
        "The hours do not meet: %(hours_possible)s hours a week are possible, %(hours_needed)s asked."
    ),
    "LICENCE_MISSING": lazy("A licence for %(skill)s, valid until %(valid_until_at_least)s, would be needed."),
    "LANGUAGE_BELOW": lazy("%(language)s: %(needed)s is needed, %(held)s is stated."),
    "SKILL_BELOW": lazy("%(skill)s: level %(needed)s is needed, level %(held)s is stated."),
}

WHY_NOT: dict[str, Words] = {
    "NO_CONSENT": lazy("no consent to be matched"),
    "NO_CONSENT_ABROAD": lazy("no consent to be matched abroad"),
    "HOST_NOT_VERIFIED": lazy("host not verified"),
    "NO_OPEN_PLACE": lazy("no open place"),
    "RESIDENTS_ONLY": lazy("places for residents only"),
    "MODE": lazy("on site or online does not meet"),
    "COUNTRY_EXCLUDED": lazy("country excluded by the volunteer"),
    "COUNTRY_NO_GO": lazy("country to which the organization does not send"),
    "DATES_DO_NOT_MEET": lazy("dates do not meet"),
    "STAY_TOO_SHORT": lazy("stay too short"),
    "HOURS_DO_NOT_MEET": lazy("hours do not meet"),
    "LICENCE_MISSING": lazy("licence missing"),
    "LANGUAGE_BELOW": lazy("language below its minimum"),
    "SKILL_BELOW": lazy("essential skill below its level"),
}
