"""One entry for one period: read from text, checked against its definition, before any row is touched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from django.utils.translation import gettext, gettext_lazy, ngettext

from measures import periods
from measures.exchange.numbers import ratio_in, read_number, two_numbers
from measures.models import REASONS, DefinitionWords, NoData, Shape, plain
from measures.sentences.periods import label as period_label
from measures.sentences.periods import not_its_first_day
from p2.words.languages import in_each
from p2.words.listing import listed
from p2.words.wording import figure, is_percentage

MOST = Decimal(10) ** 12
FINEST = Decimal("0.000001")
"""Numbers are kept to six decimals, as the database does: the same number typed again is the same."""

MOST_NOTE = 1000
ONE_NUMBER = gettext_lazy("This measure takes one number, not a numerator and a denominator.")
NEGATIVE = gettext_lazy("%(value)s is negative: this measure counts, so it takes 0, 1, 2 …")
NOT_WHOLE = gettext_lazy("%(value)s is not whole: this measure counts, so it takes 0, 1, 2 …")
WHOLE_SHAPES = frozenset({Shape.COUNT, Shape.COUNT_BETWEEN})
POSITIVE_SHAPES = frozenset({Shape.TIME_BETWEEN})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person, a paste or a file gives for one period. All empty: the cell is to be cleared."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    sd: Decimal | None = None
    size: int | None = None
    no_data: str = ""
    note: str | None = None  # None leaves the note as it is

    @property
    def is_empty(self) -> bool:
        is_ratio = self.numerator is not None or self.denominator is not None
        has_spread = self.sd is not None or self.size is not None
        return not (self.no_data or is_ratio or has_spread or self.value is not None)


def read_entry(
    definition: DefinitionWords,
    *,
    numerator: str = "",
    denominator: str = "",
    value: str = "",
    no_data: str = "",
    note: str | None = None,
    typed_in: str = "",
) -> Entry:
    """The entry that these texts give. A ratio may come as `12/388` in its numerator or value.

    `typed_in` is the language of the page on which they were typed; none for a file or a paste.

    Raises
    ------
    ValueError
        With a sentence for the person who typed it.
    """
    if no_data:
        return Entry(no_data=_reason(no_data, definition), note=note)
    _not_another_percentage(definition, value or numerator)
    if not definition.is_ratio:
        text = value or numerator
        if definition.shape in WHOLE_SHAPES and (doubt := two_numbers(text)):
            raise ValueError(doubt)
        if denominator.strip() or (value.strip() and numerator.strip() not in {"", value.strip()}):
            raise ValueError(str(ONE_NUMBER))
        return Entry(value=read_number(text, typed_in=typed_in) if text.strip() else None, note=note)
    stated = value if numerator.strip() and denominator.strip() else ""
    numerator = numerator or value
    if not denominator.strip() and (sides := ratio_in(numerator)):
        numerator, denominator = sides
    _not_a_side(numerator, denominator)
    given = [
        read_number(text, typed_in=typed_in) if text.strip() else None for text in (numerator, denominator)
    ]
    if (given[0] is None) != (given[1] is None):
        raise ValueError(_half_of_a_ratio(given[0], given[1]))
    entry = Entry(numerator=given[0], denominator=given[1], note=note)
    if stated.strip():
        _agrees(entry, read_number(stated, typed_in=typed_in), definition)
    return entry


def _not_another_percentage(definition: DefinitionWords, text: str) -> None:
    """A percentage for a measure that has none comes from another column."""
    takes_it = definition.is_ratio or is_percentage(definition.unit)
    if text.strip().endswith("%") and not takes_it:
        words = gettext("“%(shown)s” is a percentage, and this measure is logged in %(unit)s.")
        raise ValueError(words % {"shown": text.strip()[:40], "unit": definition.unit})


def _not_a_side(numerator: str, denominator: str) -> None:
    """A percentage is no side of a ratio."""
    for text in (numerator, denominator):
        if text.strip().endswith("%") and denominator.strip():
            words = gettext(
                "“%(shown)s” is a percentage, and this measure takes a numerator and a denominator."
            )
            raise ValueError(words % {"shown": text.strip()[:40]})


def _agrees(entry: Entry, value: Decimal, definition: DefinitionWords) -> None:
    """A value beside a ratio must be its own, as far as it is rounded."""
    if entry.numerator is None or not entry.denominator:
        return
    own = entry.numerator / entry.denominator * definition.multiplier
    rounding = Decimal(1).scaleb(int(value.as_tuple().exponent))
    if abs(own - value) > rounding:
        words = gettext("%(numerator)s of %(denominator)s is %(own)s, not %(value)s. Keep what is right.")
        said = {"numerator": plain(entry.numerator), "denominator": plain(entry.denominator)}
        shown = {"own": figure(own, definition.decimals), "value": plain(value)}
        raise ValueError(words % (said | shown))


def checked(entry: Entry, definition: DefinitionWords, period: date, today: date) -> Entry:
    """The entry if the definition allows it for this period on this day.

    Raises
    ------
    ValueError
        With a sentence that has the numbers and the cure.
    """
    if period != periods.start_of(period, definition.frequency):
        raise ValueError(not_its_first_day(period, definition.frequency))
    if period > today:
        raise ValueError(
            gettext("%(period)s lies in the future. Numbers are taken from its first day.")
            % {"period": period_label(period, definition.frequency, long=True)}
        )
    if entry.note is not None and len(entry.note) > MOST_NOTE:
        raise ValueError(
            ngettext(
                "The note has %(note)s character; %(most_note)s are kept. Shorten it.",
                "The note has %(note)s characters; %(most_note)s are kept. Shorten it.",
                len(entry.note),
            )
            % {"note": figure(len(entry.note), 0), "most_note": figure(MOST_NOTE, 0)}
        )
    if entry.is_empty or entry.no_data:
        return entry
    entry = _sized(entry)
    if definition.is_ratio:
        return _checked_ratio(entry, definition)
    return _checked_value(entry, definition)


def _checked_ratio(entry: Entry, definition: DefinitionWords) -> Entry:
    above, below = entry.numerator, entry.denominator
    if above is None or below is None or entry.value is not None:
        raise ValueError(_half_of_a_ratio(above if above is not None else entry.value, below))
    if above < 0:
        raise ValueError(
            gettext("%(above)s is negative: a count of events starts at 0.") % {"above": plain(above)}
        )
    if below <= 0:
        raise ValueError(
            gettext(
                "%(above)s of %(below)s: nothing can be divided by %(below)s. Where there "
                "were no cases, choose no data and “no cases”."
            )
            % {"above": plain(above), "below": plain(below)}
        )
    if definition.shape == Shape.PROPORTION and above > below:
        raise ValueError(
            gettext(
                "%(above)s of %(below)s: the numerator is greater than the denominator. Correct "
                "one of them and it saves."
            )
            % {"above": plain(above), "below": plain(below)}
        )
    return entry


def _checked_value(entry: Entry, definition: DefinitionWords) -> Entry:
    if entry.value is None or entry.numerator is not None or entry.denominator is not None:
        raise ValueError(str(ONE_NUMBER))
    if definition.shape in WHOLE_SHAPES and (
        entry.value < 0 or entry.value != entry.value.to_integral_value()
    ):
        refused = NEGATIVE if entry.value < 0 else NOT_WHOLE
        raise ValueError(str(refused % {"value": plain(entry.value)}))
    if definition.shape in POSITIVE_SHAPES and entry.value <= 0:
        raise ValueError(
            gettext("%(value)s is no time between events: it must be greater than 0.")
            % {"value": plain(entry.value)}
        )
    if entry.sd is not None and entry.sd < 0:
        raise ValueError(
            gettext("A standard deviation of %(sd)s cannot be: it is 0 or more.") % {"sd": plain(entry.sd)}
        )
    if entry.size is not None and entry.size < 1:
        raise ValueError(gettext("A subgroup has at least one member."))
    return entry


def _sized(entry: Entry) -> Entry:
    return Entry(
        _kept(entry.numerator), _kept(entry.denominator), _kept(entry.value), _kept(entry.sd),
        entry.size, entry.no_data, entry.note,
    )  # fmt: skip


def _kept(number: Decimal | None) -> Decimal | None:
    """The number as the database keeps it."""
    if number is None:
        return None
    if number.is_finite() and abs(number) < MOST:
        kept = number.quantize(FINEST, ROUND_HALF_UP)
        if abs(kept) < MOST:
            return kept
    raise ValueError(
        gettext("%(number)s is too large to be true: numbers stay below one million million.")
        % {"number": number}
    )


def _half_of_a_ratio(above: Decimal | None, below: Decimal | None) -> str:
    if above is None:
        return gettext("The numerator is missing: type how many of %(value)s.") % {
            "value": plain(below or Decimal(0))
        }
    return gettext(
        "%(above)s alone is not enough: this measure takes a numerator and a denominator, side by side or as 12/388."
    ) % {"above": plain(above)}


def _reason(text: str, definition: DefinitionWords) -> str:
    known = (*REASONS, NoData.NO_EVENTS) if definition.is_dated else REASONS
    found = reason_named(text)
    if found in known:
        return found.value
    choices = listed(reason.label for reason in known)
    raise ValueError(
        gettext("“%(text)s” is no reason for missing data. Choose one of: %(choices)s.")
        % {"text": text[:40], "choices": choices}
    )


def reason_named(text: str) -> NoData | None:
    """The reason for missing data that goes by this key, or by these words in some language of the site.

    >>> reason_named("Vendor late") is NoData.VENDOR_LATE, reason_named("forgot")
    (True, None)
    """
    return _reasons().get(text.strip().casefold())


@cache
def _reasons() -> Mapping[str, NoData]:
    """By key, and by the words of every language of the site."""
    every = (*REASONS, NoData.NO_EVENTS)
    keys = {reason.value.casefold(): reason for reason in every}
    labels = in_each(lambda: {str(reason.label).casefold(): reason for reason in every})
    return {words: reason for said in labels for words, reason in said.items()} | keys
