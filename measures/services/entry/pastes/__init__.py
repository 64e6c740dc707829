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
from measures.services.entry import observations
from measures.services.entry.month_tables import heads_of
from measures.services.entry.observations import Cell
from measures.services.entry.pastes import dated
from measures.services.entry.pastes.cells import REASONS, is_missing_piece, proposed
from measures.services.entry.pastes.proposed import Paste, PastedBlock, Proposed, Where
from organizations.models import Organization, User
from p2.columns.folding import fold
from p2.errors import RuleViolation

COUNTRIES_MONTH_FIRST = frozenset({"US"})
"""Where 7/1/2025 is 1 July."""

__all__ = ["REASONS", "Paste", "Pasted", "PastedBlock", "Proposed", "Where", "compare", "save"]


@dataclass(frozen=True, slots=True)
class Pasted:
    """What became of a block: how many numbers it changed, and the measure that it begins at."""

    count: int
    first: Measure


def compare(
    organization: Organization, asked: PastedBlock, *, reader: User, at: datetime | None = None
) -> Paste:
    """What the block would change. Three queries, whatever its size; one more where event dates stand."""
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
        stands = _standing((), nothing)
        return replace(nothing, problem=str(wrong), observations=stands, days=dated.standing(stands, nothing))
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
) -> Pasted:
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
            why=why if cell.is_closed or cell.days is not None else "",
            days=cell.days,
        )
        for cell in paste.of_kind("new", "changed", "same")
        if cell.entry
    ]
    if not cells:
        raise RuleViolation(gettext("Nothing in the block can be saved."))
    observations.record_many(cells, by=by, at=at, known=paste.measures)
    return Pasted(paste.count, next(cell.measure for cell in paste.cells.values() if cell.entry))


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
        lays_strange=asked.lays_strange,
        year=asked.year,
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
        is_dated=words.is_dated,
        unit=words.unit,
    )


def _compared(laid: Laid, paste: Paste) -> Paste:
    """The pieces of the block against what stands in their cells."""
    standing = _standing(laid.pieces, paste)
    paste = replace(paste, days=dated.standing(standing, paste))
    months = _months(laid, paste)
    cells: dict[Where, Proposed] = {}
    for piece in laid.pieces:
        measure = paste.measures[piece.target]
        where = measure.ref, piece.period
        is_closed = paste.place.is_closed(piece.period, months)
        old = standing.get(where)
        cells[where] = proposed(piece, measure, old, paste, is_closed=is_closed, has_dates=laid.has_dates)
    return replace(paste, cells=cells, observations=standing)


def _standing(pieces: Sequence[Piece], paste: Paste) -> dict[Where, Observation]:
    """What stands in every cell of the preview: the sheet's own columns, and those of the block."""
    shown = {*paste.place.periods, *(piece.period for piece in pieces)}
    refs = {measure.pk: measure.ref for measure in paste.measures}
    found = Observation.objects.filter(measure__in=refs, period__range=(min(shown), max(shown)), ordinal=0)
    return {(refs[row.measure_id], row.period): row for row in found}


def _months(laid: Laid, paste: Paste) -> dict[date, Month]:
    closing = [periods.closing_month(piece.period, paste.place.frequency) for piece in laid.pieces]
    if not closing:
        return {}
    found = binding([paste.measures[0].organization_id], min(closing), max(closing))
    return {period: month for (_, period), month in found.items()}
