"""Sizes and names: short files, short functions, words of the domain."""

import re

from django.apps import apps

from tests.house.source import APPS, ROOT, SITE, functions, is_answering, named, python_files


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
    every = [found for path in python_files(*SITE) if is_answering(path) for found in functions(path)]

    assert [found for found in every if found[1] >= 25] == []


def test_no_module_is_called_after_nothing() -> None:
    nothings = {"utils", "util", "helpers", "helper", "common", "misc"}
    paths = [path.relative_to(ROOT) for path in python_files(*SITE, "tests", "benchmarks")]

    assert [str(path) for path in paths if nothings & {*path.parts[:-1], path.stem}] == []


def test_a_folder_of_more_than_twelve_modules_is_cut_into_parts() -> None:
    """A folder in it counts as one. The ground's own root holds what Django, Celery and the server look for by name."""
    folders: dict[str, set[str]] = {}
    for path in python_files(*SITE):
        if path.name != "__init__.py" and "migrations" not in path.parts:
            folders.setdefault(named(path.parent), set()).add(path.stem)
        if path.name == "__init__.py" and path.parent.name != "migrations":
            folders.setdefault(named(path.parent.parent), set()).add(path.parent.name)

    assert len([name for name in folders.pop("p2") if not (ROOT / "p2" / name).is_dir()]) <= 14
    apps_own = {name: folders.pop(name) for name in APPS}  # floors, not parts
    assert {name for name in apps_own if len(apps_own[name]) > 24} == set()
    assert {folder: len(names) for folder, names in folders.items() if len(names) > 12} == {}


def test_a_class_name_means_one_thing() -> None:
    """Django looks for `Command` and `Migration` by name; a private class is its module's own."""
    known: dict[str, list[str]] = {}
    for path in python_files(*SITE):
        if "migrations" not in path.parts:
            for found in re.findall(r"^class ([A-Z]\w*)", path.read_text(encoding="utf-8"), re.MULTILINE):
                known.setdefault(found, []).append(named(path))

    assert {name: paths for name, paths in known.items() if len(paths) > 1 and name != "Command"} == {}


def test_every_row_with_a_ref_answers_the_home_it_belongs_to() -> None:
    of_the_site = {"User", "Letter"}
    models = [model for model in apps.get_models() if model._meta.app_label in {*APPS, "p2"}]
    with_ref = [model for model in models if any(field.name == "ref" for field in model._meta.fields)]

    assert {model.__name__ for model in with_ref if not hasattr(model, "home")} == of_the_site


def test_a_comment_cites_the_projects_own_pages() -> None:
    elsewhere = re.compile(r"\b(DESIGN|STYLE|SPC)(\.md)?\b(?!_)")
    named_so = {
        "tests/p2/test_tokens.py",
        "tests/house/test_sizes_and_names.py",
    }  # a table of tokens; this line
    found = [named(path) for path in python_files(*SITE, "tests", "benchmarks")]

    assert {name for name in found if elsewhere.search((ROOT / name).read_text(encoding="utf-8"))} <= named_so


def test_nothing_is_left_to_do_in_a_comment() -> None:
    mark = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")  # written so that it does not find itself
    texts = [
        path
        for folder in (*SITE, "templates", "static", "tests", "docs", "benchmarks")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html", ".css", ".js", ".md"} and "vendor" not in path.parts
    ]

    assert [named(path) for path in texts if mark.search(path.read_text(encoding="utf-8"))] == []
