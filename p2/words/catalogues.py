"""The catalogues of translations: extracted, brought up to date and compiled by Babel, without a program of gettext's.

`manage.py messages` calls this, and a test that finds what it would change. Babel is installed with what P2 is tested
with; the site itself reads the compiled files alone.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from p2.words.pseudo import pseudo_catalogue

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "Forms": (1, 2),
}
FOLDERS = ("measures", "meetings", "organizations", "p2", "projects", "templates")
PSEUDO = "en-xa"
ALWAYS = datetime(2001, 1, 1, tzinfo=UTC)
SAME_HEAD: dict[str, Any] = {
    "project": "P2",
    "charset": "utf-8",
    "fuzzy": False,
    "creation_date": ALWAYS,
    "revision_date": ALWAYS,
}
"""A head with the same dates always: the same sentences make the same files."""
OF_LIBRARIES = ("django", "allauth", "rest_framework")
"""Packages whose own sentences stand on our pages: they keep their catalogues, the pseudo-language has them too."""


def extracted(root: Path) -> Catalog:
    """Every sentence of the code and the templates under `root`, with where it stands."""
    catalogue = Catalog(**SAME_HEAD)
    for path in _sources(root):
        for _, message, comments, context in _sentences(path):
            catalogue.add(
                message,
                locations=[(path.relative_to(root).as_posix(), 0)],
                auto_comments=comments,
                context=context,
            )
    return catalogue


def _sources(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def _sentences(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """The sentences of a file; a template is first turned into calls of gettext, by Django."""
    text = path.read_text(encoding="utf-8")
    source = text if path.suffix == ".py" else f"(\n{templatize(text, origin=str(path))}\n)"
    yield from extract("python", BytesIO(source.encode()), KEYWORDS, comment_tags=("Translators:",))


def renewed(root: Path, language: str) -> Catalog:
    """The catalogue of one language with the sentences that the code has now; those it lost are dropped."""
    path = folder_of(root, language) / "django.po"
    known = read_po(BytesIO(path.read_bytes())) if path.exists() else Catalog()
    catalogue = Catalog(locale=to_locale(language), **SAME_HEAD)
    for message in extracted(root):
        if message.id:
            said = known.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
            catalogue.add(
                message.id,
                said.string if said else None,
                locations=message.locations,
                auto_comments=message.auto_comments,
                user_comments=said.user_comments if said else (),
                context=message.context,
            )
    return catalogue


def folder_of(root: Path, language: str) -> Path:
    """Where Django looks for the catalogue of a language."""
    return root / "locale" / to_locale(language) / "LC_MESSAGES"


def as_text(catalogue: Catalog) -> bytes:
    """The file that translators edit: sorted by sentence, so that moved code changes nothing."""
    written = BytesIO()
    write_po(written, catalogue, sort_output=True, omit_header=True, include_lineno=False, width=110)
    kept = {"Language", "Plural-Forms", "Content-Type"}
    head = "".join(f'"{name}: {value}\\n"\n' for name, value in catalogue.mime_headers if name in kept)
    return f'msgid ""\nmsgstr ""\n{head}\n'.encode() + written.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The file that Django reads."""
    written = BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def files(root: Path, languages: list[str]) -> dict[Path, bytes]:
    """Every file of `locale/` as it should be. The pseudo-language has no text to edit: it is made of the sentences."""
    made = {}
    for language in languages:
        catalogue = renewed(root, language)
        made[folder_of(root, language) / "django.po"] = as_text(catalogue)
        made[folder_of(root, language) / "django.mo"] = compiled(catalogue)
    made[folder_of(root, PSEUDO) / "django.mo"] = compiled(
        pseudo_catalogue(Catalog(locale="en", **SAME_HEAD), [*_of_libraries(), extracted(root)])
    )
    return made


def _of_libraries() -> Iterator[Catalog]:
    """The English catalogues of the packages whose sentences stand on our pages."""
    for name in OF_LIBRARIES:
        home = Path(__import__(name).__file__ or "").parent
        for folder in sorted(home.rglob("locale/en*/LC_MESSAGES")):
            if (text := folder / "django.po").exists():
                yield read_po(BytesIO(text.read_bytes()))
            else:  # REST framework brings what is compiled alone
                yield read_mo(BytesIO((folder / "django.mo").read_bytes()))
