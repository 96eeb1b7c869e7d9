"""What reading real openings showed, in each of the six languages: prose of plans, experts, words that tell."""

from __future__ import annotations

PLANS: dict[str, str] = {
    "en": "The project aims to strengthen the capacity of stakeholders. Volunteers support the implementation of "
    "strategic objectives and foster collaboration and awareness.",
    "zh": "本项目旨在增强利益相关者的能力,促进可持续发展。志愿者支持落实战略目标,加强合作,提高意识。",
    "fr": "Le projet vise à renforcer durablement les capacités des parties prenantes. Le volontaire contribue aux "
    "objectifs stratégiques, à la sensibilisation et à la coopération.",
    "es": "El proyecto tiene como objetivo fortalecer las capacidades de las partes interesadas. Se promueve la "
    "cooperación y la sensibilización con un enfoque integral.",
    "ru": "Проект направлен на повышение потенциала заинтересованных сторон. Волонтёр способствует сотрудничеству и "
    "реализации стратегических целей.",
    "ar": "يهدف المشروع إلى تعزيز قدرات أصحاب المصلحة. يساهم المتطوع في تحقيق الأهداف الاستراتيجية والتوعية.",
}
EXPERTS: dict[str, tuple[str, str]] = {  # the first raises nobody
    "en": ("You need not be an expert in biogas.", "Foreign experts teach the cooks."),
    "zh": ("您不必是沼气专家。", "外国专家教厨师。"),
    "fr": ("Inutile d'être expert en biogaz.", "Des experts étrangers forment les cuisinières."),
    "es": ("No hace falta ser experto en biogás.", "Expertos extranjeros enseñan a las cocineras."),
    "ru": ("Быть экспертом по биогазу не надо.", "Иностранные эксперты учат поваров."),
    "ar": ("لا يلزم أن تكون خبيرا في الغاز الحيوي", "خبراء أجانب يعلمون الطباخات"),
}
TELLING: dict[str, tuple[str, ...]] = {  # each begins like a word that says nothing
    "en": ("kindergarten", "needle", "workshop", "foster parents"),
    "zh": ("作坊", "苗圃"),
    "fr": ("journal", "définitions", "arrière"),
    "es": ("diabetes", "muchachas", "retoños", "UNICEF"),
    "ru": ("новорожденные", "самовар", "программирование", "участок"),
    "ar": ("حياكة", "حاجز"),
}
SAVING: dict[str, str] = {  # work that is told in full, with one word that makes people small
    "en": "Weigh maize seed with forty beneficiaries, label sacks and note the weight in the ledger.",
    "zh": "与四十名受益人一起称玉米种子,给麻袋贴标签,把重量记入账簿。",
    "fr": "Peser les semences de maïs avec quarante bénéficiaires, étiqueter les sacs et noter le poids au registre.",
    "es": "Pesar semilla de maíz con cuarenta beneficiarios, etiquetar sacos y anotar el peso en el libro.",
    "ru": "Взвешивать семена кукурузы с сорока бенефициарами, подписывать мешки, вписывать вес в книгу.",
    "ar": "وزن بذور الذرة مع أربعين من المستفيدين ووضع ملصقات على الأكياس وتدوين الوزن في الدفتر",
}
ADVERTS: dict[str, str] = {
    "en": "Do you want a unique experience? We are looking for motivated people who love to help. Everyone is welcome!",
    "zh": "您想要一份难忘的经历吗?我们欢迎热心的朋友加入我们的大家庭,一起做有意义的事情!",
    "fr": "Envie de vivre une expérience unique ? Nous cherchons des personnes motivées. Venez !",
    "es": "¿Quieres vivir una experiencia única? Buscamos personas motivadas y con ganas de ayudar. ¡Te esperamos!",
    "ru": "Хотите получить незабываемый опыт? Мы ищем активных и ответственных людей. Приходите, мы вас ждём!",
    "ar": "هل تريد تجربة فريدة لا تنسى؟ نبحث عن متطوعين متحمسين. نرحب بالجميع، انضموا إلى فريقنا!",
}
