"""How long texts take on one core, and what the model costs to load: medians of several rounds.

Processor time of this machine with one thread, so that work beside does not count; it says nothing of other machines.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

from threadpoolctl import threadpool_limits

from data.evaluation.figure import Figure, at_most
from matching import Reference, SkillLinker
from matching.text.encoder import Encoder

ROUNDS = 9
# A phrase alone is over in a moment, and one moment is not like another.
ALONE = 90
BATCH = 256
LETTERS = 1000
SENTENCES = (
    "I repaired hand pumps and small solar pumps in nine villages and kept the spare parts.",
    "我在县医院做了六年护士，也带过新来的同事。",
    "J'ai animé des formations pour les enseignants du primaire, surtout en lecture.",
    "Вёл учёт на складе и отвечал за холодовую цепь вакцин.",
    "Enseñé a las familias a compostar y a regar con menos agua.",
    "درّبت متطوعين على الإسعافات الأولية ونظّمت زيارات للبيوت.",
)
# In a process of its own, so that what other suites loaded does not count.
LOADING = """
import json, time
import matching.text.encoder as text
def megabytes():
    with open("/proc/self/status", encoding="ascii") as status:
        lines = dict(line.split(":", 1) for line in status)
    return [int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM")]
before, started = megabytes()[0], time.process_time()
text.Encoder().encode(["water"])
print(json.dumps([time.process_time() - started, megabytes()[1] - before]))
"""


def figures() -> list[Figure]:
    """Measure: a phrase alone, in a batch, a long text with its phrases, a seen text, loading."""
    # A second thread of the mathematics library spins while it waits, and would be counted as work.
    with threadpool_limits(limits=1):
        return _measure()


def _measure() -> list[Figure]:
    encoder, linker = Encoder(), SkillLinker(Reference.load())
    encoder.encode(["water"])
    linker.link("water")
    phrases = [phrase_of(number) for number in range(ALONE + BATCH * ROUNDS)]
    alone = [_milliseconds(partial(encoder.encode, [one])) for one in phrases[:ALONE]]
    batches = [phrases[ALONE + start * BATCH :][:BATCH] for start in range(ROUNDS)]
    batched = [_milliseconds(partial(encoder.encode, some)) / BATCH for some in batches]
    texts = [text_of(number) for number in range(ROUNDS)]
    long = [_milliseconds(partial(linker.link, one)) for one in texts]
    seen = [_milliseconds(partial(linker.link, one)) for one in texts]
    seconds, megabytes = loading()
    return [
        at_most("phrase of up to 100 characters, alone", statistics.median(alone), 6.0, "ms"),
        at_most(f"phrase of up to 100 characters, in a batch of {BATCH}", statistics.median(batched), 1.5, "ms"),
        at_most("text of 1,000 characters with its phrases", statistics.median(long), 700.0, "ms"),
        at_most("a text seen before (nothing: at most a tenth of a ms)", statistics.median(seen), 0.1, "ms"),
        at_most("model loads", seconds, 1.0, "s"),
        at_most("memory that the loaded model takes, at most", megabytes, 250.0, "MB"),
    ]


def phrase_of(number: int) -> str:
    """Return a phrase of at most 100 characters, different for each number, in six languages by turns."""
    return f"{number} {SENTENCES[number % len(SENTENCES)]}"[:100]


def text_of(number: int) -> str:
    """Return a text of 1,000 characters, different for each number."""
    sentences: list[str] = []
    while len(" ".join(sentences)) < LETTERS:
        place = number * 100 + len(sentences)
        sentences.append(f"{SENTENCES[place % len(SENTENCES)]} ({place})")
    return " ".join(sentences)[:LETTERS]


def loading() -> tuple[float, float]:
    """Return seconds and megabytes of the first encoding in a fresh process: the median of three."""
    runs: list[Sequence[float]] = []
    for _ in range(3):
        done = subprocess.run(  # noqa: S603 - its own code
            [sys.executable, "-c", LOADING], capture_output=True, text=True, check=True
        )
        runs.append(json.loads(done.stdout))
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000
