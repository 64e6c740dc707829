"""What changed on charts since a moment: signals first, then the other news.

Of signals a concern comes before an improvement, and that before what has no direction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Count, IntegerField, Max, Q, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from measures.models import (
    Annotation,
    ChartSnapshot,
    Correction,
    Definition,
    Flag,
    Measure,
    MeasureQuerySet,
    Rebase,
)
from measures.selectors import charts
from measures.selectors.axis import rows_on_one_axis
from measures.selectors.gains import words_with_gain
from measures.sentences.periods import label as period_label
from measures.spc import Evidence
from measures.spc.rules.limits import PERLA_SHIFT
from organizations.models import OVERSEERS, Collaborative, User, standing_of
from p2 import trail
from p2.models import AuditEntry
from p2.spanning.rows import MOST, OTHER_NEWS, News
from p2.words.days import Pattern, written
from p2.words.listing import told
from p2.words.wording import figure, named_with_unit, written_day

RANKS = {
    ChartSnapshot.State.CONCERN: 0,
    ChartSnapshot.State.IMPROVEMENT: 1,
    ChartSnapshot.State.UNUSUAL: 2,
}

OFF_THE_LINE = Flag.ABOVE | Flag.BELOW
NEW_MEDIAN = gettext_lazy("New median on %(measure)s, %(month)s")
WRITTEN = {
    Annotation.Kind.NOTE: gettext_lazy("Note on %(measure)s, %(month)s"),
    Annotation.Kind.CHANGE: gettext_lazy("Change on %(measure)s, %(month)s"),
    Annotation.Kind.EVENT: gettext_lazy("Event on %(measure)s, %(month)s"),
}


@dataclass(frozen=True, slots=True)
class Glance:
    """Who looks, and between which moments something is news to them."""

    user: User
    since: datetime
    at: datetime


def changed(user: User, since: datetime, at: datetime) -> list[News]:
    """All news that concern the person between two moments. Six queries, and where rules changed two more."""
    measures, look = concerning(user), Glance(user, since, at)
    return [
        *signals(measures, user, since=since, at=at),
        *_definitions(measures, look),
        *_marks(Rebase, measures, look),
        *_marks(Annotation, measures, look),
        *_corrections(measures, look),
        *_rejudgements(measures, look),
    ]


def concerning(user: User) -> MeasureQuerySet:
    """The measures of one's own organizations; those of the collaborative, to who oversees it."""
    standing = standing_of(user)
    return (
        Measure.objects.visible_to(user)
        .kept()
        .filter(
            Q(organization__in=standing.organizations)
            | Q(organization__collaborative__in=standing.appointed_as(*OVERSEERS))
        )
    )


def signalled(measures: MeasureQuerySet, *, since: datetime, at: datetime) -> MeasureQuerySet:
    """Those that became a concern, an improvement or unusual, concern first, the newest first."""
    rank = Case(
        *(When(snapshot__state=state, then=Value(rank)) for state, rank in RANKS.items()),
        output_field=IntegerField(),
    )
    return measures.filter(
        snapshot__state__in=list(RANKS), snapshot__state_since__gt=since, snapshot__state_since__lte=at
    ).order_by(rank, "-snapshot__state_since", "name")


def signals(measures: MeasureQuerySet, user: User, *, since: datetime, at: datetime) -> list[News]:
    """New signals as rows, with their sparkline and newest value; the organization is named to who is not of it."""
    own = standing_of(user).organizations
    new = signalled(measures, since=since, at=at)
    first = new.filter(pk__in=new.values("pk")[:MOST])  # keys are sorted in less time than whole charts
    found = charts.with_charts(first)
    names_all = len(own) > 1
    rows = [_signal(one, names_place=names_all or one.organization_id not in own) for one in found]
    return list(rows_on_one_axis(rows))


def _signal(measure: Measure, *, names_place: bool) -> News:
    snapshot = measure.snapshot
    return News(
        at=snapshot.state_since,
        mark=charts.mark_of(measure).css,
        title=charts.headline(measure, names_place=names_place),
        detail=told(spoken_name(measure), words_with_gain(measure)),
        url=measure.get_absolute_url(),
        rank=RANKS[ChartSnapshot.State(snapshot.state)],
        spark=charts.spark(measure),
        value=charts.newest_with_sign(measure),
    )


def completed(measure: Measure, *, short: bool = False) -> str:
    """The period that completed the signal, "signal of Mar 2025", and of a shift which point that was.

    A headline tells since when the numbers are other ones: the first point of the shift, before its signal.
    """
    snapshot = charts.snapshot_of(measure)
    if snapshot is None or snapshot.signal_completed is None:
        return ""
    said: dict[str, Any] = {"month": period_label(snapshot.signal_completed, measure.words.named_by)}
    if short or not charts.is_shifted(measure) or snapshot.evidence == Evidence.RANKS:
        return _("signal of %(month)s") % said
    said |= {"place": _place_in_run(measure, snapshot.signal_completed), "count": snapshot.run_length}
    if said["place"] < PERLA_SHIFT:  # it was told by other rules before its run was long enough for any
        return _("signal of %(month)s") % said
    return _("signal of %(month)s: point %(place)d of %(count)d in a row") % said


def _place_in_run(measure: Measure, period: date) -> int:
    """Which useful point of the shift in force this period's is."""
    drawn = charts.Drawn.of(measure)
    shift = drawn.band() if drawn else None
    if drawn is None or shift is None:
        return 0
    inside = range(shift[0], shift[1] + 1)
    return sum(1 for at in inside if drawn.flags[at] & OFF_THE_LINE and drawn.periods[at] <= period)


def spoken_name(measure: Measure) -> str:
    """Name and unit in one: Adverse drug events, per 1,000 doses; Wait for sleep study, weeks."""
    return named_with_unit(str(measure), measure.words.unit)


def definitions(measures: MeasureQuerySet, *, since: datetime, at: datetime) -> Any:
    """New versions of what a measure is."""
    return (
        Definition.objects.filter(
            measure__in=measures, number__gt=1, recorded_at__gt=since, recorded_at__lte=at
        )
        .select_related("measure__organization__collaborative")
        .order_by("-recorded_at")
    )


def _definitions(measures: MeasureQuerySet, look: Glance) -> Iterable[News]:
    found = definitions(measures, since=look.since, at=look.at).exclude(recorded_by=look.user)
    for version in found[:MOST]:
        yield News(
            at=version.recorded_at,
            mark="",
            title=_("Changed definition: %(measure)s") % {"measure": version.measure},
            detail=_("%(organization)s, version %(number)s. %(why)s")
            % {"organization": version.measure.organization, "number": version.number, "why": version.why},
            url=version.measure.get_absolute_url(),
            rank=OTHER_NEWS,
        )


def _marks(kind: type[Rebase] | type[Annotation], measures: MeasureQuerySet, look: Glance) -> Iterable[News]:
    """What others wrote on the charts: a new median, a note."""
    found = (
        kind.objects.filter(measure__in=measures, at__gt=look.since, at__lte=look.at)
        .filter(withdrawn_at__isnull=True)
        .exclude(by=look.user)
        .select_related("measure__organization__collaborative", "by")
        .order_by("-at")
    )
    for mark in found[:MOST]:
        words = WRITTEN[Annotation.Kind(mark.kind)] if isinstance(mark, Annotation) else NEW_MEDIAN
        yield News(
            at=mark.at,
            mark="",
            title=str(words % {"measure": mark.measure, "month": written(mark.period, Pattern.SHORT_MONTH)}),
            detail=told(mark.by or mark.measure.organization, mark.text),
            url=mark.measure.get_absolute_url(),
            rank=OTHER_NEWS,
        )


def _corrections(measures: MeasureQuerySet, look: Glance) -> Iterable[News]:
    """Numbers of the own organizations that others changed after their first entry, one row a measure."""
    own = measures.filter(organization__in=standing_of(look.user).organizations)
    place = Concat("period", Value("/"), "ordinal", output_field=CharField())
    found = (
        Correction.objects.filter(measure__in=own, at__gt=look.since, at__lte=look.at)
        .exclude(by=look.user)
        .filter(Q(old_numerator__isnull=False) | Q(old_value__isnull=False) | Q(old_no_data__gt=""))
        .values("measure__ref", "measure__name", "measure__organization__collaborative__slug")
        .annotate(count=Count(place, distinct=True), last=Max("at"))
        .order_by("-last")
    )
    for row in found[:MOST]:
        words = ngettext(
            "%(number)s number changed after the first entry",
            "%(number)s numbers changed after the first entry",
            row["count"],
        )
        yield News(
            at=row["last"],
            mark="",
            title=_("Corrected: %(measure)s") % {"measure": row["measure__name"]},
            detail=words % {"number": figure(row["count"], 0)},
            url=reverse(
                "measures:measure",
                args=[row["measure__organization__collaborative__slug"], row["measure__ref"]],
            ),
            rank=OTHER_NEWS,
        )


def rejudged(measures: MeasureQuerySet, *, since: datetime, at: datetime) -> MeasureQuerySet:
    """Those that other rules, and no number, made say something else."""
    return measures.filter(snapshot__rejudged_at__gt=since, snapshot__rejudged_at__lte=at)


def rules_words(collaborative: Collaborative, at: datetime, count: int) -> str:
    """Who changed the rules, when, to which, and how many charts are judged otherwise by that. One query."""
    changes = AuditEntry.objects.filter(
        subject_type="collaborative", subject_ref=collaborative.ref, at__lte=at, changes__has_key="run_rules"
    )
    entry = changes.select_related("by").order_by("-at", "-pk").first()
    charts_words = ngettext(
        "%(count)s chart is judged otherwise", "%(count)s charts are judged otherwise", count
    ) % {"count": figure(count, 0)}
    if entry is None or entry.by is None:
        return _("Run rules changed: %(charts)s.") % {"charts": charts_words}
    old, new = trail.change_of(entry, "run_rules")
    return _("Run rules changed on %(day)s by %(who)s, %(old)s to %(new)s: %(charts)s.") % {
        "day": written_day(entry.at),
        "who": entry.by,
        "old": old,
        "new": new,
        "charts": charts_words,
    }


def _rejudgements(measures: MeasureQuerySet, look: Glance) -> Iterable[News]:
    """A change of rules, told once and as one row: what the rules alone changed is no signal's news."""
    found = rejudged(measures, since=look.since, at=look.at).order_by()
    grouped = found.values("organization__collaborative").annotate(
        count=Count("pk"), last=Max("snapshot__rejudged_at")
    )
    counts = {row["organization__collaborative"]: row for row in grouped}
    for collaborative in Collaborative.objects.filter(pk__in=counts) if counts else ():
        row = counts[collaborative.pk]
        yield News(
            at=row["last"],
            mark="",
            title=_("Run rules changed"),
            detail=rules_words(collaborative, look.at, row["count"]),
            url=collaborative.get_absolute_url(),
            rank=OTHER_NEWS,
        )
