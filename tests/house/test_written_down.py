"""Settings, jobs, dependencies and requirements stand in the docs, and nothing that is gone; links lead somewhere."""

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import (
    ENV_READERS,
    ROOT,
    SITE,
    imported,
    named,
    python_files,
    tree,
)


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


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=named)
def test_a_link_of_the_docs_leads_to_a_page(page: Path) -> None:
    links = re.findall(r"\]\((?!\w+:)([^)#\s]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_that_the_code_names_is_there() -> None:
    told = {
        page
        for path in python_files(*SITE)
        for page in re.findall(r"docs/\w+/[\w.-]+\.md", path.read_text(encoding="utf-8"))
    }

    assert [page for page in sorted(told) if not (ROOT / page).is_file()] == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=named)
def test_a_requirement_is_pinned_by_version_and_digest_and_names_no_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    pins = re.findall(r"^[A-Za-z0-9].*$", text, re.MULTILINE)

    assert [pin for pin in pins if not re.match(r"[\w.-]+(\[.+\])?==\S+ .*\\$", pin)] == []
    assert re.findall(r"\S*(?:://|\.org|\.com)\S*", text) == []
