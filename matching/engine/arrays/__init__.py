"""Steps over whole columns, by numpy: what `matching.engine.fast` does by compiled loops."""

from matching.engine.arrays.looking import NO_RULE, UNNAMED, bytes_of, looked_up
from matching.engine.arrays.passing import agreeing, agreeing_at_home, having_days, left_out, placed, speaking
from matching.engine.arrays.times import Times, overlap_of, times_of
from matching.engine.arrays.words import compared, met, said, unseen

__all__ = [
    "NO_RULE",
    "UNNAMED",
    "Times",
    "agreeing",
    "agreeing_at_home",
    "bytes_of",
    "compared",
    "having_days",
    "left_out",
    "looked_up",
    "met",
    "overlap_of",
    "placed",
    "said",
    "speaking",
    "times_of",
    "unseen",
]
