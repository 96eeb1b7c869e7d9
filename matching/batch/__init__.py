"""All open assignments against all volunteers: both sides' lists, in parts that may be made anywhere."""

from matching.batch.lists import Lists
from matching.batch.progress import Progress
from matching.batch.questions import BatchError
from matching.batch.run import make_part, run
from matching.batch.task import Task

__all__ = ["BatchError", "Lists", "Progress", "Task", "make_part", "run"]
