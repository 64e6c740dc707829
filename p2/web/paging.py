"""A list cut into pages: which one the address asks for, and which rows stand on it."""

from dataclasses import dataclass
from typing import Self

MOST_DIGITS = 5
"""Of the page in an address; anything longer asks for the first."""


def asked_page(text: str) -> int:
    """The page that an address names, counted from 1.

    >>> asked_page("3"), asked_page("0"), asked_page("three"), asked_page("9999999")
    (3, 1, 1, 1)
    """
    return max(int(text), 1) if text.isdecimal() and len(text) <= MOST_DIGITS else 1


@dataclass(frozen=True, slots=True)
class PageOf:
    """A page of a list.

    >>> PageOf.cut(120, asked=9, size=50)
    PageOf(number=3, last=3, size=50, rows=120)
    """

    number: int  # from 1
    last: int
    size: int
    rows: int  # of all pages

    @classmethod
    def cut(cls, rows: int, *, asked: int, size: int) -> Self:
        """The page that was asked for: one past the last is the last, 0 is a page that has everything."""
        size = size if asked else max(rows, 1)
        last = max(1, -(-rows // size))
        return cls(min(max(asked, 1), last), last, size, rows)

    @property
    def start(self) -> int:
        """The place of its first row in the list, counted from 0."""
        return (self.number - 1) * self.size

    @property
    def end(self) -> int:
        """The place after its last row."""
        return min(self.start + self.size, self.rows)

    @property
    def first_row(self) -> int:
        """Counted from 1, as people count."""
        return self.start + 1

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.last else None
