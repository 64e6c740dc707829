"""How values become words and shapes on a page. Built into every template (`builtins` in settings)."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from p2.look.icons import ICONS, MARK_WORDS, MARKS
from p2.words import days, listing, wording
from p2.words.days import Pattern
from p2.words.plurals import Forms
from p2.words.wording import figure, middle_figure

register = template.Library()

STATE_WORDS = {
    "saved": _("saved"),
    "two-entries": _("two entries"),
    "changed": _("changed meanwhile"),
    "outside-limits": _("outside limits"),
    "not-saved": _("not saved"),
    "due": _("due"),
    "no-number": _("no number"),
    "current": _("current"),
    "no-data": _("no data"),
}
"""What the strip says of a measure's month."""


@register.simple_tag
def icon(name: str, word: str = "") -> SafeString:
    """An icon of 16 px. With `word` it speaks; without, the words beside it do."""
    shape = mark_safe(ICONS[name])  # noqa: S308 (our own table)
    if word:
        return format_html(
            '<svg class="icon" viewBox="0 0 16 16" role="img" aria-label="{}">{}</svg>', word, shape
        )
    return format_html('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', shape)


@register.simple_tag
def mark(kind: object, size: str = "", *, silent: bool = False) -> SafeString:
    """A mark of the chart grammar, by its name or anything with `.css` naming it.

    `size` is "" (12 px, the grammar), "m" (15, lists) or "l" (22, headlines). `silent`: its word follows.
    """
    name = mark_kind(kind)
    css = f"mark mark-{name} mark-{size}" if size else f"mark mark-{name}"
    word = "" if silent else str(MARK_WORDS[name])
    return format_html(
        '<svg class="{}" viewBox="0 0 12 12" {}>{}</svg>', css, spoken(word), drawn(MARKS[name])
    )


def spoken(word: str) -> SafeString:
    return format_html('role="img" aria-label="{}"', word) if word else mark_safe('aria-hidden="true"')


def drawn(shape: str) -> SafeString:
    return mark_safe(shape)  # noqa: S308 (from our own table, never from a person)


@register.filter
def mark_kind(kind: object) -> str:
    """The class name of a mark: "common" for common cause."""
    return str(getattr(kind, "css", kind))


@register.filter
def mark_word(kind: object) -> str:
    return str(MARK_WORDS[mark_kind(kind)])


@register.filter
def number(value: Decimal | float | str | None, decimals: int = 0) -> str:
    """Fixed decimals and thousands separators: 1204.5 is "1,204.50" with 2. Nothing for nothing."""
    if value is None or value == "":
        return ""
    return figure(value, int(decimals))


@register.filter
def percent(value: object) -> str:
    """A number with its sign: 31 is "31%"."""
    return wording.percent(str(localize(value)))


@register.filter
def middle(value: float | None, decimals: int = 0) -> str:
    """A median: a half is shown with one decimal more."""
    return "" if value is None else middle_figure(value, int(decimals))


def written(value: date | None, pattern: Promise) -> str:
    if not value:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return days.written(value, pattern)


@register.filter
def day(value: date | None) -> str:
    """20 February 2004."""
    return written(value, Pattern.DAY)


@register.filter
def weekday(value: date | None) -> str:
    """Friday 20 February 2004."""
    return written(value, Pattern.WEEKDAY)


@register.filter
def short_day(value: date | None) -> str:
    """20 Feb, for tables."""
    return written(value, Pattern.SHORT_IN_YEAR)


@register.filter
def short_date(value: date | None) -> str:
    """20 Feb 2004, for tables of several years."""
    return written(value, Pattern.SHORT)


@register.filter
def day_in_year(value: date | None) -> str:
    """20 February, where the year is told beside it."""
    return written(value, Pattern.IN_YEAR)


@register.filter
def month(value: date | None) -> str:
    """January 2004."""
    return written(value, Pattern.MONTH)


@register.filter
def short_month(value: date | None) -> str:
    """Jan 2004."""
    return written(value, Pattern.SHORT_MONTH)


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """20 Jan 2004, 16:05 EST: an instant in the reader's zone, the zone named."""
    if not value:
        return ""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), days.written(local, Pattern.MOMENT)
    )


@register.filter
def breakable(address: str) -> SafeString:
    """An address of a letter that breaks after its "@" and its dots before it breaks in a word."""
    parts = re.split(r"(?<=[@.])", address)
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


@register.filter
def links(rows: Iterable[tuple[str, str]]) -> str:
    """Words and addresses as links with commas between them: one place of a sentence."""
    return listing.listed(format_html('<a class="link" href="{}">{}</a>', url, words) for words, url in rows)


@register.simple_tag
def listed(*facts: object) -> str:
    """`{% listed row.area row.unit %}`: facts with commas; what is empty is left out."""
    return listing.listed(facts)


@register.simple_tag
def apart(*facts: object) -> str:
    """`{% apart dates organizations %}`: facts with semicolons."""
    return listing.apart(facts)


@register.simple_tag
def stopped(*facts: object) -> str:
    """`{% stopped named facts %}`: facts with full stops between them."""
    return listing.stopped(facts)


@register.filter
def strong(words: object) -> SafeString | str:
    """What stands out in a list of facts; nothing for nothing."""
    return format_html("<strong>{}</strong>", words) if words else ""


@register.simple_tag
def told(name: object, words: object) -> str:
    """`{% told row.name row.words %}`: a name and what is said of it."""
    return listing.told(name, words)


@register.filter
def commas(facts: Iterable[object]) -> str:
    """A whole list with commas."""
    return listing.listed(facts)


@register.filter
def any_of(names: Iterable[object]) -> str:
    """Whoever of several: "Alma, Bo or Cy"."""
    return listing.any_of(names)


@register.simple_tag
def counting(forms: Forms, by: str, **counts: int) -> SafeString:
    """A sentence in the form that the count called `by` takes; a script can put new counts into it."""
    said = format_html(forms.of(counts[by]), **counts)
    return format_html('<span data-forms="{}" data-by="{}">{}</span>', forms.as_json(), by, said)


@register.simple_tag(takes_context=True)
def active(context: Context, here: Any) -> SafeString | str:
    """`aria-current="page"` when `here` is true, or is the path of this page."""
    if isinstance(here, str):
        request = context.get("request")
        here = request is not None and request.path == here
    return mark_safe('aria-current="page"') if here else ""


@register.simple_block_tag(end_name="endscroll")
def scroll(content: str, label: str) -> SafeString:
    """`{% scroll "Points" %}<table …>{% endscroll %}`: a table wider than its section scrolls inside it."""
    return format_html(
        '<div class="scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, content
    )


@register.filter
def banner_parts(text: str) -> tuple[str, str]:
    """The first sentence of a data banner, set bold, and the rest."""
    first, stop, rest = text.partition(". ")
    return (first, rest) if stop else ("", text)


@register.filter
def state_words(state: object) -> str:
    """A state of the strip in words: "two-entries" as "two entries"."""
    return str(STATE_WORDS[str(state)])


@register.filter
def month_bars(shares: Iterable[float | None]) -> SafeString:
    """The bars of a completeness row: 6 px wide, 8 px apart, filled from below of 16 px; hollow where none is there."""
    return mark_safe("".join(_bar(8 * place, share) for place, share in enumerate(shares)))  # noqa: S308 -- numbers


def _bar(x: int, share: float | None) -> str:
    """One bar, `x` px from the left."""
    if not share:
        return f'<rect class="none" x="{x}.5" y="0.5" width="5" height="15" rx="1"/>'
    height = round(16 * float(share), 1)
    return (
        f'<rect class="track" x="{x}" width="6" height="16" rx="1"/>'
        f'<rect class="full" x="{x}" y="{round(16 - height, 1)}" width="6" height="{height}" rx="1"/>'
    )
