"""What the frame around every page shows. Asked for part by part: a fragment that shows none of it pays nothing."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from p2.spanning.composition import call, gather
from p2.spanning.rows import Named, NavigationEntry

LAST_SLUG = "collaborative"


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An entry of the navigation as the bar draws it."""

    label: str
    url: str
    icon: str
    count: int
    current: bool


class Frame:
    """The data banner, the switch between collaboratives, the navigation and the person, read when first shown."""

    is_demo = settings.DEMO_SITE

    def __init__(self, request: HttpRequest) -> None:
        self._path = request.path
        self._user: Any = getattr(request, "user", None)
        self._session: Any = getattr(request, "session", {})
        match = request.resolver_match
        self._slug = str(match.kwargs.get("slug", "")) if match else ""

    @cached_property
    def _around(self) -> Any:
        """Where the address names no collaborative, the one last looked at; the session remembers it."""
        if not self._is_signed_in:
            return None
        last = self._session.get(LAST_SLUG, "")
        around = call("FRAME", self._user, self._slug, last=last)
        if self._slug and around.collaborative and last != self._slug:
            self._session[LAST_SLUG] = self._slug
        return around

    @property
    def _is_signed_in(self) -> bool:
        return self._user is not None and self._user.is_authenticated

    @cached_property
    def collaborative(self) -> Any:
        """The one that this page is about, or the one last looked at; None for a visitor."""
        return self._around and self._around.collaborative

    @cached_property
    def collaboratives(self) -> tuple[tuple[str, str], ...]:
        """Name and address of all that the person may open."""
        return self._around.collaboratives if self._around else ()

    @cached_property
    def person(self) -> Any:
        return self._around and self._around.person

    @cached_property
    def demo_people(self) -> list[Named]:
        """Whom a visitor of a demo site may sign in as."""
        return gather("DEMO_PEOPLE") if settings.DEMO_SITE else []

    @cached_property
    def navigation(self) -> tuple[NavigationLink, ...]:
        """The entries of every app in their order; the one with the longest fitting prefix is current."""
        if not self._is_signed_in:
            return ()
        slug = self.collaborative.slug if self.collaborative else ""
        entries: list[NavigationEntry] = sorted(
            gather("NAVIGATION", self._user, slug, timezone.now()), key=lambda entry: entry.order
        )
        fits = [
            max((len(p) for p in _prefixes(entry) if _is_under(self._path, p)), default=0)
            for entry in entries
        ]
        best = max(fits, default=0)
        current = fits.index(best) if best else -1
        return tuple(
            NavigationLink(entry.label, entry.url, entry.icon, entry.count, position == current)
            for position, entry in enumerate(entries)
        )


def _prefixes(entry: NavigationEntry) -> tuple[str, ...]:
    return (entry.url, *entry.prefixes)


def _is_under(path: str, prefix: str) -> bool:
    """Today's address is the root of all: it fits itself alone."""
    return path == prefix if prefix == "/" else path.startswith(prefix)


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": Frame(request)}
