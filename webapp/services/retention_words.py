"""What is thrown away, in the words of the administrator's page."""

from __future__ import annotations

from webapp.words import Words, lazy

# By the names of the counts that `retention.clear` returns.
RULES: dict[str, Words] = {
    "unclaimed": lazy(
        "Profiles from an office's list that nobody has claimed, when nothing happened with them for as many months "
        "as the organization keeps data."
    ),
    "unconfirmed": lazy("Accounts whose e-mail address was not confirmed within 30 days, with what belongs to them."),
    "imports": lazy("Lists that were uploaded and not taken over, with their report, after 30 days."),
    "list_rows": lazy(
        "The rows in the report on a list, which name people, 30 days after it came in. The numbers stay."
    ),
    "invitations": lazy("Invitations, 30 days after they were used or became too old."),
    "bonds": lazy(
        "That people wanted to go together, 30 days after it ended or the link to say yes became too old, unless "
        "places were offered to them."
    ),
    "references": lazy("What people who gave a reference wrote, and their addresses, 6 months after the end."),
    "recruitment": lazy(
        "Answers of applicants, declarations on conduct and scorecards of interviews, as many months after the end as "
        "the organization keeps data."
    ),
    "stays": lazy(
        "Messages and check-ins of a placement, when it has been over for as many months as the receiving organization "
        "keeps data. The signed agreements stay."
    ),
    "community": lazy(
        "Names and addresses of people of a community who were asked how a stay was, 30 days after the link was used "
        "or became too old."
    ),
    "host_links": lazy("Links by which hosts without an account answer, a year after they were asked for."),
    "mentorships": lazy("Questions to mentors, and what the two wrote to each other, one year after it ended."),
    "signed_in": lazy("In which browsers an account is signed in, 30 days after it signed in there."),
    "letters": lazy(
        "Copies of letters, 30 days after they were sent; of those that stay on the site, or that no "
        "server took, 30 days after they came."
    ),
    "documents": lazy(
        "Documents of clearances, when the placement ended as many days ago as the organization keeps them; who "
        "opened them stays listed."
    ),
    "clearances": lazy(
        "At the same time: the words that were handed in with them, and who was to be called in an emergency."
    ),
    "reminders": lazy("Notes that somebody was reminded of something, after a year."),
    "bars": lazy(
        "Decisions to bar somebody, with their appeals, one year after they ended or were dropped. The marks by which "
        "a second registration is noticed go when the bar ends."
    ),
    "roll_calls": lazy(
        "Who was asked in a roll call and what they answered, 90 days after it was closed. Numbers and summary stay."
    ),
    "file_looks": lazy("Who opened the page of a volunteer, after a year."),
    "run_inputs": lazy(
        "What rankings were made from (profiles and assignments as they were), a year after a ranking last read it."
    ),
    "failures": lazy("Failed log-ins, after an hour; that a code of an app was wrong, after a day."),
    "incidents": lazy("Incidents with the report or call behind them, six years after they were closed."),
    "reports": lazy("Reports of which no incident was made, two years after they were closed."),
    "help_calls": lazy("Calls for help of which no incident was made, one year after they were closed."),
    "support": lazy("What volunteers and supporters wrote to each other, one year after the placement was over."),
    "old_matches": lazy(
        "Matches that are shown no more, a year after they were found, where nobody decided on that list or applied."
    ),
}
