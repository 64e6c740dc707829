"""Days to an aim, in words."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Countdown:
    """A figure and the words after it; `words` stand alone where there is no figure."""

    figure: str
    words: str

    def __str__(self) -> str:
        return f"{self.figure} {self.words}".strip()


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
        return Countdown("", "ends today")
    unit = "day" if abs(days) == 1 else "days"
    return Countdown(str(days), f"{unit} left") if days > 0 else Countdown("", f"ended {-days} {unit} ago")
