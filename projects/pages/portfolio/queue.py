"""Since your last visit: new signals, concern first, then definitions that changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.models import Definition, Measure
from measures.selectors import charts
from measures.selectors.axis import rows_on_one_axis
from measures.selectors.gains import words_with_gain
from measures.selectors.news import completed
from p2.words.since import ago
from p2.words.wording import figure
from projects.pages.portfolio.rows import Queued

SHOWN = 50
SHOWN_AT_MOST = 200
"""When all are asked for: more than anybody reads."""


class QueueChoice(Protocol):
    """What of the address matters to the queue."""

    @property
    def open(self) -> str: ...

    @property
    def shows_all(self) -> bool: ...


def most(asked: QueueChoice) -> int:
    """Items of one kind that are read."""
    return SHOWN_AT_MOST if asked.shows_all else SHOWN


def queue_of(
    signals: Sequence[Measure], changed: QuerySet[Definition], *, at: datetime, asked: QueueChoice
) -> tuple[tuple[Queued, ...], int]:
    """The items, one of them open; and how many changed definitions there are."""
    limit = most(asked)
    versions = list(changed[:limit])
    found: list[Measure | Definition] = [*signals, *versions]
    shown = found[:limit]
    refs = [_ref(one) for one in shown]
    opened = asked.open if asked.open in refs else next(iter(refs), "")
    items = rows_on_one_axis(
        [_item(one, at, is_open=ref == opened) for one, ref in zip(shown, refs, strict=True)]
    )
    changes = len(versions) if len(versions) < limit else changed.count()
    return items, changes


def facts(count: int, projects: int, news: str, since: str) -> str:
    """13 organizations, 91 projects. Since 5 February: 5 new signals, 1 changed definition."""
    return _("%(organizations)s, %(projects)s. %(since_when)s: %(news)s.") % {
        "organizations": ngettext("%(count)s organization", "%(count)s organizations", count)
        % {"count": figure(count, 0)},
        "projects": ngettext("%(count)s project", "%(count)s projects", projects)
        % {"count": figure(projects, 0)},
        "since_when": capfirst(since),
        "news": news,
    }


def news(signals: int, changed: int) -> str:
    """5 new signals, 1 changed definition; what there is none of is not named."""
    new = ngettext("%(count)s new signal", "%(count)s new signals", signals) % {"count": figure(signals, 0)}
    definitions = ngettext("%(count)s changed definition", "%(count)s changed definitions", changed) % {
        "count": figure(changed, 0)
    }
    if signals and changed:
        return _("%(signals)s, %(definitions)s") % {"signals": new, "definitions": definitions}
    if signals or changed:
        return new if signals else definitions
    return _("nothing new")


def _ref(one: Measure | Definition) -> str:
    """A signal goes by its measure's ref; a definition adds its number, for its measure may be there as well."""
    return one.ref if isinstance(one, Measure) else f"{one.measure.ref}-{one.number}"


def _item(one: Measure | Definition, at: datetime, *, is_open: bool) -> Queued:
    if isinstance(one, Definition):
        return Queued(
            ref=_ref(one),
            kind="definition",
            place=str(one.measure.organization),
            when=ago(one.recorded_at, at),
            name=str(one.measure),
            words=_("version %(number)d. %(why)s") % {"number": one.number, "why": one.why},
            url=one.measure.get_absolute_url(),
            spark=None,
            is_open=is_open,
        )
    return Queued(
        ref=one.ref,
        kind=charts.mark_of(one).css,
        place=str(one.organization),
        when=completed(one, short=True) or ago(one.snapshot.state_since, at),
        name=str(one),
        words=words_with_gain(one),
        url=one.get_absolute_url(),
        spark=charts.spark(one),
        is_open=is_open,
    )
