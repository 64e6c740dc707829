"""The frozen rows that the apps hand up to what spans them all: Today, navigation, search, the digest."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from p2.words.wording import in_days

OTHER_NEWS = 3
"""The rank of news that is no signal."""

MOST = 50
"""News of one kind that an app hands up at most: a page is read, not scrolled through."""


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One entry of the navigation bar; `count` is what waits there for the reader, 0 is not shown."""

    label: str
    url: str
    icon: str
    order: int
    count: int = 0
    prefixes: tuple[str, ...] = ()  # paths under which the entry is the current one


@dataclass(frozen=True, slots=True)
class Named:
    """A choice: what is shown and what is sent."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Use:
    """How many rows of a kind name something, in its spelling there."""

    name: str
    words: str  # "52 measures"


@dataclass(frozen=True, slots=True)
class StripCell:
    """One number of a month in small: its state (templates/components/_strip_cell.html) and whose it is."""

    state: str
    name: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What the reader is here, where that is less than they may look for; before all that is due."""

    words: str
    url: str = ""
    verb: str = ""
    is_all: bool = False  # nothing can be due from such a person, and nothing changes for them


@dataclass(frozen=True, slots=True)
class Due:
    """Something that waits for the reader, with its day. Without a verb it is only told."""

    title: str
    detail: str
    url: str
    verb: str  # on the button: "Log the month"
    on: date | None
    days_left: int | None
    cells: tuple[StripCell, ...] = ()  # the strip, in the sheet's order
    is_first: bool = False  # may take the page's one filled button

    @property
    def when(self) -> str:
        """How far its day is: in 8 days, tomorrow, today, past."""
        if self.days_left is None:
            return ""
        return _("past") if self.days_left < 0 else in_days(self.days_left)


@dataclass(frozen=True, slots=True)
class News:
    """Something that changed since the reader's last visit."""

    at: datetime
    mark: str
    title: str
    detail: str
    url: str
    rank: int  # 0 concern, 1 improvement, 2 unusual, OTHER_NEWS
    spark: Any = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """A table for the aside of Today: heading, column heads, rows of cells."""

    title: str
    template: str  # the fragment that draws it, with `aside.rows`
    rows: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of the site search."""

    kind: str  # organization, measure, project: its heading stands in the template
    title: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the digest, plain text lines with absolute or site-relative addresses."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferedPart:
    """A place in something of a higher app that a new row of a lower app may take: outcome of a project."""

    key: str  # as the higher app's verb reads it
    words: str  # "Outcome of No child harmed"
    of: str  # what it is a part of: "No child harmed"


@dataclass(frozen=True, slots=True)
class Link:
    """Something of a higher app that a lower app's page names: outcome of a project."""

    sentence: str  # "Outcome of {link}"
    words: str
    url: str

    @property
    def drawn(self) -> SafeString:
        """The sentence with the link in its place."""
        return format_html(self.sentence, link=format_html('<a href="{}">{}</a>', self.url, self.words))
