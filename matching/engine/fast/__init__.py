"""Steps over whole columns by compiled loops, where the extra `fast` is installed: see `matching.engine.arrays`."""

from matching.engine.fast.looking import bytes_of, looked_up
from matching.engine.fast.passing import answering, of_people, placed
from matching.engine.fast.times import times_of
from matching.engine.fast.words import compared, met, said, unseen

__all__ = [
    "answering",
    "bytes_of",
    "compared",
    "looked_up",
    "met",
    "of_people",
    "placed",
    "said",
    "times_of",
    "unseen",
]
