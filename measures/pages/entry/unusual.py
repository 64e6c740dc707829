"""Which numbers of a pasted block lie outside what their measure has shown, told before anything is saved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from measures.exchange.entries import Entry
from measures.models import Measure, Observation
from measures.selectors.charts import Drawn
from measures.selectors.limits import outlier_sentence
from measures.services.entry.pastes import Paste, Proposed, Where


@dataclass(slots=True)
class _Range:
    """Numbers of a series as they come, with the least and the greatest of them."""

    numbers: list[Decimal]
    least: Decimal = Decimal(0)
    greatest: Decimal = Decimal(0)

    def add(self, number: Decimal) -> None:
        self.least = min(self.least, number) if self.numbers else number
        self.greatest = max(self.greatest, number) if self.numbers else number
        self.numbers.append(number)

    def holds(self, number: Decimal) -> bool:
        return self.least <= number <= self.greatest


def as_saved(paste: Paste) -> dict[Where, Observation]:
    """The cells that can be read as they would stand."""
    return {where: _observation(cell.entry) for where, cell in paste.cells.items() if cell.entry}


def unusual(paste: Paste, new: Mapping[Where, Observation]) -> tuple[Proposed, ...]:
    """The written cells that the sheet will ask about, each judged by all numbers before it, the block's own too.

    `new` are the block's numbers, `as_saved`.
    """
    block = _by_measure(new)
    standing = _by_measure(paste.observations)
    return tuple(
        paste.cells[measure.ref, period]
        for measure in paste.measures
        if measure.ref in block
        for period in _outside(measure, standing.get(measure.ref, {}), block[measure.ref])
        if paste.cells[measure.ref, period].is_written
    )


def _by_measure(rows: Mapping[Where, Observation]) -> dict[str, dict[date, Observation]]:
    found: dict[str, dict[date, Observation]] = {}
    for (ref, period), row in rows.items():
        found.setdefault(ref, {})[period] = row
    return found


def _outside(
    measure: Measure, standing: Mapping[date, Observation], block: Mapping[date, Observation]
) -> Iterator[date]:
    """The periods of the block whose numbers lie outside those before them."""
    seen = _Range([])
    for period, number in _series(measure, {**standing, **block}):
        is_new = period in block and seen.numbers and not seen.holds(number)
        if is_new and outlier_sentence(measure, block[period], seen.numbers):
            yield period
        seen.add(number)


def _series(measure: Measure, rows: Mapping[date, Observation]) -> list[tuple[date, Decimal]]:
    """The numbers as they would stand, oldest first: those of the chart, and over them the rows at hand."""
    words, known = measure.words, dict[date, Decimal | None]()
    if drawn := Drawn.of(measure):
        for period, charted in zip(drawn.periods, drawn.numbers, strict=True):
            known[period] = None if charted is None else Decimal(repr(charted))
    known |= {period: row.shown(words) for period, row in rows.items()}
    return [(period, number) for period, number in sorted(known.items()) if number is not None]


def _observation(entry: Entry) -> Observation:
    numbers = {"numerator": entry.numerator, "denominator": entry.denominator, "value": entry.value}
    return Observation(**numbers, no_data=entry.no_data)
