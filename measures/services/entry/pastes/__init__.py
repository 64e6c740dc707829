"""A pasted block: compared with what stands, then saved whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext

from measures import periods
from measures.exchange.blocks import lay
from measures.exchange.grids import read_grid
from measures.exchange.numbers import INVISIBLE, holds_back
from measures.exchange.pieces import Ground, Laid, Piece, Target
from measures.models import Measure, Month, NoData, Observation, today_in
from measures.selectors.months import binding
from measures.selectors.sheet_place import SheetPlace, in_order, loggable, open_place
from measures.services.entry import events, observations
from measures.services.entry.month_tables import heads_of
from measures.services.entry.observations import Cell, Saved
from measures.services.entry.pastes.proposals import REASONS, Proposed, is_missing_piece, proposed
from organizations.models import Organization, User
from p2.columns.folding import fold
from p2.errors import RuleViolation

COUNTRIES_MONTH_FIRST = frozenset({"US"})
"""Where 7/1/2025 is 1 July."""

Where = tuple[str, date]  # a measure's ref, a period


@dataclass(frozen=True, slots=True)
class PastedBlock:
    """What is pasted and where: at a measure and a period, seen from the open one."""

    text: str
    measure: str
    period: date | None
    frequency: str
    open: date | None = None
    is_down: bool | None = None
    is_fixed: bool = False  # the first period was chosen in the preview
    spreads: bool = False  # rows and columns without names on the measures that follow
    is_month_first: bool | None = None  # 7/1/2025; None: as the organization's country writes it
    file: str = ""  # its name, where the block was uploaded
    reason: str | None = None  # for all cells without a number, "" leaves them out; None: not asked yet


@dataclass(frozen=True, slots=True)
class Paste:
    """A block in its place, cell by cell."""

    place: SheetPlace
    measures: tuple[Measure, ...]
    cells: Mapping[Where, Proposed]
    observations: Mapping[Where, Observation]
    laid: Laid | None
    at: Measure | None
    problem: str = ""
    remarks: tuple[str, ...] = ()
    reason: str = ""  # for the cells without a number; "": they are left out
    is_month_first: bool | None = None
    is_spread: bool = False

    def of_kind(self, *kinds: str) -> list[Proposed]:
        return [cell for cell in self.cells.values() if cell.kind in kinds]

    @property
    def written(self) -> list[Proposed]:
        return self.of_kind("new", "changed")

    @property
    def same_count(self) -> int:
        return len(self.of_kind("same"))

    @property
    def closed(self) -> list[Proposed]:
        """Changes in closed months: they need a reason."""
        return [cell for cell in self.written if cell.needs_reason]


def compare(
    organization: Organization, asked: PastedBlock, *, reader: User, at: datetime | None = None
) -> Paste:
    """What the block would change. Three queries, whatever its size; a fourth where it holds event dates."""
    at = at or timezone.now()
    measures = in_order(list(loggable(reader).filter(organization=organization)), asked.frequency)
    place = open_place(organization, frequency=asked.frequency, at=at, period=asked.open)
    start = next((at for at, measure in enumerate(measures) if measure.ref == asked.measure), 0)
    ground = _ground(organization, measures, start, asked, place)
    nothing = Paste(place, tuple(measures), {}, {}, None, measures[start] if measures else None)
    nothing = replace(nothing, is_month_first=ground.is_month_first, is_spread=asked.spreads)
    if not measures:
        return replace(nothing, problem=gettext("There is no measure to paste into. Make one first."))
    try:
        laid = lay(read_grid(asked.text), ground, is_down=asked.is_down)
    except ValueError as wrong:
        return replace(nothing, problem=str(wrong), observations=_standing((), nothing))
    nothing = replace(nothing, reason=_reason(asked.reason, laid.pieces))
    return replace(_compared(laid, nothing), laid=laid, problem=laid.problem, remarks=laid.remarks)


def save(
    organization: Organization,
    asked: PastedBlock,
    *,
    seen: Mapping[Where, int],
    why: str,
    by: User,
    at: datetime | None = None,
) -> list[Saved]:
    """Write down the numbers of a previewed block, all or none. `seen` are the versions that the preview showed.

    Raises
    ------
    RuleViolation
        When the block cannot be laid, a reason is missing, or somebody saved a number since the preview.
    """
    paste = compare(organization, asked, reader=by, at=at)
    if paste.problem:
        raise RuleViolation(paste.problem)
    cells = [
        Cell(
            cell.measure.pk,
            cell.period,
            cell.entry,
            have=seen.get((cell.measure.ref, cell.period), 0),
            why=why if cell.is_closed else "",
        )
        for cell in paste.of_kind("new", "changed", "same")
        if cell.entry
    ]
    if not cells:
        raise RuleViolation(gettext("Nothing in the block can be saved."))
    return observations.record_many(cells, by=by, at=at, known=paste.measures)


def _ground(
    organization: Organization, measures: list[Measure], start: int, asked: PastedBlock, place: SheetPlace
) -> Ground:
    today = today_in(organization.time_zone, place.at)
    return Ground(
        targets=tuple(map(_target, measures, heads_of(measures))),
        at=start,
        first=periods.start_of(asked.period or place.period, asked.frequency),
        frequency=asked.frequency,
        newest=periods.latest_complete(today, asked.frequency),
        latest=periods.start_of(today, asked.frequency),
        is_fixed=asked.is_fixed,
        spreads=asked.spreads,
        is_month_first=_is_month_first(organization)
        if asked.is_month_first is None
        else asked.is_month_first,
    )


def _is_month_first(organization: Organization) -> bool | None:
    """As its country writes days; None where nobody said where it is."""
    return organization.country.upper() in COUNTRIES_MONTH_FIRST if organization.country else None


def _reason(chosen: str | None, pieces: Sequence[Piece]) -> str:
    """The one reason for all cells without a number: what was chosen, at first `withheld` where each was held back."""
    if chosen is not None:
        return chosen if chosen in REASONS else ""
    missing = [piece for piece in pieces if is_missing_piece(piece)]
    are_held_back = missing and all(
        holds_back(piece.numerator) or holds_back(piece.denominator) for piece in missing
    )
    return NoData.WITHHELD if are_held_back else ""


def _target(measure: Measure, heads: Sequence[str]) -> Target:
    names = {str(measure), measure.ref}
    names |= (
        {
            measure.stratum_label,
            gettext("of these, %(stratum)s") % {"stratum": measure.stratum_label},
        }
        if measure.stratum_of_id
        else {measure.name}
    )
    words = measure.words
    return Target(
        measure.ref,
        tuple(fold(name) for name in names),
        words.is_ratio,
        numerator=words.numerator_words,
        denominator=words.denominator_words,
        multiplier=words.multiplier,
        heads=tuple(fold(head.translate(INVISIBLE)) for head in heads),
    )


def _compared(laid: Laid, paste: Paste) -> Paste:
    """The pieces of the block against what stands in their cells."""
    standing = _standing(laid.pieces, paste)
    months, days = _months(laid, paste), _days(laid, paste)
    cells: dict[Where, Proposed] = {}
    for piece in laid.pieces:
        measure = paste.measures[piece.target]
        where = measure.ref, piece.period
        is_closed = paste.place.is_closed(piece.period, months)
        cells[where] = proposed(
            piece,
            measure,
            standing.get(where),
            paste.place,
            reason=paste.reason,
            days=days.get((measure.pk, piece.period), ()),
            is_closed=is_closed,
        )
    return replace(paste, cells=cells, observations=standing)


def _standing(pieces: Sequence[Piece], paste: Paste) -> dict[Where, Observation]:
    """What stands in every cell of the preview: the sheet's own columns, and those of the block."""
    shown = {*paste.place.periods, *(piece.period for piece in pieces)}
    refs = {measure.pk: measure.ref for measure in paste.measures}
    found = Observation.objects.filter(measure__in=refs, period__range=(min(shown), max(shown)), ordinal=0)
    return {(refs[row.measure_id], row.period): row for row in found}


def _days(laid: Laid, paste: Paste) -> dict[tuple[int, date], list[date]]:
    """The events that stand where the block has some. One query, none for a block without event dates."""
    places = [(paste.measures[piece.target], piece.period) for piece in laid.pieces]
    dated = {(measure.pk, period) for measure, period in places if measure.words.is_dated}
    found = events.standing_in(dated, paste.place.frequency)
    return {where: sorted(day for day, _nth in spots) for where, spots in found.items()}


def _months(laid: Laid, paste: Paste) -> dict[date, Month]:
    closing = [periods.closing_month(piece.period, paste.place.frequency) for piece in laid.pieces]
    if not closing:
        return {}
    found = binding([paste.measures[0].organization_id], min(closing), max(closing))
    return {period: month for (_, period), month in found.items()}
