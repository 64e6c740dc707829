"""The source as the tests of the house read it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("organizations", "measures", "projects", "meetings")
SITE = ("p2", *APPS)
ENV_READERS = {"text", "flag", "number", "on_or_count", "words", "level", "database"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file with its lines of code: what its docstring says is not counted."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node) is not None:
                lines -= (first.end_lineno or first.lineno) - first.lineno + 1
            yield f"{named(path)}: {node.name}", lines


def imported(path: Path) -> Iterator[str]:
    """Every name a file imports, with its module: `django.db.models.F`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_answering(path: Path) -> bool:
    """Whether a file answers requests: a view or an API module."""
    inside = path.relative_to(ROOT).parts[1:]
    return inside[0] in {"views", "views.py", "api", "api.py"}
