"""What a pasted block leaves open, asked before it is saved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.exchange.headings.slashed import both_days
from measures.exchange.pieces import Asked, Laid
from measures.sentences.periods import label as period_label
from measures.services.entry.pastes import REASONS, Paste, Proposed
from p2.words.days import Pattern, written
from p2.words.listing import listed

MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class PasteAnswer:
    """One answer to a question."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PasteQuestion:
    """What the block leaves open, with its answers, the safe one first."""

    name: str
    words: str
    choices: tuple[PasteAnswer, ...]


def answers(given: Mapping[str, str]) -> str:
    """What a person answered of how the block lies, as `shown` has what the page showed."""
    return " ".join(given.get(name) or "none" for name in ("way", "first", "onto", "year", "order"))


def shown(paste: Paste) -> str:
    """The answers that the page shows, but for the reason."""
    laid = paste.laid
    if laid is None:
        return ""
    chosen = {one.name: next((c.value for c in one.choices if c.is_chosen), "") for one in questions(paste)}
    if not laid.is_decided:
        chosen["way"] = "" if laid.asks == Asked.WAY else "down" if laid.is_down else "across"
    if not laid.has_dates and laid.first:
        chosen["first"] = f"{laid.first}"
    return answers(chosen)


def questions(paste: Paste) -> Iterator[PasteQuestion]:
    """What the block leaves open: which measures, which order of day and month, which reason."""
    laid = paste.laid
    if laid and laid.onto:
        yield _onto(laid, [str(paste.measures[at]) for at in laid.onto], is_spread=paste.is_spread)
    if laid and laid.yearless:
        yield _year(laid, paste.place.frequency)
    if laid and laid.doubtful_day:
        yield _order(laid.doubtful_day, paste.is_month_first)
    if missing := [cell for cell in paste.cells.values() if cell.is_missing]:
        yield _reason(missing, paste.reason)


def _onto(laid: Laid, names: list[str], *, is_spread: bool) -> PasteQuestion:
    is_open = laid.keeps_first and bool(laid.strange)
    choices = [PasteAnswer("out", _("left out"), not laid.lays_first and not is_spread)] if is_open else []
    safe = _("left out")
    if laid.keeps_first:
        words = _("laid on %(measures)s") if len(names) == 1 else _("only the first, on %(measures)s")
        safe = words % {"measures": names[0]}
    choices.append(PasteAnswer("first", safe, (laid.lays_first or not is_open) and not is_spread))
    if len(names) > 1 or not laid.keeps_first:
        words = _("laid on %(measures)s") % {"measures": _listed(names)}
        choices.append(PasteAnswer("all", words, is_spread))
    return PasteQuestion("onto", _nameless(laid), tuple(choices))


def _nameless(laid: Laid) -> str:
    """What is asked of rows or columns that bear no measure's name: by their heads, else by how many they are."""
    if laid.strange:
        return _strange(laid.strange)
    if laid.is_down:
        asked = ngettext(
            "%(count)s column has no measure’s name",
            "%(count)s columns have no measure’s name",
            laid.nameless,
        )
    else:
        asked = ngettext(
            "%(count)s row has no measure’s name", "%(count)s rows have no measure’s name", laid.nameless
        )
    return asked % {"count": laid.nameless}


def _strange(heads: Sequence[str]) -> str:
    """That these heads are a name, and no measure's."""
    words = ngettext(
        "“%(head)s” and %(others)d more name no measure of this sheet",
        "“%(head)s” and %(others)d more name no measure of this sheet",
        len(heads) - 1,
    )
    words = words if len(heads) > 1 else _("“%(head)s” names no measure of this sheet")
    return words % {"head": heads[0][:40], "others": len(heads) - 1}


def _listed(names: list[str]) -> str:
    """Names in a sentence, the first few of them."""
    if len(names) == 1:
        return names[0]
    if len(names) > MOST_NAMED:
        more = len(names) - MOST_NAMED
        words = ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", more)
        return words % {"names": listed(names[:MOST_NAMED]), "count": more}
    return _("%(names)s and %(last)s") % {"names": listed(names[:-1]), "last": names[-1]}


def _year(laid: Laid, frequency: str) -> PasteQuestion:
    choices = [
        PasteAnswer(f"{year}", _span(first, last, frequency), year == laid.year)
        for year, first, last in laid.years
    ]
    if laid.year is None:
        choices[0] = replace(choices[0], words=_("%(periods)s, as proposed") % {"periods": choices[0].words})
        choices.insert(0, PasteAnswer("", _("Choose …"), is_chosen=True))
    return PasteQuestion("year", _yearless(laid.yearless), tuple(choices))


def _yearless(labels: Sequence[str]) -> str:
    """That these labels name no year."""
    words = ngettext(
        "“%(label)s” and %(others)d more name no year",
        "“%(label)s” and %(others)d more name no year",
        len(labels) - 1,
    )
    words = words if len(labels) > 1 else _("“%(label)s” names no year")
    return words % {"label": labels[0][:40], "others": len(labels) - 1}


def _span(first: date, last: date, frequency: str) -> str:
    """The first and the last period of a run."""
    ends = [period_label(one, frequency, long=True) for one in (first, last)]
    return ends[0] if first == last else _("%(first)s to %(last)s") % {"first": ends[0], "last": ends[1]}


def _order(label: str, is_month_first: bool | None) -> PasteQuestion:
    month_first, day_first = (written(day, Pattern.DAY) for day in both_days(label))
    choices = [
        PasteAnswer("month", _("%(day)s, month first") % {"day": month_first}, is_month_first is True),
        PasteAnswer("day", _("%(day)s, day first") % {"day": day_first}, is_month_first is False),
    ]
    if is_month_first is None:
        choices.insert(0, PasteAnswer("", _("Choose …"), is_chosen=True))
    return PasteQuestion("order", _("“%(label)s” is") % {"label": label[:40]}, tuple(choices))


def _reason(missing: list[Proposed], chosen: str) -> PasteQuestion:
    asked = ngettext(
        "%(count)s cell has no number (“%(words)s”)",
        "%(count)s cells have no number (“%(words)s” …)",
        len(missing),
    )
    choices = [PasteAnswer("", _("left out"), not chosen)]
    for reason in REASONS:
        words = _("no data: %(reason)s") % {"reason": reason.label}
        choices.append(PasteAnswer(reason.value, words, reason == chosen))
    return PasteQuestion(
        "reason", asked % {"count": len(missing), "words": missing[0].words[:14]}, tuple(choices)
    )
