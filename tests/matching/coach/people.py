"""Who works there and who is met, in the six languages: experts not needed, experts raised, children, adults."""

from __future__ import annotations

NO_EXPERTS: dict[str, tuple[str, ...]] = {
    "en": ("No foreign experts are needed.", "We do not need experts."),
    "zh": ("不需要专家。", "我们不需要外国专家。"),
    "fr": ("Nous n'avons pas besoin d'experts étrangers.", "Aucun expert international n'est attendu."),
    "es": ("No necesitamos expertos extranjeros.", "No hacen falta expertos internacionales."),
    "ru": ("Нам не нужны иностранные эксперты.", "Эксперты не нужны."),
    "ar": ("لا حاجة إلى خبراء أجانب.", "لا نحتاج إلى خبراء دوليين."),
}
WESTERN_EXPERTS = {
    "en": "Western experts show how.",
    "zh": "西方专家来示范。",
    "fr": "Des experts occidentaux montrent comment.",
    "es": "Expertos occidentales muestran cómo.",
    "ru": "Западные эксперты покажут.",
    "ar": "يعرض خبراء غربيون الطريقة.",
}
CHILDREN: dict[str, tuple[str, ...]] = {
    "en": ("Teach secondary students maths.", "Weigh under-fives at the clinic."),
    "zh": ("在孤儿院做饭。", "给孤儿读书。", "辅导学生数学。", "在中学教物理。"),
    "fr": ("Faire réviser les collégiens.", "Repeindre l'orphelinat."),
    "es": ("Acompañar a los menores al taller.", "Pintar el orfanato."),
    "ru": ("Учить учеников счёту.", "Красить детдом."),
    "ar": ("تعليم اليتامى الحساب.", "تدريس طلاب القرية."),
}
GROWN_UP = {
    "en": "Train university students as surveyors.",
    "zh": "培训大学生测量水井。",
    "fr": "Former des mécaniciens adultes.",
    "es": "Formar a mecánicos con menores costos.",
    "ru": "Учить взрослых механиков.",
    "ar": "تدريب طلاب الجامعة على المساحة.",
}
