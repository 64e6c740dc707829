"""What the engine does not take, with the cure."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from measures.spc import RefusedInputError

REFUSALS: dict[str, Any] = {
    "several_series": _("The %(name)s of one chart are one list of numbers: give several to analyse_many."),
    "unequal_series": _("The %(name)s are of unequal lengths: pad the shorter series with NaN."),
    "text": _("The %(name)s hold text or dates: give numbers, and NaN where one is missing."),
    "not_numbers": _("The %(name)s are not all numbers: give numbers, and NaN where one is missing."),
    "dimensions": ngettext_lazy(
        "The %(name)s have %(dimensions)s dimension: give series by points.",
        "The %(name)s have %(dimensions)s dimensions: give series by points.",
        "dimensions",
    ),
    "too_many_points": ngettext_lazy(
        "%(points)s point in one series: %(most)s are the most. Aggregate them first.",
        "%(points)s points in one series: %(most)s are the most. Aggregate them first.",
        "points",
    ),
    "infinite": _("The %(name)s hold an infinite number: correct it, or give NaN for a missing one."),
    "unequal_denominators": _(
        "Values and denominators are of unequal lengths: give one denominator for each value."
    ),
    "negative_denominator": _(
        "A denominator is negative (series %(series)s, point %(point)s, counted from 0): correct it."
    ),
    "zero_denominator": _(
        "A denominator is zero under a value (series %(series)s, point %(point)s, counted from 0): correct one of them."
    ),
    "length_outside": _("A length lies outside 0 to %(points)s, the width of the matrix: correct it."),
    "not_whole": _("%(name)s counts points: give whole numbers."),
    "not_a_number": _("%(name)s is not a number: give one for all series or one each."),
    "infinite_option": _("%(name)s is infinite: give a number, or None for none."),
    "items": _(
        "%(name)s has the shape %(items)s, and the series are %(series)s: give one for all or one each."
    ),
    "unknown_better": _('better says which way is better: give "up", "down" or None.'),
    "unknown_rules": _("Unknown rules: give one of %(known)s."),
    "split_outside": _(
        "A split lies outside its series: it needs at least one point before it and one after it."
    ),
    "splits_unordered": _("The splits are not in rising order: sort them and name each once."),
    "splits_matrix": ngettext_lazy(
        "The matrix of splits needs whole numbers and %(series)s row, padded with 0.",
        "The matrix of splits needs whole numbers and %(series)s rows, padded with 0.",
        "series",
    ),
    "lists": _("%(name)s needs one list for all series, or one for each of them; they are %(series)s."),
    "freeze_outside": _("The freeze lies outside the series: give the number of points in its baseline."),
    "exclusions_shape": _("The exclusions are %(exclusions)s, the values %(values)s: make them equal."),
    "exclusion_outside": _("An excluded point lies outside its series: name positions counted from 0."),
    "multiplier": _("A multiplier is not above zero: give 1, 100, 1000 or the like."),
    "unknown_chart": _("Unknown chart %(chart)s: give one of %(known)s."),
    "subgroups": _("A run chart takes no subgroup sizes or deviations: leave them out."),
    "periods_count": _("The periods are %(periods)s, the points %(points)s: give one for each point."),
    "periods_unordered": _(
        "The periods are not in time order: sort the points and merge those of one period."
    ),
}


def refusal(refused: RefusedInputError) -> str:
    """What is wrong with the input, and what to do.

    >>> refusal(RefusedInputError("unknown_rules", known="anhoej, perla"))
    'Unknown rules: give one of anhoej, perla.'
    """
    return str(REFUSALS[refused.key] % refused.values)
