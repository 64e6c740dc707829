"""The cells of the map: drawn from a measure's chart, and kept for the process by the versions of what they say.

A map that was drawn before reads and draws only what changed since.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from measures.models import Measure
from measures.selectors import charts
from measures.selectors.gains import words_with_gain
from measures.selectors.readings import HeatCell
from p2.words.listing import listed
from p2.words.wording import figure
from projects.pages.portfolio.placed import Others, PlacedChart

KEPT = 2_000
"""Cells, a few kB each: five pages of fifty organizations."""

Key = tuple[PlacedChart, str, str | None]

_kept: OrderedDict[Key, HeatCell] = OrderedDict()
_lock = Lock()


def kept_cells(placed: Iterable[PlacedChart], slug: str) -> dict[PlacedChart, HeatCell]:
    """Those that were drawn before and are as they were, in the reader's language."""
    language, found = get_language(), {}
    with _lock:
        for one in placed:
            key = (one, slug, language)
            if cell := _kept.get(key):
                _kept.move_to_end(key)
                found[one] = cell
    return found


def cells_of(
    placed: Iterable[PlacedChart],
    kept: Mapping[PlacedChart, HeatCell],
    slug: str,
    measures: Mapping[int, Measure],
) -> list[tuple[PlacedChart, HeatCell]]:
    """The cells that are kept, and those of the measures that were read, which are kept from now on."""
    read = [one for one in placed if one in kept or one.measure in measures]
    cells = [(one, kept.get(one) or _cell(one, measures[one.measure])) for one in read]
    language = get_language()
    with _lock:
        _kept.update({(one, slug, language): cell for one, cell in cells})
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return cells


def _cell(one: PlacedChart, measure: Measure) -> HeatCell:
    says = words_with_gain(measure)
    words, others = _words(one.project, measure, says), _of_others(one.others)
    return HeatCell(
        ref=measure.ref,
        url=measure.get_absolute_url(),
        words=_("%(words)s; %(others)s") % {"words": words, "others": others} if others else words,
        spark=charts.spark(measure, says=says),
        is_open=False,
        beside=one.others.signals,
        beside_words=others if one.others.signals else "",
    )


def _words(project: str, measure: Measure, says: str) -> str:
    """No child harmed: adverse drug events, 11 points below the median."""
    said = {"project": project, "measure": measure, "says": says}
    return (_("%(project)s: %(measure)s, %(says)s") if project else _("%(measure)s, %(says)s")) % said


def _of_others(others: Others) -> str:
    """Of the project's 4 other measures: 1 concern, 2 improvement. Empty where the project has no other."""
    if not others.count:
        return ""
    said = {"count": figure(others.count, 0)}
    if not others.signals:
        words = ngettext(
            "the project’s other measure has no signal",
            "none of the project’s %(count)s other measures has a signal",
            others.count,
        )
        return words % said
    each = listed(
        _("%(count)s %(state)s") % {"count": figure(count, 0), "state": mark.label}
        for mark, count in others.signals
    )
    words = ngettext(
        "of the project’s %(count)s other measure: %(each)s",
        "of the project’s %(count)s other measures: %(each)s",
        others.count,
    )
    return words % {**said, "each": each}
