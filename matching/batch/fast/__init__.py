"""Parts of a batch by compiled loops, where the extra `fast` is installed: the same bytes as by whole arrays, sooner.

What is kept is decided by exact scores and lots alone, so that both ways list the same pairs.
"""

from matching.batch.fast.chunk import FastChunk

__all__ = ["FastChunk"]
