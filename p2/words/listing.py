"""Independent facts in a row, joined as the language joins them: a translator owns the commas too."""

from collections.abc import Callable, Iterable
from functools import reduce

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext


def placed(pattern: str, **places: object) -> str:
    """The places of a translated pattern filled; where one of them is markup, the others are escaped."""
    if not any(isinstance(value, SafeString) for value in places.values()):
        return pattern % places
    escaped = {
        name: value if isinstance(value, SafeString) else escape(str(value)) for name, value in places.items()
    }
    return mark_safe(pattern % escaped)  # noqa: S308 -- each place is markup or escaped


def listed(facts: Iterable[object]) -> str:
    """A list: "Chemotherapy, Ohio, 240 beds". What is empty is left out."""
    return _joined(lambda: pgettext("a list with commas", "%(first)s, %(next)s"), facts)


def apart(facts: Iterable[object]) -> str:
    """Facts that may hold commas themselves: "10 May to 12 June; 4 organizations"."""
    return _joined(lambda: pgettext("a list with semicolons", "%(first)s; %(next)s"), facts)


def stopped(facts: Iterable[object]) -> str:
    """Facts of which each could be a sentence: "Wait, weeks. Lower is better; goal 8"."""
    return _joined(lambda: pgettext("a list with full stops", "%(first)s. %(next)s"), facts)


def told(name: object, words: object) -> str:
    """Of what something is said: "Falls: 11 points below the median"."""
    return placed(pgettext("a name and what is said of it", "%(name)s: %(words)s"), name=name, words=words)


def sentences(*said: object) -> str:
    """Whole sentences one after the other; what is empty is left out."""
    return _joined(lambda: pgettext("two sentences", "%(first)s %(next)s"), said)


def any_of(names: Iterable[object]) -> str:
    """Whoever of several: "Alma", "Alma or Bo", "Alma, Bo or Cy"."""
    return _with_last(lambda: pgettext("the last of several", "%(others)s or %(last)s"), names)


def all_of(names: Iterable[object]) -> str:
    """Each of several: "Alma", "Alma and Bo", "Alma, Bo and Cy"."""
    return _with_last(lambda: pgettext("the last of all", "%(others)s and %(last)s"), names)


def _with_last(pattern: Callable[[], str], names: Iterable[object]) -> str:
    given = [name for name in names if name]
    if len(given) < 2:
        return listed(given)
    return placed(pattern(), others=listed(given[:-1]), last=given[-1])


def _joined(pattern: Callable[[], str], facts: Iterable[object]) -> str:
    """The pattern is asked for where there is something to join: most lists on a chart hold one fact."""
    given = [fact if isinstance(fact, str) else str(fact) for fact in facts if fact]
    if len(given) < 2:
        return given[0] if given else ""
    joining = pattern()
    return reduce(lambda first, other: placed(joining, first=first, next=other), given)
