"""One road to every row, no signals, and the engines kept apart."""

import ast
import os
import subprocess
import sys

from tests.house.source import (
    APPS,
    ROOT,
    SITE,
    imported,
    is_answering,
    named,
    python_files,
)


def roads_beside_visible_to(source: str) -> list[int]:
    """The lines that reach `.objects` by another road than `visible_to`."""
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
        named(path): roads_beside_visible_to(path.read_text(encoding="utf-8"))
        for path in python_files(*SITE)
        if is_answering(path)
    }

    assert {name: lines for name, lines in found.items() if lines} == {}


def test_another_road_than_visible_to_is_noticed() -> None:
    source = "rows = Measure.objects.visible_to(user)\nrow = Measure.objects.get(ref=ref)\n"

    assert roads_beside_visible_to(source) == [2]


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


def test_pandas_plotly_and_scipy_are_imported_in_one_place_each() -> None:
    places = {
        "pandas": ("measures/frames",),
        "plotly": ("measures/exchange",),
        "scipy": ("organizations/assignment",),
    }
    found = [
        (named(path), name)
        for path in python_files(*SITE)
        for name in imported(path)
        if not named(path).startswith(places.get(name.split(".")[0], ("",)))
    ]

    assert found == []


def test_the_pure_modules_are_arithmetic() -> None:
    paths = [path for path in python_files(*APPS) if {"spc", "tally.py", "assignment.py"} & set(path.parts)]
    known = set(sys.stdlib_module_names) | {"numpy", "scipy"}
    found = [
        (named(path), name)
        for path in paths
        for name in imported(path)
        if name.split(".")[0] not in known and not name.startswith("measures.spc")
    ]

    assert found == []


def test_the_web_process_loads_neither_pandas_nor_plotly_nor_scipy() -> None:
    look = "import sys, p2.wsgi, p2.urls; print(sorted({'pandas', 'plotly', 'scipy'} & set(sys.modules)))"
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "p2.settings", "CELERY_EAGER": "0"}
    command = (sys.executable, "-c", look)
    loaded = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)

    assert (loaded.stdout, loaded.returncode) == ("[]\n", 0), loaded.stderr
