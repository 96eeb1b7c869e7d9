"""Tells an answer from a refusal: "nobody was asked" counts nothing, however many words it takes.

What refuses an answer is a closed list for each question (words.csv), since "nobody applied" answers one question and
"nobody was asked" none. A refusal takes its whole sentence with it, which mostly says why, but for what a turning word
(but) parts from it; the sentences around it count. What says nothing of its own ("we will see") needs no list.
"""

from __future__ import annotations

from collections.abc import Iterator

from matching.coach.brackets import to_fill_in
from matching.coach.finding import is_blank
from matching.coach.lexicon import Span, bare, spans_of
from matching.coach.statements import found_in, hollow, statements_of, told
from matching.words import every_word_of

# A name alone says little: only what is surely no name ("to be agreed") counts as none.
LEAST_OF_NAMES = -0.075


def answered(text: str, wanted: float, question: str) -> float:
    """Return the share of `wanted` telling words that answer a question, 1 at most."""
    return min(1.0, told(_answer_of(text, question)) / wanted)


def is_named(text: str) -> bool:
    """Whether a field for a name holds more than a refusal, a promise of somebody, or a blank to fill in."""
    sentences = (one.text for one in statements_of(text) if one.clear > LEAST_OF_NAMES)
    return any(_kept(one, "unplanned").strip() and not _is_left_open(one) for one in sentences)


def is_settled(text: str) -> bool:
    """Whether something was said that is no promise (tbd) and no blank to fill in; a no is an answer."""
    open_ones = [_spans("refusal", one.text) or _is_left_open(one.text) for one in statements_of(text)]
    return not is_blank(text) and not any(open_ones)


def refused(question: str, *texts: str) -> tuple[str, ...]:
    """Return the phrases and sentences that refuse an answer or say nothing, as they are written."""
    return tuple(dict.fromkeys((*_refused(question, *texts), *hollow(*texts))))


def _refused(question: str, *texts: str) -> tuple[str, ...]:
    alone = (one.text for text in texts for one in statements_of(text) if _is_alone(one.text))
    return tuple(dict.fromkeys((*alone, *found_in(question, texts), *found_in("refusal", texts))))


def unnamed(*texts: str) -> tuple[str, ...]:
    """Return the phrases of fields for a name that name nobody, as they are written."""
    somebody = (one.text for text in texts for one in statements_of(text) if _is_whole("anybody", one.text))
    no_name = (one.text for text in texts for one in statements_of(text) if one.clear <= LEAST_OF_NAMES)
    phrases = (*_refused("unplanned", *texts), *somebody, *found_in("unnamed", texts))
    return tuple(dict.fromkeys((*phrases, *no_name)))


def _answer_of(text: str, question: str) -> str:
    return "\n".join(_kept(one.text, question) for one in statements_of(text))


def _kept(sentence: str, question: str) -> str:
    """Return what of a sentence is no refusal; nothing where a blank is left in it."""
    if to_fill_in(sentence) or _is_alone(sentence):
        return ""
    kept = (part for part in _turns_of(sentence) if not (_spans(question, part) or _spans("refusal", part)))
    return " ".join(kept)


def _turns_of(sentence: str) -> Iterator[str]:
    """Yield what turning words (but) part."""
    words = every_word_of(sentence)
    starts = [words[first].start for first, _last in _spans("turn", sentence)]
    yield from (sentence[start:end] for start, end in zip([0, *starts], [*starts, len(sentence)], strict=True))


def _is_alone(sentence: str) -> bool:
    """Whether it is a no and nothing else."""
    return _is_whole("nobody", sentence)


def _is_left_open(sentence: str) -> bool:
    """Whether it promises somebody or something (to be hired), or stands there for any (someone, x)."""
    return bool(_spans("unnamed", sentence)) or _is_whole("anybody", sentence)


def _is_whole(check: str, sentence: str) -> bool:
    return (0, len(every_word_of(sentence))) in _spans(check, sentence)


def _spans(check: str, text: str) -> tuple[Span, ...]:
    return spans_of(check, tuple(bare(word) for word in every_word_of(text)))
