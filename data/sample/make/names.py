"""Names of invented people as they write them: family name first, patronymics, single names, many scripts.

Each culture: countries of residence, first languages, what else people there often speak, and a maker of names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

Maker = Callable[[Random], tuple[str, str]]


@dataclass(frozen=True)
class Culture:
    """One way to be named. `other` are languages that people learn there."""

    countries: str
    first: str
    other: str
    script: str
    make: Maker


def joined(first: str, last: str, glue: str = " ", reverse: bool = False) -> Maker:
    """Return a maker that joins a given and a family name; `reverse`: the family name stands first."""

    def make(dice: Random) -> tuple[str, str]:
        given, family = dice.choice(first.split("|")), dice.choice(last.split("|"))
        return (family + glue + given if reverse else given + glue + family), given

    return make


def single(names: str) -> Maker:
    """Return a maker of people with one name only."""

    def make(dice: Random) -> tuple[str, str]:
        name = dice.choice(names.split("|"))
        return name, name

    return make


def with_patronymic(first: str, fathers: str, last: str, glue: str = " ") -> Maker:
    """Return a maker of given name, father's name and (where there is one) family name."""

    def make(dice: Random) -> tuple[str, str]:
        given, father = dice.choice(first.split("|")), dice.choice(fathers.split("|"))
        family = dice.choice(last.split("|")) if last else ""
        return glue.join(part for part in (given, father, family) if part), given

    return make


def either(*makers: Maker) -> Maker:
    """Return a maker that takes one of several, as where women's and men's names end differently."""
    return lambda dice: dice.choice(makers)(dice)


CULTURES = (
    Culture(
        "CN",
        "zh",
        "en|ru|fr",
        "han",
        joined(
            "思远|雨桐|建国|晓燕|梓涵|丽华|志强|欣怡|文博|海霞|子墨|春梅",
            "王|李|张|刘|陈|杨|赵|黄|周|吴|欧阳|马",
            "",
            True,
        ),
    ),
    Culture(
        "CN",
        "zh|ug",
        "en|ru",
        "arabic",
        with_patronymic("ئايگۈل|تۇرسۇن|دىلنۇر|ئەركىن|گۈلنار|ئابلىز", "مەمەت|قاسىم|ئوبۇل|ياسىن", ""),
    ),
    Culture(
        "MN",
        "mn",
        "ru|en|zh",
        "cyrillic",
        joined(
            "Энхжаргал|Батбаяр|Оюунчимэг|Тэмүүлэн|Нарантуяа|Ганболд|Сарангэрэл",
            "Доржийн|Батын|Цэрэнгийн|Сүхийн|Болдын",
            " ",
            True,
        ),
    ),
    Culture(
        "KZ|KG",
        "kk|ky|ru",
        "ru|en",
        "cyrillic",
        either(
            joined("Айгерим|Динара|Гүлнар|Мадина", "Сейтқалиева|Әбенова|Токтогулова|Искакова"),
            joined("Нұрлан|Ерлан|Бекзат|Арман", "Сейтқали|Жұмабек|Токтогулов|Искаков"),
        ),
    ),
    Culture(
        "UZ|TJ",
        "uz|tg",
        "ru|en",
        "latin",
        either(
            with_patronymic(
                "Dilnoza|Malika|Zarina|Nigora", "Anvarovna|Rustamovna|Karim qizi", "Yusupova|Rahimova|Nazarova"
            ),
            with_patronymic(
                "Jasur|Otabek|Firdavs|Sherzod", "Anvarovich|Rustamovich|Akmal o‘g‘li", "Karimov|Saidov|Nazarov"
            ),
        ),
    ),
    Culture(
        "RU|BY",
        "ru",
        "en|fr|zh|es",
        "cyrillic",
        either(
            with_patronymic(
                "Анна|Екатерина|Марина|Ольга",
                "Викторовна|Андреевна|Игоревна|Ильинична",
                "Соколова|Белова|Гусева|Дорошко",
            ),
            with_patronymic(
                "Дмитрий|Сергей|Тимур|Павел", "Викторович|Андреевич|Николаевич|Ильич", "Орлов|Лебедев|Зайцев|Дорошко"
            ),
        ),
    ),
    Culture(
        "PK",
        "ur|pa",
        "en|ar",
        "arabic",
        joined("عائشہ|بلال|سعدیہ|عمران|نادیہ|حمزہ|فرزانہ|کاشف", "خان|ملک|چوہدری|شاہ|بیگم|درانی"),
    ),
    Culture(
        "IR|AF",
        "fa",
        "en|ar|tr",
        "arabic",
        joined("مریم|رضا|نرگس|آرش|لیلا|بهرام|شیرین|فرهاد", "کریمی|حسینی|موسوی|احمدی|رستمی|نوری"),
    ),
    Culture(
        "EG|JO|IQ",
        "ar",
        "en|fr",
        "arabic",
        with_patronymic(
            "مريم|أحمد|سلمى|يوسف|هبة|كريم|نورا|طارق|ليلى",
            "حسن|محمود|إبراهيم|سليم|عادل",
            "المصري|الخطيب|عبد الله|النجار|الراوي|حداد",
        ),
    ),
    Culture(
        "MA|TN|DZ",
        "ar",
        "fr|en|es",
        "arabic",
        joined("فاطمة الزهراء|ياسين|أمينة|رشيد|هاجر|سفيان|خديجة|مراد", "بنعلي|العلوي|التونسي|الشريف|بوزيد|الإدريسي"),
    ),
    Culture(
        "TR",
        "tr",
        "en|de|ar",
        "latin",
        joined("Elif|Mehmet|Zeynep|Emre|Ayşe|Burak|Şule|Çağrı", "Yıldız|Kaya|Öztürk|Demir|Şahin|Aydın"),
    ),
    Culture(
        "IN",
        "hi",
        "en|ur",
        "devanagari",
        joined("प्रिया|अर्जुन|सुनीता|विकास|मीनाक्षी|राहुल|कविता", "शर्मा|वर्मा|सिंह|गुप्ता|यादव|मिश्र"),
    ),
    Culture(
        "NP", "ne", "en|hi", "devanagari", joined("सरिता|बिकाश|पूर्णिमा|दीपक|गीता|सन्तोष", "तामाङ|श्रेष्ठ|गुरुङ|अधिकारी|राई")
    ),
    Culture("BD", "bn", "en|hi", "bengali", joined("নুসরাত|রাশেদ|ফারজানা|সাকিব|তানিয়া|মাহমুদ", "আক্তার|হোসেন|চৌধুরী|রহমান|ইসলাম")),
    Culture("LK", "si|ta", "en", "sinhala", joined("නිමාලි|කසුන්|තාරකා|සුනිල්|ඉෂාරා", "පෙරේරා|සිල්වා|ජයසිංහ|බණ්ඩාර")),
    Culture("TH", "th", "en|zh", "thai", joined("สมหญิง|ณัฐพล|กนกวรรณ|ธนากร|พิมพ์ชนก|วีระ", "ศรีสุข|แก้วมณี|ทองดี|วงศ์ใหญ่|บุญมา")),
    Culture(
        "VN",
        "vi",
        "en|fr|zh",
        "latin",
        joined("Thị Mai|Văn Hùng|Thu Hà|Minh Quân|Ngọc Ánh|Đức Anh", "Nguyễn|Trần|Lê|Phạm|Hoàng", " ", True),
    ),
    Culture("ID", "id", "en|ar", "latin", single("Suharti|Wayan|Budiman|Kartika|Sulastri|Made|Purwanto|Nurhayati")),
    Culture("MM", "my", "en|zh", "burmese", single("မြတ်နိုးအောင်|သီတာဝင်း|ကျော်ဇင်လတ်|ခင်မာချို|အောင်မျိုးထွန်း")),
    Culture("KH|LA", "km|lo", "en|fr|th", "khmer", joined("សុភា|វិបុល|ចន្ធី|រតនា|ដារ៉ា", "សុខ|ឈុន|ហេង|កែវ", " ", True)),
    Culture(
        "KE|TZ|UG",
        "sw",
        "en|fr",
        "latin",
        joined(
            "Amina|Baraka|Neema|Juma|Zawadi|Otieno|Wanjiru|Mwangi|Rehema|Kato",
            "Mwakio|Ochieng|Kamau|Salim|Nyambura|Mushi|Okello|Hamisi",
        ),
    ),
    Culture(
        "ET", "am", "en|ar", "ethiopic", with_patronymic("ሰላማዊት|ዳዊት|ትዕግስት|ብሩክ|ሄለን|ዮሐንስ", "ተስፋዬ|በቀለ|ገብረማርያም|አለሙ|ከበደ", "")
    ),
    Culture(
        "NG|GH",
        "en|ha",
        "fr|ar",
        "latin",
        joined("Ngozi|Kwame|Adaeze|Kofi|Hauwa|Tunde|Esi|Ifeanyi", "Okafor|Mensah|Bello|Asante|Eze|Boateng"),
    ),
    Culture(
        "SN|ML|CI",
        "fr|wo",
        "en|ar",
        "latin",
        joined(
            "Aïssatou|Moussa|Fatoumata|Ibrahima|Mariam|Cheikh|Awa|Seydou", "Diallo|Ndiaye|Traoré|Sow|Koné|Keïta|Cissé"
        ),
    ),
    Culture(
        "CD|RW|BI",
        "fr|sw",
        "en",
        "latin",
        joined(
            "Espérance|Jean-Claude|Divine|Patient|Grâce|Innocent|Chantal",
            "Mugisha|Kabila|Uwimana|Bahati|Mukendi|Irakoze",
        ),
    ),
    Culture(
        "PE|BO|EC",
        "es|qu",
        "en|pt",
        "latin",
        with_patronymic(
            "María José|Carlos|Lucía|Rosa|Andrés|Killa|Jorge|Yolanda",
            "Quispe|Mamani|Huamán|Flores|Condori",
            "Ramos|Choque|Vargas|Apaza|Rojas",
        ),
    ),
    Culture(
        "ES|MX|CO",
        "es",
        "en|fr|pt",
        "latin",
        with_patronymic(
            "Carmen|Javier|Lucía|Álvaro|Ximena|Diego|Marta|Íñigo",
            "García|Herrera|Núñez|Castro|Ibáñez",
            "López|Peña|Muñoz|Ortiz|Vidal",
        ),
    ),
    Culture(
        "FR|BE",
        "fr",
        "en|es|ar",
        "latin",
        joined("Camille|Théo|Océane|Loïc|Inès|Rémi|Maëlle|Bastien", "Lefèvre|Garnier|Benali|Roussel|Marchand|Nguyen"),
    ),
    Culture(
        "AM|GE",
        "hy|ka",
        "ru|en",
        "armenian",
        joined("Անահիտ|Տիգրան|Նարինե|Արամ|Լուսինե", "Պետրոսյան|Հակոբյան|Սարգսյան|Գրիգորյան"),
    ),
    Culture(
        "IT|RS|HU",
        "it|sr|hu",
        "en|fr|ru",
        "latin",
        joined("Chiara|Nikola|Ágnes|Matteo|Jelena|Zoltán|Giulia", "Rossi|Petrović|Nagy|Ferri|Jovanović|Szabó"),
    ),
    Culture(
        "FJ|PG|SB",
        "en",
        "fr|zh",
        "latin",
        joined("Mere|Josefa|Litia|Tomasi|Gideon|Salote", "Waqa|Tuilagi|Kora|Manele|Naivalu"),
    ),
)
