"""A task and a result of each sector (data/reference/sectors.csv), told as the coach would have them; all invented."""

from __future__ import annotations

from webapp.words import Words, lazy

BY_SECTOR: dict[str, Words] = {
    "health": lazy(
        "Show six ward nurses how to dress wounds by the written steps. At the end each does it alone, checked by the "
        "head nurse."
    ),
    "education": lazy(
        "Plan two science lessons a week with the teachers of grade 7. At the end they have 20 lessons that work "
        "without a laboratory."
    ),
    "agriculture": lazy(
        "Test three ways to store bean seed with 40 farmers. At the end of the season they count what sprouts."
    ),
    "environment": lazy(
        "Map the mangroves with the fishers' group. In May the map hangs in the council and is kept up."
    ),
    "water": lazy("Train two caretakers a village to change a worn seal. After six months eight of ten pumps run."),
    "energy": lazy("Fit solar lamps in four clinics with the local electrician, who then repairs them without help."),
    "infrastructure": lazy(
        "Draw the school's new roof with the builders. In June the engineer of the district signs it."
    ),
    "digital": lazy(
        "Set up the clinic's list of patients with the clerk. After three months she makes the report alone."
    ),
    "economy": lazy("Keep the books with ten weavers every Friday. At the end eight know what a scarf costs them."),
    "community": lazy(
        "Prepare four village meetings with the council. Each ends with a list of who does what until when."
    ),
    "inclusion": lazy(
        "Practise sign language with 12 clerks, an hour a day. At the end deaf visitors can register alone."
    ),
    "youth": lazy(
        "Train five local coaches to lead a girls' team. Next season they run the 20 training days themselves."
    ),
    "gender": lazy(
        "Collect the questions of 30 women farmers on land titles. In July the office answers each in writing."
    ),
    "migration": lazy(
        "Write a guide to the town with ten newcomers, in three languages. 200 copies lie in the office."
    ),
    "disaster": lazy(
        "Walk the flood routes with the volunteers of four villages. In May each village holds one drill."
    ),
    "culture": lazy(
        "Photograph 300 objects with the museum's two keepers. At the end both describe new ones by the guide."
    ),
    "governance": lazy(
        "Sort the land registry's letters of two years with the clerks. At the end each is found in 5 minutes."
    ),
}
