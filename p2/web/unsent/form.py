"""The form itself: whose it is, where it goes, what was typed; how a page carries it, and how much of it."""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.http import url_has_allowed_host_and_scheme

from p2.web.unsent.shown import says_something
from p2.web.unsent.typist import TOKEN, Typist

CARRIER = "unsent"
"""The field of the sign-in page that carries the form."""

LONGEST = 150_000
"""Bytes of a carried form, packed and escaped. A page holds it twice at most, to read and to send: 300 kB."""

LONGEST_SENT = 4 * LONGEST
"""Bytes of a request whose form could still be carried: `%C3%A5` is sent for the two bytes of one letter."""

MOST_FIELDS = 1_000

LASTS = timedelta(hours=12)
"""How long a sign-in page keeps a form: a shift. Who comes back later finds out first what was saved meanwhile."""

NOT_CARRIED = (TOKEN, "password", CARRIER)
"""What a field's name may not hold, in small letters or large: a password is typed anew."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """What a person typed into a form, where the form goes, and the page that it stands on."""

    person: int
    address: str
    back: str
    fields: tuple[tuple[str, str], ...]

    @property
    def packed(self) -> str:
        """Signed, so that only what this site was sent is carried, and for whom stays written in it."""
        return _signer().sign(self._text)

    @property
    def is_carried(self) -> bool:
        """Whether a page can hold it, has something to show of it, and both addresses are of this site."""
        is_whole = not any(
            map(_is_broken, (self.address, self.back, *(part for row in self.fields for part in row)))
        )
        return (
            is_whole
            and 0 < len(self.fields) <= MOST_FIELDS
            and any(says_something(name, value) for name, value in self.fields)
            and is_here(self.address)
            and is_here(self.back)
            and len(escape(self._text).encode()) <= LONGEST
        )

    @property
    def _text(self) -> str:
        return json.dumps([self.person, self.address, self.back, self.fields], ensure_ascii=False)


def is_short(request: HttpRequest) -> bool:
    """Whether a form of this request could be carried at all, before it is read."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return said.isdecimal() and len(said) < 10 and int(said) <= LONGEST_SENT


def typed(request: HttpRequest, typist: Typist, *, back: str) -> Unsent | None:
    """The form of this request, if this person opened it; none with a file: no page can hold that."""
    if not is_short(request) or request.FILES or not typist.opened(request.POST.get(TOKEN, "")):
        return None
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name.casefold() for word in NOT_CARRIED)
    )
    form = Unsent(typist.person, request.get_full_path(), back, fields)
    return form if form.is_carried else None


def carried(request: HttpRequest) -> Unsent | None:
    """The form that the sign-in page carried here; none where this site did not pack it, or too long ago."""
    given = request.POST.get(CARRIER, "") if is_short(request) else ""
    if not given or len(given) > LONGEST + 100:  # with its signature
        return None
    try:
        person, address, back, fields = json.loads(_signer().unsign(given, max_age=LASTS))
    except BadSignature:
        return None
    form = Unsent(person, address, back, tuple((name, value) for name, value in fields))
    return form if form.is_carried else None


def is_here(address: str) -> bool:
    """Whether this is an address of this site, without its host."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, None)


def _is_broken(text: str) -> bool:
    """Half a character, which no page can be written with, or the one that the database cannot keep."""
    return "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text)


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="p2.web.unsent.form")
