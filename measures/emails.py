"""What measures tell in the weekly digest."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.selectors import news, today
from organizations.models import User
from p2.spanning.rows import Due, News, Section

SIGNALS_AT_MOST = 10


def digest_section(person: User, *, since: datetime, at: datetime) -> list[Section]:
    """What is due from the person and which signals are new to them; nothing where there is neither."""
    sections = [
        (_("Due from you"), [_due_line(row) for row in today.due(person, at)]),
        (
            _("New signals"),
            list(_signal_lines(news.signals(news.concerning(person), person, since=since, at=at))),
        ),
    ]
    return [Section(title, tuple(lines)) for title, lines in sections if lines]


def _due_line(row: Due) -> str:
    return _("%(title)s. %(address)s") % {"title": row.title, "address": f"{settings.SITE_URL}{row.url}"}


def _signal_lines(rows: list[News]) -> Iterable[str]:
    for row in rows[:SIGNALS_AT_MOST]:
        yield _("%(title)s: %(detail)s. %(address)s") % {
            "title": row.title,
            "detail": row.detail,
            "address": f"{settings.SITE_URL}{row.url}",
        }
    if len(rows) > SIGNALS_AT_MOST:
        more = len(rows) - SIGNALS_AT_MOST
        yield ngettext("%(more)d more on Today.", "%(more)d more on Today.", more) % {"more": more}
