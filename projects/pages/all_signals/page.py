"""All signals: every measure of a collaborative on which one stands, whatever its role, in four queries.

The map shows outcome measures of running projects, the queue what is new; what stands in neither stands here.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures import periods
from measures.models import ChartSnapshot, Measure, MeasureQuerySet
from measures.selectors import charts
from measures.selectors.axis import rows_on_one_axis
from measures.selectors.gains import gain_of
from measures.selectors.news import completed
from organizations.models import Collaborative, Organization, User
from p2.web.paging import PageOf
from p2.words.listing import listed, told
from p2.words.since import ago
from p2.words.wording import figure
from projects.models import Project, ProjectMeasure
from projects.pages.all_signals.asked import (
    AGES,
    AREAS,
    ROLES,
    SORTS,
    STATES,
    SignalsAsked,
    narrowed,
    signalling,
    sorted_by,
)
from projects.pages.all_signals.rows import Belongs, Counted, Filter, FilterChoice, SignalRow, Signals

PAGE = 50


def all_signals(user: User, collaborative: Collaborative, *, at: datetime, asked: SignalsAsked) -> Signals:
    """The page, or with `page` 0 all of it, as this person may see it."""
    visible = Measure.objects.visible_to(user).filter(organization__collaborative=collaborative)
    kept = visible.kept()
    places = _places(kept)
    alike = narrowed(signalling(kept), user, asked, at)
    states = _counted(alike)
    count = sum(one.count for one in states if asked.state in {"", one.key})
    pages = PageOf.cut(count, asked=asked.page, size=PAGE)
    chosen = alike.filter(snapshot__state=asked.state) if asked.state else alike
    ordered = charts.with_charts(sorted_by(chosen, asked.sort))
    measures = list(ordered[pages.start : pages.end]) if count else []
    belongs = _belongs(measures, user, collaborative.slug)
    rows = [_row(measure, belongs.get(measure.pk, ()), at) for measure in measures]
    return Signals(
        facts=_facts(states, asked),
        filters=_filters(asked, states, places),
        is_filtered=asked.is_filtered,
        rows=rows_on_one_axis(rows),
        pages=pages,
    )


def _places(kept: MeasureQuerySet) -> tuple[FilterChoice, ...]:
    """The organizations that have measures."""
    found = Organization.objects.filter(pk__in=kept.order_by().values("organization"))
    choices = (FilterChoice(one.ref, one.label) for one in found)
    return tuple(sorted(choices, key=lambda one: one.label.casefold()))


def _counted(signals: MeasureQuerySet) -> tuple[Counted, ...]:
    grouped = signals.order_by().values_list("snapshot__state").annotate(number=Count("pk"))
    counts: dict[str, int] = dict(grouped)
    marks = {key: charts.MARKS[ChartSnapshot.State(key)] for key in STATES}
    return tuple(Counted(key, mark.css, mark.label, counts.get(key, 0)) for key, mark in marks.items())


def _facts(states: Iterable[Counted], asked: SignalsAsked) -> str:
    """22 signals: 12 concern, 10 improvement."""
    shown = [one for one in states if one.count and asked.state in {"", one.key}]
    count = sum(one.count for one in shown)
    words = ngettext("%(count)s signal", "%(count)s signals", count) % {"count": figure(count, 0)}
    if not shown:
        return words
    counted = _("%(count)s %(state)s")
    return told(words, listed(counted % {"count": figure(one.count, 0), "state": one.label} for one in shown))


def _filters(
    asked: SignalsAsked, states: Iterable[Counted], places: tuple[FilterChoice, ...]
) -> tuple[Filter, ...]:
    counted = tuple(
        FilterChoice(
            one.key, _("%(state)s (%(count)s)") % {"state": one.label, "count": figure(one.count, 0)}
        )
        for one in states
    )
    ages = {key: words for key, (words, _least, _most) in AGES.items()}
    return (
        Filter("state", _("State"), _("Every state"), counted, asked.state),
        Filter("area", _("Area"), _("Every area"), _choices(AREAS), asked.area),
        Filter("role", _("Role"), _("Every role"), _choices(ROLES), asked.role),
        Filter("organization", _("Organization"), _("Every organization"), places, asked.organization),
        Filter("age", _("Known for"), _("However long"), _choices(ages), asked.age),
        Filter("sort", _("Order"), "", _choices(SORTS), asked.sort),
    )


def _choices(table: Mapping[str, Any]) -> tuple[FilterChoice, ...]:
    return tuple(FilterChoice(key, str(words)) for key, words in table.items())


def _belongs(measures: Iterable[Measure], user: User, slug: str) -> dict[int, tuple[Belongs, ...]]:
    """The roles of these measures in the projects that the reader may see, outcomes first."""
    keys = [measure.pk for measure in measures]
    if not keys:
        return {}
    links = ProjectMeasure.objects.filter(measure__in=keys, project__in=Project.objects.visible_to(user))
    ranks = list(ProjectMeasure.Role.values)
    found: dict[int, tuple[Belongs, ...]] = {}
    for link in sorted(links.select_related("project"), key=lambda one: (ranks.index(one.role), one.pk)):
        url = reverse("projects:project", args=[slug, link.project.ref])
        one = Belongs(link.get_role_display(), link.project.name, url)
        found[link.measure_id] = (*found.get(link.measure_id, ()), one)
    return found


def _completed_on(measure: Measure) -> date:
    """The last day of the period that completed the signal, as `COMPLETED_ON` asks the database."""
    period = measure.snapshot.signal_completed
    if period is None:
        return timezone.localtime(measure.snapshot.state_since).date()
    return periods.last_day(period, measure.words.frequency)


def _row(measure: Measure, belongs: tuple[Belongs, ...], at: datetime) -> SignalRow:
    snapshot, mark, goal = measure.snapshot, charts.mark_of(measure), measure.words.goal
    days = max((timezone.localtime(at).date() - _completed_on(measure)).days, 0)
    place, says = measure.organization, charts.short_words(measure)
    return SignalRow(
        ref=measure.ref,
        mark=mark.css,
        state=mark.label,
        organization=place.label,
        organization_url=place.get_absolute_url(),
        country=place.country,
        measure=str(measure),
        url=measure.get_absolute_url(),
        area=measure.area_words,
        belongs=belongs,
        spark=charts.spark(measure, says=says),
        newest=charts.newest_words(measure),
        newest_period=str(snapshot.newest_period or ""),
        unit=measure.words.unit,
        goal="" if goal is None else charts.figure(measure, goal),
        says=says,
        gain=gain_of(measure),
        found=snapshot.state_since,
        completed=completed(measure),
        completed_period=str(snapshot.signal_completed or ""),
        known_for=ago(at - timedelta(days=days), at),
        days=days,
    )
