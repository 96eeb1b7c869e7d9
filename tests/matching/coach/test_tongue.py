"""The coach knows in which of the six languages a text is written, and when it is another."""

from __future__ import annotations

import pytest

from matching.coach import CHECKS, Draft, coach
from matching.coach.tongue import OTHER, language_of
from matching.facts import UI_LANGUAGES
from tests.matching.coach.examples import TASKS
from tests.matching.coach.prose import PLANS, SAVING
from webapp.assignment_templates import read_templates

OTHERS: dict[str, str] = {
    "sw": "Utatembelea pampu kumi kila mwezi pamoja na mafundi wawili wa umoja. Utapima kina cha kila kisima na "
    "kuandika katika daftari mihuri na vyuma vilivyovunjika. Utafanya mazoezi na walinzi sita jinsi ya "
    "kubadilisha mhuri uliochakaa.",
    "pt": "Visitar dez bombas manuais por mês com os dois mecânicos da união. Medir a profundidade de cada poço "
    "e anotar num livro quais vedações e hastes se quebram. Praticar com seis zeladores a substituição de "
    "uma vedação gasta sem guindaste. As lições são à tarde e não há férias.",
    "de": "Besuchen Sie mit den beiden Mechanikern des Verbandes jeden Monat zehn Handpumpen. Messen Sie die "
    "Tiefe jedes Brunnens und schreiben Sie auf, welche Dichtungen und Stangen brechen. Üben Sie mit "
    "sechs Wärtern, wie eine Dichtung gewechselt wird, und bestellen Sie Ersatzteile in der Stadt.",
    "uk": "Щомісяця відвідувати з двома механіками спілки десять ручних насосів. Вимірювати глибину кожної "
    "криниці і записувати у зошит, які ущільнення та штанги ламаються. Вчитися з шістьма доглядачами "
    "міняти зношене ущільнення без крана, дізнаватися ціни.",
    "fa": "هر ماه همراه دو مکانیک اتحادیه از ده پمپ دستی بازدید کنید. عمق هر چاه را اندازه بگیرید و در دفتر "
    "بنویسید کدام واشرها و میله‌ها می‌شکنند. با شش سرایدار تمرین کنید که چگونه واشر کهنه را عوض کنند و "
    "قطعات را در شهر سفارش دهید.",
    "hi": "हर महीने संघ के दो मिस्त्रियों के साथ दस हैंडपंप देखें। हर कुएँ की गहराई नापें और कॉपी में लिखें कि "
    "कौन सी सील और छड़ें टूटती हैं। छह देखभाल करने वालों के साथ अभ्यास करें कि घिसी सील कैसे बदली जाती है "
    "और पुर्ज़े मँगाएँ।",
    "ja": "毎月、組合の二人の整備士と一緒に十台の手押しポンプを見て回ります。"
    "それぞれの井戸の深さを測り、壊れたパッキンと棒をノートに書きます。"
    "六人の管理人と古いパッキンの交換を練習します。",
    "id": "Mengunjungi sepuluh pompa tangan setiap bulan bersama dua mekanik serikat. Mengukur kedalaman setiap "
    "sumur dan mencatat di buku segel dan batang mana yang patah. Berlatih bersama enam penjaga cara "
    "mengganti segel yang aus, lalu memesan suku cadang di kota.",
    "tr": "Her ay birliğin iki tamircisiyle on el pompasını ziyaret edin. Her kuyunun derinliğini ölçün ve "
    "hangi contaların ve çubukların kırıldığını deftere yazın. Altı bekçiyle aşınmış bir contanın nasıl "
    "değiştirileceğini çalışın ve kasabadan yedek parça isteyin.",
    "vi": "Mỗi tháng thăm mười máy bơm tay cùng hai thợ máy của hội. Đo độ sâu của từng giếng và ghi vào sổ "
    "những gioăng và thanh nào bị gãy. Tập với sáu người trông coi cách thay một gioăng đã mòn.",
}


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_a_text_in_one_of_the_six_is_read(language: str) -> None:
    told = [f"{TASKS[language][0]} {SAVING[language]} {PLANS[language]}"]
    told += ["\n".join(one.texts[language].values()) for one in read_templates().values()]
    assert {language_of(text) for text in told} == {language}
    assert coach(Draft(tasks=told[0])).unread == ()


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_in_another_language_is_not_taken_for_one_of_the_six(language: str) -> None:
    assert language_of(OTHERS[language]) == OTHER
    unread = set(coach(Draft(tasks=OTHERS[language])).unread)
    assert {"tasks", "welcome"} <= unread <= {check.code for check in CHECKS if check.works_in}
    assert not unread & {"dates", "access"}, "they read answers, not words"


def test_a_short_text_is_taken_as_it_is() -> None:
    assert language_of("Pampu za mkono") is None
    assert coach(Draft(title="Pampu za mkono")).unread == ()
