"""Days to an aim, in words."""

from dataclasses import dataclass
from datetime import date

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Countdown:
    """A sentence, and the days left that stand in it where the aim is ahead."""

    words: str
    days: int | None = None

    def __str__(self) -> str:
        return self.words if self.days is None else self.words % {"count": self.days}

    @property
    def html(self) -> SafeString:
        """The same with the number set bold."""
        if self.days is None:
            return conditional_escape(self.words)
        return mark_safe(  # noqa: S308 (the words are escaped, the number is ours)
            conditional_escape(self.words).replace("%(count)d", f"<b>{self.days}</b>")
        )


def countdown(aim_on: date, today: date) -> Countdown:
    """How far the aim date is from `today`.

    >>> str(countdown(date(2004, 12, 31), today=date(2004, 2, 12)))
    '323 days left'
    >>> str(countdown(date(2004, 2, 12), today=date(2004, 2, 12)))
    'ends today'
    >>> str(countdown(date(2004, 2, 11), today=date(2004, 2, 12)))
    'ended 1 day ago'
    """
    days = (aim_on - today).days
    if days == 0:
        return Countdown(_("ends today"))
    if days < 0:
        return Countdown(
            ngettext("ended %(count)d day ago", "ended %(count)d days ago", -days) % {"count": -days}
        )
    return Countdown(ngettext("%(count)d day left", "%(count)d days left", days), days)
