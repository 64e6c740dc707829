"""The cells of the map: drawn from a measure's chart, and kept for the process by the versions of what they say.

A map that was drawn before reads and draws only what changed since.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from measures.models import Measure
from measures.selectors import charts
from measures.selectors.readings import HeatCell
from projects.pages.portfolio.placed import Placed

KEPT = 2_000
"""Cells, a few kB each: five pages of fifty organizations."""

Key = tuple[Placed, str, str | None]

_kept: OrderedDict[Key, HeatCell] = OrderedDict()
_lock = Lock()


def kept_cells(placed: Iterable[Placed], slug: str) -> dict[Placed, HeatCell]:
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
    placed: Iterable[Placed], kept: Mapping[Placed, HeatCell], slug: str, measures: Mapping[int, Measure]
) -> list[tuple[Placed, HeatCell]]:
    """The cells that are kept, and those of the measures that were read, which are kept from now on."""
    read = [one for one in placed if one in kept or one.measure in measures]
    cells = [(one, kept.get(one) or _cell(one, measures[one.measure])) for one in read]
    language = get_language()
    with _lock:
        _kept.update({(one, slug, language): cell for one, cell in cells})
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return cells


def _cell(one: Placed, measure: Measure) -> HeatCell:
    says = charts.short_words(measure)
    return HeatCell(
        ref=measure.ref,
        url=measure.get_absolute_url(),
        words=_words(one.project, measure, says),
        spark=charts.spark(measure, says=says),
        is_open=False,
    )


def _words(project: str, measure: Measure, says: str) -> str:
    """No child harmed: adverse drug events, 11 points below the median."""
    said = {"project": project, "measure": measure, "says": says}
    return (_("%(project)s: %(measure)s, %(says)s") if project else _("%(measure)s, %(says)s")) % said
