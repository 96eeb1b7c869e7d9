"""Finding a name inside a sentence in languages that the encoder does not know, where only letters can speak.

The corpus of a language holds 100 names of countries and territories (CLDR, by babel), the queries say each in two
sentences of our own. Characters find them all: what is lost beside them is lost to an encoder that speaks of what it
cannot read. The last rows are languages that it knows, and there for comparison.
"""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale

from data.evaluation.figure import Figure, at_least
from matching.evaluation import bootstrap, reciprocal_rank
from matching.text.encoder import shared_encoder
from matching.text.scores import Search, bare_search, character_search, model_search
from matching.text.similarity import Similarity

GOAL = 0.97
NAMES, TOP = 100, 20
SENTENCES = {
    "bn": ("আমি তিন বছর {} এ কাজ করেছি", "আমাদের গ্রামে {} থেকে একজন এসেছিলেন এবং তিনি ভালো ছিলেন"),
    "hi": ("मैंने तीन साल {} में काम किया है", "हमारे गाँव में {} से एक आदमी आया था और वह बहुत अच्छा था"),
    "fa": ("من سه سال در {} کار کرده‌ام", "در روستای ما مردی از {} آمد و خیلی خوب بود"),
    "ur": ("میں نے تین سال {} میں کام کیا ہے", "ہمارے گاؤں میں {} سے ایک آدمی آیا تھا"),
    "vi": ("Tôi đã làm việc ở {} ba năm", "Một người từ {} đã đến làng của chúng tôi"),
    "sw": ("Nimefanya kazi {} kwa miaka mitatu", "Mtu mmoja kutoka {} alikuja kijijini kwetu"),
    "am": ("ለሦስት ዓመታት በ {} ሠርቻለሁ", "ከ {} አንድ ሰው ወደ መንደራችን መጣ"),
    "fr": ("J'ai travaillé trois ans : {}", "Quelqu'un est venu dans notre village, de : {}"),
    "ru": ("Я работал три года, страна: {}", "К нам в деревню приехал человек, страна: {}"),
}
UNKNOWN = ("bn", "hi", "fa", "ur", "vi", "sw", "am")


def figures() -> list[Figure]:
    """Return the mean reciprocal rank in each language, beside characters and the bare encoder."""
    return [_figure_of(language) for language in SENTENCES]


def ranks_of(language: str, search: Search) -> list[float]:
    """Return the reciprocal rank of the right name for each sentence."""
    names = names_in(language)
    queries = [sentence.format(name) for sentence in SENTENCES[language] for name in names]
    found = search(queries, names, TOP)
    return [reciprocal_rank(_texts(places), {str(at % len(names))}) for at, places in enumerate(found)]


def names_in(language: str) -> list[str]:
    """Return different names of territories in a language, every second one by code."""
    names = Locale(language).territories
    countries = sorted(code for code in map(str, names) if len(code) == 2 and code.isalpha())
    return list(dict.fromkeys(names[code] for code in countries[::2]))[:NAMES]


def _figure_of(language: str) -> Figure:
    beside = {
        "character": sum(characters := ranks_of(language, character_search)) / len(characters),
        "bare encoder": sum(bare := ranks_of(language, bare_search(shared_encoder()))) / len(bare),
    }
    ours = ranks_of(language, model_search(Similarity()))
    goal = GOAL if language in UNKNOWN else None
    return at_least(f"names in sentences, {language}: mean reciprocal rank", bootstrap(ours), goal, beside=beside)


def _texts(places: Sequence[int]) -> list[str]:
    return [str(place) for place in places]
