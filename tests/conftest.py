"""What every test may ask for. The servers behind them are started by tests.settings."""

import gc
import os
from collections.abc import Iterator

import hypothesis
import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import chromium, cluster, live
from tests.actors import Cast, make_cast

hypothesis.settings.register_profile("p2", deadline=None)  # no test asserts a time
hypothesis.settings.load_profile("p2")

PATIENCE = 20_000  # ms that a page may take on a busy machine


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what uses the live site in two of xdist's processes, so that it is started twice and not for each test: the
    walk over all pages takes as long as all the rest, and stands apart."""
    for item in items:
        if "live_p2" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("pages" if item.path.stem == "test_pages" else "live"))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What stands by now stays: the search for circles need not go through it again and again."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each process copies the database that one of them migrated."""
    connection.settings_dict["TEST"]["TEMPLATE"] = cluster.migrated()


@pytest.fixture(scope="session")
def live_loader() -> tuple[str, ...]:
    """The command that fills the live site's database."""
    return ("demo", "--small")


@pytest.fixture(scope="session")
def live_p2(
    tmp_path_factory: pytest.TempPathFactory, live_loader: tuple[str, ...]
) -> Iterator[live.LiveSite]:
    """The real site: granian, a Celery worker, beat, their own database."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    home, settings = tmp_path_factory.mktemp("live"), {"OPEN_PAGES_WAIT": "2"}
    with live.site(home, name=f"p2_live_{worker}", load=live_loader, settings=settings) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. A machine without one fails these tests."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.CURE)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def console() -> list[str]:
    """What the browser's console says; a test that expects a line asserts it and clears the list."""
    return []


@pytest.fixture
def page(browser: Browser, console: list[str]) -> Iterator[Page]:
    """A page in a fresh browser context; a line left on its console fails the test, except the browser's advice."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    opened.on("console", lambda said: said.type == "verbose" or console.append(f"{said.type}: {said.text}"))
    opened.on("pageerror", lambda error: console.append(f"error: {error}"))
    yield opened
    context.close()
    assert console == []


@pytest.fixture
def cast(db: None) -> Cast:
    """A small collaborative with every actor."""
    return make_cast()
