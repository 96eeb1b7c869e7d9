"""One good and one poor example of every check of words, in each of the six languages."""

from __future__ import annotations

Pair = tuple[str, str]  # (good, poor)

TASKS: dict[str, Pair] = {
    "en": (
        "Teach four nurses to keep the vaccine fridge between two and eight degrees. Write a cleaning plan for the "
        "delivery room. Train the midwife to read growth charts of babies.",
        "Assist with activities. Help out where needed and do other tasks.",
    ),
    "zh": (
        "教四名护士把疫苗冰箱保持在二至八度。为产房编写清洁计划。培训助产士阅读婴儿生长曲线图。",
        "协助开展活动,根据需要完成其他工作。",
    ),
    "fr": (
        "Apprendre à quatre infirmières à tenir le réfrigérateur des vaccins entre deux et huit degrés. Rédiger un "
        "plan de nettoyage pour la salle d'accouchement. Former la sage-femme à lire les courbes de croissance.",
        "Aider aux activités. Diverses tâches selon les besoins.",
    ),
    "es": (
        "Enseñar a cuatro enfermeras a mantener la nevera de vacunas entre dos y ocho grados. Escribir un plan de "
        "limpieza para la sala de partos. Formar a la partera en la lectura de curvas de crecimiento.",
        "Ayudar en las actividades. Otras tareas según sea necesario.",
    ),
    "ru": (
        "Научить четырёх медсестёр хранить вакцины в холодильнике при температуре от двух до восьми градусов. "
        "Составить план уборки родильного зала. Показать акушерке, как читать графики роста младенцев.",
        "Помогать команде. Различные задачи по мере необходимости.",
    ),
    "ar": (
        "تدريب أربع ممرضات على حفظ ثلاجة اللقاحات بين درجتين وثماني درجات. كتابة خطة تنظيف لغرفة الولادة. "
        "تعليم القابلة قراءة منحنيات نمو الرضع.",
        "المساعدة في الأنشطة. مهام أخرى حسب الحاجة.",
    ),
}
RESULTS: dict[str, Pair] = {
    "en": (
        "Six ward nurses dress wounds by the written steps, checked by the head nurse.",
        "Nursing in the ward becomes more modern and stays sustainable.",
    ),
    "zh": ("六名病房护士按书面步骤包扎伤口,由护士长每周检查。", "病房护理水平更加现代化、可持续。"),
    "fr": (
        "Six infirmières soignent les plaies selon la fiche, vérifiée chaque semaine par la cheffe.",
        "Les soins infirmiers deviennent modernes et durables.",
    ),
    "es": (
        "Seis enfermeras curan heridas según la ficha, que la jefa comprueba cada semana.",
        "La enfermería del hospital resulta moderna y sostenible.",
    ),
    "ru": (
        "Шесть медсестёр палаты перевязывают раны по памятке, старшая сестра проверяет это каждую неделю.",
        "Уход в палате становится современным и устойчивым.",
    ),
    "ar": ("ست ممرضات يضمدن الجروح وفق الخطوات المكتوبة وتفحصها رئيسة التمريض", "يصبح التمريض حديثا ومستداما"),
}
EQUALS: dict[str, Pair] = {
    "en": (
        "The midwives know every family, and together you write the night rota.",
        "Experts help the poor of a backward village.",
    ),
    "zh": ("助产士熟悉每个家庭,你们一起排夜班表。", "专家帮助落后村庄的穷人。"),
    "fr": (
        "Les sages-femmes connaissent chaque famille; vous écrivez le tableau de nuit.",
        "Des experts viennent sauver les pauvres.",
    ),
    "es": (
        "Las parteras conocen a cada familia; juntas escriben los turnos de noche.",
        "Expertos para salvar a los pobres de una aldea atrasada.",
    ),
    "ru": (
        "Акушерки знают каждую семью; вместе вы составите ночной график.",
        "Эксперты помогут бедным людям отсталой деревни.",
    ),
    "ar": ("القابلات يعرفن كل أسرة وتكتبون جدول المناوبة الليلية", "خبراء لإنقاذ الفقراء في قرية متخلفة"),
}
NO_CHILDREN: dict[str, Pair] = {  # the second speaks of children
    "en": ("Repair hand pumps with the caretakers.", "Read stories to the children after lunch."),
    "zh": ("与管理员一起修理手泵。", "午饭后给孩子们讲故事。"),
    "fr": ("Réparer les pompes avec les gardiens.", "Lire des contes aux enfants après le repas."),
    "es": ("Reparar bombas de mano con los encargados.", "Leer cuentos a los niños después de comer."),
    "ru": ("Чинить ручные насосы вместе со смотрителями.", "Читать детям сказки после обеда."),
    "ar": ("إصلاح المضخات اليدوية مع الحراس", "قراءة القصص على الأطفال بعد الغداء"),
}
PROVIDED: dict[str, tuple[str, str, str, str]] = {  # lodging, food, travel, insurance
    "en": ("Room with a family", "Three meals a day", "Return flight", "Health insurance"),
    "zh": ("家庭房间", "一日三餐", "往返机票", "医疗保险"),
    "fr": ("Chambre en famille", "Trois repas par jour", "Billet aller-retour", "Assurance santé"),
    "es": ("Habitación en una familia", "Tres comidas al día", "Billete de ida y vuelta", "Seguro médico"),
    "ru": ("Комната в семье", "Питание три раза в день", "Билет туда и обратно", "Медицинская страховка"),
    "ar": ("غرفة عند أسرة", "ثلاث وجبات في اليوم", "تذكرة ذهاب وعودة", "تأمين صحي"),
}
TEACHING: dict[str, tuple[str, str, str]] = {  # no talk is needed, talk is, and somebody interprets
    "en": (
        "Repair six hand pumps in the workshop.",
        "Teach six caretakers to change seals.",
        "Teach six caretakers to change seals; the clerk interprets.",
    ),
    "zh": ("在车间修理六台手压泵。", "培训六名管理员更换密封圈。", "培训六名管理员更换密封圈，由职员口译。"),
    "fr": (
        "Réparer six pompes à l'atelier.",
        "Apprendre à six gardiens à changer les joints.",
        "Apprendre à six gardiens à changer les joints ; une employée sert d'interprète.",
    ),
    "es": (
        "Reparar seis bombas en el taller.",
        "Enseñar a seis encargados a cambiar sellos.",
        "Enseñar a seis encargados a cambiar sellos; una empleada hace de intérprete.",
    ),
    "ru": (
        "Чинить шесть насосов в мастерской.",
        "Научить шестерых смотрителей менять прокладки.",
        "Научить шестерых смотрителей менять прокладки; сотрудница служит переводчицей.",
    ),
    "ar": (
        "إصلاح ست مضخات في الورشة.",
        "تدريب ستة قيمين على تبديل الحشوات.",
        "تدريب ستة قيمين على تبديل الحشوات مع مترجمة من الموظفات.",
    ),
}
