"""Which texts the encoder may read: the languages it knows, however short, and no others."""

import pytest

from matching import Reference
from matching.text.tongue import known_to_encoder, language_of, parted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sw", "Nimefanya kazi ya uuguzi kwa miaka mitano"),
        ("sw", "kuchimba visima vya maji"),
        ("hi", "जल पंप की मरम्मत"),
        ("vi", "sửa chữa máy bơm nước"),
        ("fa", "من پنج سال پرستار بوده‌ام و در روستا کار کرده‌ام"),
        ("ur", "میں نے پانچ سال نرس کا کام کیا"),
        ("bn", "জলের পাম্প মেরামত"),
        ("am", "እኔ ነርስ ነኝ"),
        ("so", "Waxaan ahay kalkaaliye caafimaad"),
        ("ha", "Na yi aikin jinya shekaru biyar"),
        ("ne", "मैले पाँच वर्ष नर्सको काम गरेँ"),
        ("kk", "Мен бес жыл медбике болып жұмыс істедім"),
        ("uz", "Men besh yil hamshira boʻlib ishladim"),
        ("mn", "Би таван жил сувилагчаар ажилласан"),
        ("tl", "Nagtrabaho ako bilang nars sa loob ng limang taon"),
    ],
)
def test_a_language_that_the_encoder_does_not_know_is_noticed(language: str, text: str) -> None:
    assert language_of(text) == language
    assert not known_to_encoder(text)
    assert not known_to_encoder(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        "Trabalhei cinco anos como enfermeira",
        "Beş yıl hemşire olarak çalıştım",
        "Saya bekerja sebagai perawat selama lima tahun",
        "Ho lavorato cinque anni come infermiera",
        "Pracowałam pięć lat jako pielęgniarka",
        "看護師として五年間働きました",
        "ซ่อมปั๊มน้ำในหมู่บ้าน",
        "",
        "12 – 14!",
    ],
)
def test_other_languages_of_the_encoder_stay_with_it(text: str) -> None:
    assert known_to_encoder(text)


@pytest.mark.parametrize(
    "text",
    [
        "agua potable en Mwanza, Tanzania",
        "Agua potable en mwanza, tanzania",
        "WELL DIGGING IN HẢI PHÒNG, VIETNAM",
        "Soins infirmiers à Ouagadougou, Burkina Faso",
        "Krankenpflege in Chișinău, Moldova",
        "ремонт насосов в Өскемен",
        "music teaching, Harare, Zimbabwe",
        "медсестра, Київ",
        "учитель английского, Қостанай",
        "soins infirmiers, Київ",
        "حفر الآبار، پاكستان",
        "معلمة في أڭادير",
        "cook in Győr, Magyarország",
        "nurse in Gjirokastër",
        "Surgery, Hospitali ya Taifa Muhimbili, Dar es Salaam",
    ],
)
def test_the_name_of_a_place_takes_no_text_from_the_encoder(text: str) -> None:
    assert known_to_encoder(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sw", "fundi umeme huko Mwanza"),
        ("sw", "Mimi ni muuguzi"),
        ("fa", "من پرستار هستم"),
        ("fa", "آشپزی"),
        ("ur", "ڈاکٹر"),
        ("kk", "ағаш ұстасы"),
        ("uk", "буріння свердловин"),
    ],
)
def test_few_words_in_other_languages_are_kept_from_the_encoder(language: str, text: str) -> None:
    assert not known_to_encoder(text)
    assert language_of(text) == language


def test_a_text_is_parted_into_what_can_be_read_and_the_rest() -> None:
    swahili = "Nimefanya kazi kama muuguzi kwa miaka mitano"
    assert parted("I am a nurse. I dig wells.") == ("I am a nurse. I dig wells.", "")
    assert parted(swahili) == ("", swahili)
    assert parted(f"I have been a nurse for five years. {swahili}!") == ("I have been a nurse for five years", swahili)
    assert parted(f"{swahili}\n{swahili}\nI dug wells in three villages") == (
        "I dug wells in three villages",
        f"{swahili}. {swahili}",
    )
    assert parted("") == ("", "")


@pytest.mark.parametrize("said", ["I am a nurse", "Soy enfermera", "Работала медсестрой", "أنا ممرضة", "我是护士"])
def test_a_short_sentence_is_read_beside_one_that_cannot_be(said: str) -> None:
    swahili = "Nimefanya kazi kama muuguzi kwa miaka mitano hospitalini"
    assert parted(f"{said}. {swahili}") == (said, swahili)
    assert parted(f"Ninapenda watoto. {swahili}") == ("", f"Ninapenda watoto. {swahili}")


def test_hardly_any_label_is_taken_from_the_encoder_by_a_place_in_other_letters() -> None:
    skills = Reference.load().skills.values()
    towns = {
        "ru": ", Өскемен|, Київ| в Вінниця",
        "ar": "، پیشاور|، چابهار|، چاد",
        "en": ", Cần Thơ| in Győr|, Қостанай",
    }
    for language, names in towns.items():
        texts = [skill.labels[language] + name for skill in skills for name in names.split("|")]
        assert sum(not known_to_encoder(text) for text in texts) <= len(texts) / 25, language


def test_hardly_any_short_label_is_taken_from_the_encoder() -> None:
    labels = [text for skill in Reference.load().skills.values() for text in skill.labels.values()]
    lost = [text for text in labels if not known_to_encoder(text)]
    assert len(labels) > 3000
    assert len(lost) <= len(labels) / 500, lost


def test_a_very_long_text_costs_no_time_and_odd_signs_break_nothing() -> None:
    assert known_to_encoder("water pump repair " * 50_000)
    assert known_to_encoder("\ud800 \x00 ok")
