"""Heads of columns that hold periods, or parts of them, in languages of many countries: programmes span them."""

from measures import periods
from p2.columns.folding import fold

YEAR = "year"
HEADS = {
    YEAR: "year, yr, år, jahr, jaar, an, année, año, ano, anno, vuosi, rok, yıl",
    periods.QUARTER: "quarter, qtr, kvartal, quartal, kwartaal, trimestre, kvartaali, kwartał",
    periods.MONTH: "month, months, månad, måned, monat, maand, mois, mes, mês, mese, kuukausi, miesiąc, měsíc, ay",
    periods.WEEK: "week, weeks, wk, vecka, uge, uke, woche, kw, semaine, semana, settimana, viikko, tydzień, týden",
    periods.DAY: "day, date, dag, datum, dato, tag, jour, día, dia, fecha, giorno, päivä, päivämäärä, dzień, den",
    "": "period, periods, tidsperiod, periode, período, periodo, période, zeitraum, jakso, okres, období",
}
"""By the part that they name; the last ones name any."""

PARTS = {fold(head): part for part, heads in HEADS.items() for head in heads.split(", ")}


def part_of(head: str) -> str | None:
    """The part of a date that stands under this head, empty for any; None where it names none.

    >>> part_of("År"), part_of("Kvartal"), part_of("Period"), part_of("Falls")
    ('year', 'quarter', '', None)
    """
    return PARTS.get(fold(head.rstrip(".: ")))


def names_periods(head: str) -> bool:
    """Whether a head says that periods stand under it."""
    return part_of(head) is not None
