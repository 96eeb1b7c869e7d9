"""Damages and empty sentences kept apart: written after the checks, and never looked at while a check is changed.

What they show is how far the coach reaches beyond the words that it was made with (coach_damages.py).
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from data.evaluation.coach_damages import Damage, sentences
from matching.coach.draft import Draft

PADDING: dict[str, tuple[str, ...]] = {
    "en": (
        "You will surely laugh a lot and go home with a full heart.",
        "Nobody has ever regretted a single moment spent among us.",
        "Whoever comes with an open mind will find a second family.",
        "Time flies by, and memories stay for a lifetime.",
        "Small steps can lead to something bigger than all of us.",
    ),
    "fr": (
        "Vous rirez beaucoup et repartirez le coeur plein.",
        "Personne n'a jamais regretté un seul instant passé parmi nous.",
        "Qui vient l'esprit ouvert trouvera une seconde famille.",
        "Le temps passe vite et les souvenirs restent toute la vie.",
        "De petits pas mènent parfois à quelque chose de plus grand que nous.",
    ),
    "es": (
        "Reirás mucho y volverás a casa con el corazón lleno.",
        "Nadie se ha arrepentido jamás de un solo momento entre nosotros.",
        "Quien llega con la mente abierta encuentra una segunda familia.",
        "El tiempo vuela y los recuerdos duran toda la vida.",
        "Los pequeños pasos llevan a algo más grande que nosotros.",
    ),
    "ru": (
        "Вы много будете смеяться и уедете с полным сердцем.",
        "Никто ещё не пожалел ни об одной минуте, проведённой среди нас.",
        "Кто придёт с открытой душой, найдёт вторую семью.",
        "Время летит, а воспоминания остаются на всю жизнь.",
        "Маленькие шаги ведут к чему-то большему, чем мы сами.",
    ),
    "ar": (
        "ستضحك كثيرا وتعود إلى بيتك بقلب ممتلئ.",
        "لم يندم أحد قط على لحظة قضاها بيننا.",
        "من يأتي بعقل منفتح يجد عائلة ثانية.",
        "يمر الوقت سريعا وتبقى الذكريات مدى الحياة.",
        "تقود الخطوات الصغيرة إلى ما هو أكبر منا جميعا.",
    ),
    "zh": (
        "您会经常开怀大笑，满载而归。",
        "从来没有人后悔和我们一起度过的每一刻。",
        "只要敞开心扉，就能找到第二个家。",
        "时光飞逝，回忆会陪伴一生。",
        "小小的一步也能通向更大的未来。",
    ),
}
VAGUE = (
    "Somebody who takes things as they come fits in best with us.",
    "What has to be done shows itself from one week to the next.",
    "A pair of willing hands is never without an occupation here.",
    "The person joins in with whatever the colleagues are busy with.",
    "Own ideas are welcome, and a place for them can be found.",
    "It is about being there and lending an ear.",
)
SAVING = (
    "Without you these villagers have no future.",
    "Be the light in the darkness of their lives.",
    "Show simple people how modern life works.",
)
TITLES = ("Come and join our team", "A summer you will never forget", "Volunteers for our project", "Be part of it")


def tasks_vague(draft: Draft, chance: Random) -> Draft | None:
    """Say every sentence in a vague one instead."""
    parts = sentences(draft.tasks)
    return replace(draft, tasks=" ".join(chance.choice(VAGUE) for _part in parts)) if parts else None


def saving_words(draft: Draft, chance: Random) -> Draft | None:
    """Add a sentence about people who need saving."""
    return replace(draft, tasks=f"{draft.tasks.rstrip()} {chance.choice(SAVING)}") if draft.tasks.strip() else None


def title_vague(draft: Draft, chance: Random) -> Draft | None:
    """Give it a title that could stand over any other."""
    return replace(draft, title=chance.choice(TITLES)) if len(draft.title.split()) > 2 else None


DAMAGES: tuple[Damage, ...] = (tasks_vague, saving_words, title_vague)


def padded(draft: Draft, language: str) -> Draft:
    """Return the draft with the empty sentences of a language at the end of its tasks."""
    return replace(draft, tasks=" ".join([draft.tasks.rstrip(), *PADDING[language]]).strip())
