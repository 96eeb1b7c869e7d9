"""The shape of the code as rules, each a function from one parsed file to the faults in it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
WEB = {"flask", "flask_babel", "flask_wtf", "wtforms", "werkzeug", "jinja2"}
WITH_MIXINS = ("webapp/models/accounts.py", "webapp/models/passkeys.py")
PURE_OF = {"webapp", "flask", "werkzeug", "jinja2", "sqlalchemy", "alembic", "flask_security"}
QUERY_METHODS = {"query", "execute", "scalars", "scalar", "get_one"}
QUERY_MAKERS = {"select"}
# Lists of columns, kept as they were made; a step has two functions, which need no words.
WRITTEN_BY_ALEMBIC = "migrations/versions"
PUBLIC_FACES = ("matching", "matching.engine")
USES_OF_MATCHING = {
    "webapp/services/ranking.py",
    "webapp/services/linking.py",
    "webapp/services/learning.py",
    "webapp/services/coach.py",
    "webapp/services/supply.py",
    "webapp/services/supply_pool.py",
    "webapp/services/read_people.py",
    "webapp/services/stored/opened.py",
    "webapp/services/stored/people.py",
    "webapp/services/stored/pool.py",
    "webapp/services/stored/refreshing.py",
    "webapp/services/whole_run/people.py",
    "webapp/services/whole_run/ranking.py",
    "webapp/vocabulary.py",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file: its path within the project with `/`, its lines and its tree."""

    path: str
    lines: int
    tree: ast.Module

    def under(self, *folders: str) -> bool:
        """Whether it lies in one of these folders, or is one of these files."""
        return any(self.path == folder or self.path.startswith(f"{folder}/") for folder in folders)

    def imports(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each imported module with the names taken from it."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, []) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module, [alias.name for alias in node.names]

    def calls(self) -> Iterator[tuple[str, str]]:
        """Yield each call as (what it is called on, name): `db.session.commit()` gives ("session", "commit")."""
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.Call):
                continue
            if isinstance(node.func, ast.Attribute):
                yield _last_name(node.func.value), node.func.attr
            elif isinstance(node.func, ast.Name):
                yield "", node.func.id


Rule = Callable[[Source], Iterator[str]]


def read_sources(root: Path, *folders: str) -> list[Source]:
    """Read and parse every Python file in these folders of `root`."""
    found = []
    for path in sorted(path for folder in folders for path in (root / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Source(path.relative_to(root).as_posix(), text.count("\n"), ast.parse(text)))
    return found


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    return node.id if isinstance(node, ast.Name) else ""


def services_do_not_commit(source: Source) -> Iterator[str]:
    """Services flush; the request or command commits once."""
    if source.under("webapp/services"):
        yield from (f"{on}.commit()" for on, name in source.calls() if name == "commit")


def rules_and_tables_know_no_web(source: Source) -> Iterator[str]:
    """Services, models and policies know nothing of Flask; only accounts and passkeys wear Flask-Security's mixins."""
    if not source.under("webapp/services", "webapp/models", "webapp/policies.py"):
        return
    for module, _names in source.imports():
        top = module.split(".")[0]
        is_mixin = top == "flask_security" and source.path in WITH_MIXINS
        if top in WEB or (top.startswith("flask") and not is_mixin):
            yield f"imports {module}"


def views_do_not_query(source: Source) -> Iterator[str]:
    """Views call services, and neither build nor run queries."""
    if not source.under("webapp/views"):
        return
    for module, _names in source.imports():
        if module.split(".")[0] == "sqlalchemy" and module != "sqlalchemy.orm":
            yield f"imports {module}"
    for on, name in source.calls():
        if name in QUERY_METHODS and on.lower().endswith("session"):
            yield f"{on}.{name}()"
        if not on and name in QUERY_MAKERS:
            yield f"{name}()"
        if on.lower() == "session" and name in {"get", "add", "delete", "commit"} and not _is_cookie(source):
            yield f"{on}.{name}()"


def _is_cookie(source: Source) -> bool:
    """Whether `session` is Flask's, which a view may use, and not the database's."""
    return any(module == "flask" and "session" in names for module, names in source.imports())


def roles_are_apart(source: Source) -> Iterator[str]:
    """The package of one role imports none of another's."""
    parts = source.path.split("/")
    if parts[:2] != ["webapp", "views"] or len(parts) < 4:
        return
    roles = {"public", "account", "volunteer", "host", "coordinator", "administrator", "focal_point", "supporter"}
    for module, names in source.imports():
        words = module.split(".")
        reached = (
            set(names) if module == "webapp.views" else set(words[2:3]) if words[:2] == ["webapp", "views"] else set()
        )
        yield from (f"imports {module} ({role})" for role in sorted(reached & roles - {parts[2]}))


def matching_has_few_doors(source: Source) -> Iterator[str]:
    """Only the named modules of the service import the library, and only its public names."""
    if not source.under("webapp"):
        return
    for module, _names in source.imports():
        if module.split(".")[0] != "matching":
            continue
        if source.path not in USES_OF_MATCHING:
            yield f"imports {module}"
        elif module not in PUBLIC_FACES:
            yield f"imports {module}, which is not a public face of the library"


def matching_is_pure(source: Source) -> Iterator[str]:
    """The library knows neither web nor database, and does not ask what time it is."""
    if not source.under("matching"):
        return
    yield from (f"imports {module}" for module, _names in source.imports() if module.split(".")[0] in PURE_OF)
    clock = {("date", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("Timestamp", "now"), ("time", "time")}
    yield from (f"{on}.{name}()" for on, name in source.calls() if (on, name) in clock)


def files_are_short(source: Source) -> Iterator[str]:
    """A file keeps to one subject."""
    if source.lines > LONGEST_FILE and not source.under(WRITTEN_BY_ALEMBIC):
        yield f"{source.lines} lines, more than {LONGEST_FILE}"


def functions_are_short(source: Source) -> Iterator[str]:
    """A function fits on a screen."""
    if source.under(WRITTEN_BY_ALEMBIC):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, Function) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION:
            yield f"{node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines, more than {LONGEST_FUNCTION}"


def no_junk_drawers(source: Source) -> Iterator[str]:
    """No file or folder has a name that could hold anything."""
    yield from (f"named {part}" for part in Path(source.path).with_suffix("").parts if part in JUNK_DRAWERS)


def public_names_have_docstrings(source: Source) -> Iterator[str]:
    """Every public module, class, function and method says what it is for; a package may leave it to its modules."""
    if source.under(WRITTEN_BY_ALEMBIC):
        return
    if not ast.get_docstring(source.tree) and source.tree.body:
        yield "the module has no docstring"
    for node, name in _public(source.tree.body):
        if not ast.get_docstring(node):
            yield f"{name} has no docstring"


def _public(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[Function | ast.ClassDef, str]]:
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node, inside + node.name
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body, f"{node.name}.")


def signatures_are_annotated(source: Source) -> Iterator[str]:
    """Every function says what it takes and returns."""
    for node in ast.walk(source.tree):
        if not isinstance(node, Function):
            continue
        taken = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
        taken += [extra for extra in (node.args.vararg, node.args.kwarg) if extra]
        bare = [arg.arg for arg in taken if arg.annotation is None and arg.arg not in ("self", "cls")]
        if bare or node.returns is None:
            yield f"{node.name} leaves {', '.join(bare) or 'its return'} without type"


RULES: tuple[Rule, ...] = (
    services_do_not_commit,
    rules_and_tables_know_no_web,
    views_do_not_query,
    roles_are_apart,
    matching_has_few_doors,
    matching_is_pure,
    files_are_short,
    functions_are_short,
    no_junk_drawers,
    public_names_have_docstrings,
    signatures_are_annotated,
)


def faults(sources: list[Source], rule: Rule) -> list[str]:
    """Return what breaks the rule in these files, one line each."""
    return [f"{source.path}: {fault}" for source in sources for fault in rule(source)]
