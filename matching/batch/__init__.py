"""All open assignments against all volunteers: both sides' lists, in parts that may be made anywhere."""

from matching.batch.lists import Lists
from matching.batch.run import Progress, Task, make_part, run
from matching.batch.scores import BatchError

__all__ = ["BatchError", "Lists", "Progress", "Task", "make_part", "run"]
