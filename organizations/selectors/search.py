"""Organizations by words of their names; and how every app searches its folded columns."""

import re
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from organizations.models import Organization, User, standing_of
from p2.spanning.rows import Hit

FORGIVEN = range(4, 25)
"""Letters of a word in which a typo is forgiven: shorter ones would be any word."""

WHOLE_BELOW = 6
"""Letters below which a mistyped word must be a whole one, and not the beginning of a longer one."""


def find(user: User, words: tuple[str, ...], limit: int, *, is_forgiving: bool = False) -> list[Hit]:
    """Organizations the person may see, whose names hold every word; the person's own first. One query."""
    found = matching(
        Organization.objects.visible_to(user), words, own=("folded",), is_forgiving=is_forgiving
    ).select_related("collaborative")
    return [
        Hit("organization", str(organization), _detail(organization), organization.get_absolute_url())
        for organization in own_first(found, user, "pk")[:limit]
    ]


def matching(
    rows: Any,
    words: tuple[str, ...],
    *,
    own: tuple[str, ...],
    around: tuple[str, ...] = (),
    is_forgiving: bool = False,
) -> Any:
    """Rows that hold every folded word in the columns `own` or `around`, and at least one of them in `own`.

    `is_forgiving` takes a word of some length with one letter wrong, missing, too many, or two of them swapped.
    """
    for word in words:
        rows = rows.filter(_holds((*own, *around), word, is_forgiving=is_forgiving))
    if not words:
        return rows.none()
    return rows.filter(reduce(or_, (_holds(own, word, is_forgiving=is_forgiving) for word in words)))


def own_first(rows: Any, user: User, organization: str) -> Any:
    """The same rows, those of the person's own organizations before all others."""
    is_own = When(**{f"{organization}__in": standing_of(user).organizations}, then=Value(0))
    return rows.order_by(Case(is_own, default=Value(1), output_field=IntegerField()), "name", "pk")


def _holds(columns: tuple[str, ...], word: str, *, is_forgiving: bool) -> Q:
    by = {"regex": nearly(word)} if is_forgiving and len(word) in FORGIVEN else {"contains": word}
    return reduce(or_, (Q(**{f"{column}__{how}": what}) for column in columns for how, what in by.items()))


def nearly(word: str) -> str:
    r"""The pattern, as PostgreSQL reads it, of words that begin like this one but for one typo.

    >>> nearly("fall")
    '\\m(fall|.all|f.ll|fa.l|fal.|.fall|f.all|fa.ll|fal.l|all|fll|fal|afll|flal)\\M'
    """
    letters = [re.escape(letter) for letter in word]
    places = range(len(letters))
    wrong = [[*letters[:at], ".", *letters[at + 1 :]] for at in places]
    missing = [[*letters[:at], ".", *letters[at:]] for at in places]
    too_many = [[*letters[:at], *letters[at + 1 :]] for at in places]
    swapped = [[*letters[:at], letters[at + 1], letters[at], *letters[at + 2 :]] for at in places[:-1]]
    forms = dict.fromkeys("".join(form) for form in (letters, *wrong, *missing, *too_many, *swapped))
    end = r"\M" if len(letters) < WHOLE_BELOW else ""
    return rf"\m({'|'.join(forms)}){end}"


def _detail(organization: Organization) -> str:
    return ", ".join(
        part for part in (organization.get_kind_display(), organization.region, organization.country) if part
    )
