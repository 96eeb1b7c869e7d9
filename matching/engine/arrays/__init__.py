"""Steps over whole columns, by numpy: what `matching.engine.fast` does by compiled loops."""

from matching.engine.arrays.looking import NO_RULE, OUT, UNNAMED, bytes_of, in_turn, looked_up
from matching.engine.arrays.passing import answering, of_people, placed
from matching.engine.arrays.times import Further, Times, further_of, overlap_of, times_of
from matching.engine.arrays.words import compared, met, said, unseen

__all__ = [
    "NO_RULE",
    "OUT",
    "UNNAMED",
    "Further",
    "Times",
    "answering",
    "bytes_of",
    "compared",
    "further_of",
    "in_turn",
    "looked_up",
    "met",
    "of_people",
    "overlap_of",
    "placed",
    "said",
    "times_of",
    "unseen",
]
