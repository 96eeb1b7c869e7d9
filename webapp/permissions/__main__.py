"""`python -m webapp.permissions` prints docs/permissions.md."""

from webapp.permissions import table
from webapp.permissions.markdown import page

print(page(table()), end="")  # noqa: T201
