"""The frozen rows of *All signals*."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.selectors.gains import Gain
from measures.selectors.readings import Spark
from p2.web.paging import PageOf
from p2.words.listing import apart
from p2.words.wording import figure


@dataclass(frozen=True, slots=True)
class Belongs:
    """The role of a measure in a project."""

    role: str
    project: str
    url: str


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A measure on which a signal stands."""

    ref: str
    mark: str  # its class
    state: str
    organization: str
    organization_url: str
    country: str
    measure: str
    url: str
    area: str
    belongs: tuple[Belongs, ...]  # empty in no project
    spark: Spark
    newest: str
    newest_period: str  # "2004-03-01", empty before the first number
    unit: str
    goal: str
    says: str  # "11 points below the median"
    gain: Gain | None  # of the last part over the part before
    found: datetime  # when numbers, mark-ups or a definition brought it
    completed: str  # "signal of Mar 2025: point 8 of 11 in a row"
    completed_period: str  # "2025-03-01"
    known_for: str  # "today", "12 days": since the end of that period
    days: int

    @property
    def belongs_words(self) -> str:
        """Its area and the projects that it is of, as links."""
        projects: list[str] = [
            format_html(
                _('{role}: <a href="{url}">{project}</a>'), role=one.role, url=one.url, project=one.project
            )
            for one in self.belongs
        ]
        return apart([self.area, *(projects or [_("in no project")])])


@dataclass(frozen=True, slots=True)
class Counted:
    """How many signals of one state there are, under the other filters."""

    key: str
    mark: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class FilterChoice:
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A select: its name in the address, its words, what it holds, and what is chosen."""

    name: str
    label: str
    all_words: str  # of the choice that leaves nothing out; empty where one is always chosen
    choices: tuple[FilterChoice, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Signals:
    facts: str
    filters: tuple[Filter, ...]
    is_filtered: bool
    rows: tuple[SignalRow, ...]
    pages: PageOf

    @property
    def words(self) -> str:
        """51–100 of 226 signals."""
        said = {
            "first": self.pages.first_row,
            "last": self.pages.end,
            "signals": ngettext("%(count)s signal", "%(count)s signals", self.pages.rows)
            % {"count": figure(self.pages.rows, 0)},
        }
        return _("%(first)d\u2013%(last)d of %(signals)s") % said
