"""What every template and vendored file keeps to, so that the strict content policy holds."""

import hashlib
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

VENDOR = settings.BASE_DIR / "static/vendor"
TEMPLATES = settings.BASE_DIR / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))


def named(path):
    return path.relative_to(TEMPLATES).as_posix()


class Elements(HTMLParser):
    """Start tags of a template, its Django tags taken out first."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(re.sub(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", "", source, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    handle_startendtag = handle_starttag


def elements(path):
    return Elements(path.read_text(encoding="utf-8")).found


def test_vendored_files_are_the_ones_named_in_versions():
    lines = (VENDOR / "VERSIONS").read_text().splitlines()[1:]
    named_files = {file: digest for _, _, _, digest, file in (line.split() for line in lines)}
    present = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "VERSIONS"
    }
    assert present == named_files


def test_versions_holds_no_download_addresses():
    assert re.findall(r"https?:|www\.", (VENDOR / "VERSIONS").read_text()) == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_no_template_asks_htmx_to_run_code(path):
    for tag, attributes in elements(path):
        code = [
            name for name, value in attributes.items() if name.startswith("hx-") and "js:" in (value or "")
        ]
        assert code + [name for name in attributes if name.startswith("hx-on")] == [], tag


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_what_htmx_does_works_without_it(path):
    for tag, attributes in elements(path):
        asks = [name for name in attributes if name.startswith("hx-") and not name.endswith(":inherited")]
        works = (tag == "a" and "href" in attributes) or (tag == "form" and "action" in attributes)
        assert not asks or works, (tag, asks)


@pytest.mark.parametrize(
    "path", sorted((settings.BASE_DIR / "static/js").glob("*.js")), ids=lambda path: path.name
)
def test_our_scripts_evaluate_no_text(path):
    assert re.findall(r"\beval\(|new Function\(", path.read_text()) == []
