"""The house keeps its own rules (docs/build/style.md, house.md): read from the source, not from intentions."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("organizations", "measures", "projects", "meetings")
SITE = ("p2", *APPS)
ENV_READERS = {"text", "flag", "number", "words"}

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


# --- sizes and names


def test_no_python_file_reaches_300_lines() -> None:
    lengths = {
        named(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(*SITE, "tests", "benchmarks")
    }

    assert {name: lines for name, lines in lengths.items() if lines >= 300} == {}


def test_no_function_reaches_40_lines() -> None:
    every = [found for path in python_files(*SITE, "tests", "benchmarks") for found in functions(path)]

    assert [found for found in every if found[1] >= 40] == []


def test_no_view_reaches_25_lines() -> None:
    every = [found for path in python_files(*SITE) if is_door(path) for found in functions(path)]

    assert [found for found in every if found[1] >= 25] == []


def test_no_module_is_called_after_nothing() -> None:
    nothings = {"utils", "util", "helpers", "helper", "common", "misc"}
    paths = [path.relative_to(ROOT) for path in python_files(*SITE, "tests", "benchmarks")]

    assert [str(path) for path in paths if nothings & {*path.parts[:-1], path.stem}] == []


def test_nothing_is_left_to_do_in_a_comment() -> None:
    mark = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")  # written so that it does not find itself
    texts = [
        path
        for folder in (*SITE, "templates", "static", "tests", "docs", "benchmarks")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".css", ".js", ".md"} and "vendor" not in path.parts
    ]

    assert [named(path) for path in texts if mark.search(path.read_text(encoding="utf-8"))] == []


# --- doors and knots


def is_door(path: Path) -> bool:
    """Whether a file answers requests: a view or an API module."""
    inside = path.relative_to(ROOT).parts[1:]
    return inside[0] in {"views", "views.py", "api", "api.py"}


def doors_beside_visible_to(source: str) -> list[int]:
    """The lines that reach `.objects` by another door than `visible_to`."""
    module = ast.parse(source)
    watched = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
        and id(node) not in watched
    ]


def test_views_and_api_find_rows_only_through_visible_to() -> None:
    found = {
        named(path): doors_beside_visible_to(path.read_text(encoding="utf-8"))
        for path in python_files(*SITE)
        if is_door(path)
    }

    assert {name: lines for name, lines in found.items() if lines} == {}


def test_another_door_than_visible_to_is_noticed() -> None:
    source = "rows = Measure.objects.visible_to(user)\nrow = Measure.objects.get(ref=ref)\n"

    assert doors_beside_visible_to(source) == [2]


def test_no_signal_is_sent_or_received() -> None:
    signals = (
        "django.db.models.signals",
        "django.dispatch",
        "django.core.signals",
        "django.contrib.auth.signals",
    )
    found = [
        (named(path), name)
        for path in python_files(*SITE)
        for name in imported(path)
        if name.startswith(signals) or ".signals" in name
    ]

    assert found == []


def test_pandas_has_one_door_and_plotly_one() -> None:
    doors = {"pandas": ("measures/frames",), "plotly": ("measures/exchange",)}
    found = [
        (named(path), name)
        for path in python_files(*SITE)
        for name in imported(path)
        if not named(path).startswith(doors.get(name.split(".")[0], ("",)))
    ]

    assert found == []


def test_the_pure_modules_are_arithmetic() -> None:
    paths = [path for path in python_files(*APPS) if {"spc", "tally.py"} & set(path.parts)]
    known = set(sys.stdlib_module_names) | {"numpy"}
    found = [
        (named(path), name)
        for path in paths
        for name in imported(path)
        if name.split(".")[0] not in known and not name.startswith("measures.spc")
    ]

    assert found == []


def test_the_web_process_loads_neither_pandas_nor_plotly() -> None:
    look = "import sys, p2.wsgi, p2.urls; print(sorted({'pandas', 'plotly'} & set(sys.modules)))"
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "p2.settings", "CELERY_EAGER": "0"}
    command = (sys.executable, "-c", look)
    loaded = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)

    assert (loaded.stdout, loaded.returncode) == ("[]\n", 0), loaded.stderr


# --- templates

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "email" not in path.parts)
INLINE = {
    "style attribute": r"<[^>]*\sstyle\s*=",
    "style element": r"<style\b",
    "script with a body": r"<script\b[^>]*>\s*[^\s<]",
    "event attribute": r"<[^>]*\son[a-z]+\s*=",
    "script address": r"javascript:",
}


def inline_parts(source: str) -> list[str]:
    """What in a template the content policy would block."""
    return [name for name, pattern in INLINE.items() if re.search(pattern, source, re.IGNORECASE)]


def test_no_template_holds_an_inline_style_or_script() -> None:
    found = {named(path): inline_parts(path.read_text(encoding="utf-8")) for path in TEMPLATES}

    assert {name: parts for name, parts in found.items() if parts} == {}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('<p style="color: red">', ["style attribute"]),
        ("<style>p {}</style>", ["style element"]),
        ("<script>go()</script>", ["script with a body"]),
        ('<a onclick="go()" href="javascript:go()">', ["event attribute", "script address"]),
        ('<script src="/static/a.js" defer></script><p class="on-ink">', []),
    ],
)
def test_inline_style_and_script_are_noticed(source: str, names: list[str]) -> None:
    assert inline_parts(source) == names


def test_every_fragment_says_its_contract_in_its_first_line() -> None:
    first_lines = {
        named(path): path.read_text(encoding="utf-8").split("\n", 1)[0]
        for path in TEMPLATES
        if path.name.startswith("_")
    }

    assert {name: line for name, line in first_lines.items() if not re.match(r"\{# .+ #\}$", line)} == {}


# --- what is written down


def first_column(page: str) -> set[str]:
    """The names in the first column of a page's tables."""
    return set(re.findall(r"^\| `([^`]+)` \|", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE))


def strings_passed(path: Path, callees: set[str], keyword: str | None = None) -> Iterator[str]:
    """The string each call of one of `callees` gets, as its first argument or by `keyword`."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call) or ast.unparse(node.func).split(".")[-1] not in callees:
            continue
        given = [pair.value for pair in node.keywords if pair.arg == keyword] if keyword else node.args[:1]
        yield from (
            value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)
        )


def test_every_setting_is_documented_and_every_documented_setting_read() -> None:
    read = {
        name
        for path in python_files("p2")
        if path.name == "env.py" or "p2.env" in imported(path)
        for name in strings_passed(path, ENV_READERS)
        if name.isupper()
    }

    assert read == first_column("docs/run/settings.md")


def test_every_job_is_documented_and_every_documented_job_exists() -> None:
    tasks = {name for path in python_files(*SITE) for name in strings_passed(path, {"shared_task"}, "name")}

    assert tasks == first_column("docs/run/jobs.md")


@pytest.mark.xdist_group("house")
def test_tests_of_one_group_stay_in_one_process(request: pytest.FixtureRequest) -> None:
    """Else every process starts a live site of its own."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@house")


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    wanted = {re.split(r"[\[<>=]", line)[0] for group in groups for line in group}

    assert wanted == first_column("docs/why/dependencies.md")


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=named)
def test_a_requirement_is_pinned_by_version_and_digest_and_names_no_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    pins = re.findall(r"^[A-Za-z0-9].*$", text, re.MULTILINE)

    assert [pin for pin in pins if not re.match(r"[\w.-]+(\[.+\])?==\S+ .*\\$", pin)] == []
    assert re.findall(r"\S*(?:://|\.org|\.com)\S*", text) == []
