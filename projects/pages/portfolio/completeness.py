"""How full the months of the portfolio are: a share a month, a percentage of the closed ones, a line on the newest."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures import periods
from measures.selectors.completeness.counting import Filled, missing_lines
from measures.sentences.periods import label as period_label
from p2.words.wording import figure
from projects.pages.portfolio.rows import MonthLine


@dataclass(frozen=True, slots=True)
class Completeness:
    """How full one organization's months are; those that are still open are counted apart."""

    shares: tuple[float | None, ...]  # of each month, open ones too; None where nothing was asked
    percent: int | None  # over the closed months
    open_present: int
    open_expected: int
    reasons: int  # no data, with a reason: counted as there

    @property
    def words(self) -> str:
        """Complete, month by month; still open: 8 of 11 numbers. Of what is there, 2 say no data, with a reason."""
        if not self.reasons:
            return self._filled_words
        said = ngettext(
            "%(words)s. Of what is there, %(count)s says no data, with a reason",
            "%(words)s. Of what is there, %(count)s say no data, with a reason",
            self.reasons,
        )
        return said % {"words": self._filled_words, "count": figure(self.reasons, 0)}

    @property
    def _filled_words(self) -> str:
        if not self.open_expected:
            return _("Complete, month by month")
        said = {"present": figure(self.open_present, 0), "expected": figure(self.open_expected, 0)}
        return (
            ngettext(
                "Complete, month by month; still open: %(present)s of %(expected)s number",
                "Complete, month by month; still open: %(present)s of %(expected)s numbers",
                self.open_expected,
            )
            % said
        )


def completeness_of(months: Collection[Filled], known: Sequence[date], at: datetime) -> Completeness:
    """One organization's, over the `known` months."""
    by_period = {month.month.period: month for month in months}
    still_open = [month for month in months if not month.is_closed(at)]
    return Completeness(
        shares=tuple(by_period[period].share if period in by_period else None for period in known),
        percent=percent_of(closed(months, at)),
        open_present=sum(month.present for month in still_open),
        open_expected=sum(month.expected for month in still_open),
        reasons=sum(month.reasons for month in months),
    )


def closed(months: Iterable[Filled], at: datetime) -> list[Filled]:
    """Those that are closed where they are asked for."""
    return [month for month in months if month.is_closed(at)]


def percent_of(months: Collection[Filled]) -> int | None:
    """Numbers there of numbers asked, over all of these months; None when nothing was asked."""
    return percent(sum(month.present for month in months), sum(month.expected for month in months))


def percent(present: int, expected: int) -> int | None:
    """Whole percent; 100 only when none is missing.

    >>> percent(400, 400), percent(399, 400), percent(0, 0)
    (100, 99, None)
    """
    if not expected:
        return None
    return 100 if present == expected else min(99, round(100 * present / expected))


def month_line(months: Sequence[Filled], at: datetime) -> MonthLine | None:
    """January 2004 closes 20 February. 11 of 13 organizations complete. Missing: Tri-Rivers, 4 numbers."""
    newest = max((month.month.period for month in months), default=None)
    if newest is None:
        return None
    here = [month for month in months if month.month.period == newest]
    lines, unnamed = missing_lines(here)
    return MonthLine(
        month=period_label(newest, periods.MONTH, long=True),
        closes_on=here[0].month.closes_on,
        is_closed=all(month.is_closed(at) for month in here),
        complete=sum(not month.missing for month in here),
        asked=len(here),
        missing=tuple(
            (words, reverse("projects:organization", args=[month.slug, month.ref])) for month, words in lines
        ),
        unnamed=unnamed,
        reasons=sum(month.reasons for month in here),
    )
