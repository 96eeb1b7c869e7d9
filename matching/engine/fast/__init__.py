"""Steps over whole columns by compiled loops, where the extra `fast` is installed: see `matching.engine.arrays`."""

from matching.engine.fast.looking import bytes_of, looked_up
from matching.engine.fast.passing import agreeing, agreeing_at_home, having_days, left_out, placed, speaking
from matching.engine.fast.times import times_of
from matching.engine.fast.words import compared, met, said, unseen

__all__ = [
    "agreeing",
    "agreeing_at_home",
    "bytes_of",
    "compared",
    "having_days",
    "left_out",
    "looked_up",
    "met",
    "placed",
    "said",
    "speaking",
    "times_of",
    "unseen",
]
