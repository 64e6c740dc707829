"""The sheet on which an organization logs its numbers: measures down, periods across, the open one in front."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.dateformat import format as format_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from measures import periods
from measures.models import Frequency, Measure, Month, today_in
from measures.pages.entry.sheet.material import Material, months_of, read_materials
from measures.pages.entry.sheet.messages import Message
from measures.pages.entry.sheet.rows import SheetRow, row_of
from measures.pages.entry.sign_off import SheetSignOff, sheet_sign_off
from measures.selectors.sheet_place import SheetPlace, dated_head, in_order, loggable, open_place
from measures.sentences.periods import label as period_label
from measures.sentences.periods import short_days
from measures.services.entry.sheets import Trouble, Typed
from organizations.models import Membership, Organization, User
from p2.words.days import Pattern, written
from p2.words.plurals import Forms
from p2.words.wording import in_days
from p2.words.zones import zone_of


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """An earlier period; `key` opens it."""

    period: date
    head: str  # "Feb ’03", "Mar"
    days: str  # of a week: "2–8 Feb"
    label: str  # "March 2003"; of a week with its dates
    key: str  # "2003-03-01"


PROGRESS = Forms(
    "<b>{done}</b> of {total} done, <b>{needs}</b> needs you, {due} due",
    "<b>{done}</b> of {total} done, <b>{needs}</b> need you, {due} due",
)
UNASKED = Forms(
    "<b>{done}</b> of {total} done, <b>{needs}</b> needs you, {due} open",
    "<b>{done}</b> of {total} done, <b>{needs}</b> need you, {due} open",
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the sheet is; `cells` are its rows in small."""

    done: int
    needs_you: int
    due: int  # where nothing is asked for: open
    is_asked: bool  # whether a month asks for its numbers
    late: int
    late_from: str  # "December"; empty where several periods are late
    rows: tuple[SheetRow, ...]

    @property
    def total(self) -> int:
        """Without those that are not asked for while others are: they had not begun."""
        return sum(not self.is_asked or row.state != "no-number" for row in self.rows)

    @property
    def waiting(self) -> str:
        """The state of the rows that wait for a number."""
        return "due" if self.is_asked else "no-number"

    @property
    def forms(self) -> Forms:
        """ "2 of 4 done, 1 needs you, 1 due"; the sheet's script puts new counts into it."""
        return PROGRESS if self.is_asked else UNASKED

    @property
    def late_words(self) -> str:
        """ "3 late from December"."""
        said = {"count": self.late, "period": self.late_from}
        if self.late_from:
            words = ngettext("%(count)d late from %(period)s", "%(count)d late from %(period)s", self.late)
        else:
            words = ngettext("%(count)d late from earlier", "%(count)d late from earlier", self.late)
        return words % said


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the page shows."""

    place: SheetPlace
    columns: tuple[SheetColumn, ...]
    label: str  # "January 2004"; of a week with its dates
    key: str
    rows: tuple[SheetRow, ...]
    progress: Progress
    title: str  # "January 2004 closes in 8 days"
    closing: str  # "Friday 20 February, midnight in Cincinnati (EST)"
    closes: str  # "closes 20 Feb"
    earlier: SheetColumn
    later: SheetColumn | None
    frequencies: tuple[str, ...]
    today: str  # where the organization is: no later period can be opened
    leads: tuple[str, ...]  # who can make measures, when there is none
    sign_off: SheetSignOff
    may_undo: bool  # the reader saved a number of its period that can still be undone

    @property
    def shows(self) -> tuple[tuple[str, str, int], ...]:
        """The three parts that a narrow page shows one at a time: key, words, count."""
        progress = self.progress
        return (
            ("needs", _("Needs you"), progress.needs_you),
            ("due", _("Due") if progress.is_asked else pgettext("numbers", "Open"), progress.due),
            ("done", _("Done"), progress.done),
        )  # fmt: skip

    @property
    def can_jump(self) -> bool:
        """Whether a date is the way to a far period: days and weeks are many."""
        return self.place.frequency in periods.DAYS_IN

    @property
    def refused(self) -> Message:
        """The second line of a row whose save got no answer; the script says why."""
        return Message("invalid", "")

    @property
    def first_part(self) -> str:
        """The part that is shown first: trouble, then what is due."""
        return next((key for key, _, count in self.shows if count), "due")

    @property
    def next_ref(self) -> str:
        """The measure to go to next."""
        waiting = sorted(self.rows, key=lambda row: (not row.needs_you, row.is_done))
        return waiting[0].ref if waiting else ""


def frequency_for(measures: Iterable[Measure], asked: str) -> str:
    """The frequency asked for where there is a measure of it, else the first there is."""
    found = {measure.words.frequency for measure in measures}
    known = [frequency for frequency in (asked, "month", "week", "quarter", "day") if frequency in found]
    return known[0] if known else str(Frequency.MONTH)


def sheet(
    organization: Organization,
    *,
    reader: User,
    at: datetime,
    frequency: str = "",
    period: date | None = None,
    typed: Mapping[str, Typed] | None = None,
    troubles: Mapping[str, Trouble] | None = None,
) -> Sheet:
    """The sheet of an organization, in four queries whatever its size.

    `typed` and `troubles`, by the measure's ref, are entries that were not saved.
    """
    measures = list(loggable(reader).filter(organization=organization))
    place = open_place(organization, frequency=frequency_for(measures, frequency), at=at, period=period)
    materials = read_materials(in_order(measures, place.frequency), organization, place)
    rows = tuple(_rows(materials, place, typed or {}, troubles or {}))
    months = materials[0].months if materials else months_of(organization, place)
    return Sheet(
        place=place,
        columns=tuple(_column(period, place, at == 0) for at, period in enumerate(place.periods[:-1])),
        label=place.label,
        key=f"{place.period}",
        rows=rows,
        progress=_progress(rows, place, months),
        earlier=_column(place.periods[-2], place, False),
        later=_later(organization, place),
        today=f"{today_in(place.zone, at)}",
        frequencies=_frequencies(measures),
        leads=() if measures else leads_of(organization),
        sign_off=sheet_sign_off(organization, place),
        may_undo=any(material.is_undoable(place, reader) for material in materials),
        **_closing(place, months, organization),
    )


def _rows(
    materials: Iterable[Material],
    place: SheetPlace,
    typed: Mapping[str, Typed],
    troubles: Mapping[str, Trouble],
) -> Iterator[SheetRow]:
    for material in materials:
        ref = material.measure.ref
        yield row_of(material, place, typed=typed.get(ref), trouble=troubles.get(ref))


def leads_of(organization: Organization) -> tuple[str, ...]:
    """The names of those who can make a measure."""
    found = Membership.objects.filter(organization=organization, role="lead", ended_at__isnull=True)
    return tuple(str(membership.user) for membership in found.select_related("user").order_by("user__name"))


def _column(period: date, place: SheetPlace, is_first: bool) -> SheetColumn:
    head, days = dated_head(period, place, is_first=is_first), short_days(period, place.frequency)
    if place.frequency == periods.DAY:  # "Wed" above "18 Nov", never "Wed 18" above "Nov"
        weekday, _space, day = head.partition(" ")
        head = f"{weekday} " + day.replace(" ", "\N{NO-BREAK SPACE}")
    return SheetColumn(period, head, days, period_label(period, place.frequency, long=True), f"{period}")


def _later(organization: Organization, place: SheetPlace) -> SheetColumn | None:
    after = periods.following(place.period, place.frequency)
    current = periods.start_of(today_in(organization.time_zone, place.at), place.frequency)
    return _column(after, place, False) if after <= current else None


def _frequencies(measures: list[Measure]) -> tuple[str, ...]:
    found = {measure.words.frequency for measure in measures}
    return tuple(str(frequency) for frequency in Frequency if frequency in found)


def _progress(rows: tuple[SheetRow, ...], place: SheetPlace, months: Mapping[date, Month]) -> Progress:
    late = Counter(past.period for row in rows for past in row.past if past.kind == "late")
    name = ""
    if late:
        only = next(iter(late))
        name = "" if len(late) > 1 else period_label(only, place.frequency, long=True)
        if len(late) == 1 and place.frequency == "month":
            name = format_date(only, "F")
    is_asked = place.asks(months)
    return Progress(
        done=sum(row.is_done for row in rows),
        needs_you=sum(row.needs_you for row in rows),
        due=sum(row.state == ("due" if is_asked else "no-number") for row in rows),
        is_asked=is_asked,
        late=sum(late.values()),
        late_from=name,
        rows=rows,
    )


def _closing(place: SheetPlace, months: Mapping[date, Month], organization: Organization) -> dict[str, str]:
    """The words about closing: none where no month binds the organization."""
    month = place.month(place.period, months)
    if month is None:
        return {"title": capfirst(place.label), "closing": "", "closes": ""}
    if month.is_closed(place.at, place.zone):
        on = month.closed_at.astimezone(zone_of(place.zone)).date() if month.closed_at else month.closes_on
        return {
            "title": capfirst(
                _("%(period)s closed on %(day)s")
                % {"period": place.label, "day": written(on, Pattern.IN_YEAR)}
            ),
            "closing": _("Late numbers are still taken; a change needs a reason."),
            "closes": _("closed %(day)s") % {"day": written(on, Pattern.SHORT_IN_YEAR)},
        }
    on = month.closes_on
    closes = _("closes %(day)s") % {"day": written(on, Pattern.SHORT_IN_YEAR)}
    return {
        "title": capfirst(_title(place.label, month.days_left(place.at, place.zone))),
        "closing": _midnight(organization, on),
        "closes": _("open again") if month.reopened_at else closes,
    }


def _title(period: str, days: int) -> str:
    if days < 0:
        return _("%(period)s is open again") % {"period": period}
    return _("%(period)s closes %(in_days)s") % {"period": period, "in_days": in_days(days)}


def _midnight(organization: Organization, on: date) -> str:
    """ "Friday 20 February, midnight in Cincinnati (EST)": the region where it is known, and the zone by its name."""
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=zone_of(organization.time_zone))
    name = noon.tzname() or organization.time_zone
    if name[0] in "+-":
        name = organization.time_zone.replace("_", " ")
    city = organization.region.partition(",")[0]
    said = {"day": written(on, Pattern.WEEKDAY_IN_YEAR), "city": city, "zone": name}
    if city:
        return _("%(day)s, midnight in %(city)s (%(zone)s)") % said
    return _("%(day)s, midnight (%(zone)s)") % said
