"""What a request says of itself, looked at before a thread is taken: how long it is, and whether it can be read.

Reading some heads takes Python and Django minutes: the time for the parameters of a `Content-Type`, of an `Accept` and
of the parts of a form grows with the square of their length, and so does that for a cookie before Python 3.11.10.
"""

import mmap
import re
from io import BytesIO
from typing import IO

from django.utils.translation import gettext_lazy as _
from granian.rsgi import Scope

from p2.front.refusals import RefusedError

Heads = list[tuple[str, str]]

LONGEST = 16_384
"""Characters of the address and all headers together."""

LONGEST_KIND = 1_000
"""Characters of a header that says which kind of content is sent or wanted."""

KINDS = ("content-type", "accept")
NAMED_BY_A_STAR = re.compile(r";[^,=]*\*")
"""A parameter in the way of RFC 2231 (`name*=`), which no browser sends of a kind, and whose faults Django raises."""

BELIEVED = {
    "authorization", "content-length", "content-type", "cookie", "host", "origin",
    "x-forwarded-for", "x-forwarded-proto",
}  # fmt: skip
"""Headers by which it is decided who asks for what; Granian hands on none with a letter outside ASCII."""

FORM = re.compile(r"multipart/form-data;\s*boundary=(\"?)([0-9a-z'()+_,./:=?-]{1,70})\1", re.IGNORECASE)
LONGEST_OF_PART, MOST_OF_PART = 1_024, 10
"""Bytes of the head of a part that Django reads, and parameters that one may have."""

MOST_PARTS = 2_000
"""Parts of a form: of the smallest, the largest body holds enough to keep Django busy for fourteen seconds."""


class UnreadableError(RefusedError):
    """A kind of content that the site does not read."""

    def __init__(self, *, is_unread: bool) -> None:
        super().__init__(400, _("This kind of content cannot be read."), is_unread=is_unread)


def heads_of(scope: Scope) -> Heads:
    """The headers of a request that can be read in no time. Raises RefusedError."""
    heads = scope.headers.items()
    said = {name for name, _value in heads}
    if lost := sorted(BELIEVED.intersection(scope.headers.keys()) - said):
        raise RefusedError(
            400,
            _("A header has letters that no header may have: %(name)s.") % {"name": lost[0]},
            is_unread=True,
        )
    size = len(scope.path) + len(scope.query_string) + sum(len(name) + len(value) for name, value in heads)
    if size > LONGEST:
        raise RefusedError(431, _("The address and the headers are too long."), is_unread=True)
    kinds = [value for name, value in heads if name in KINDS]
    if any(len(kind) > LONGEST_KIND or NAMED_BY_A_STAR.search(kind) for kind in kinds):
        raise UnreadableError(is_unread=True)
    if sum(name == "content-type" for name, _value in heads) > 1:
        raise UnreadableError(is_unread=True)
    return heads


def ensure_plain_parts(heads: Heads, body: IO[bytes]) -> None:
    """That a form has no more parts, and no part a head, than can be read in no time. Raises RefusedError."""
    kind = dict(heads).get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        return
    form = FORM.fullmatch(kind.strip())
    if form is None:
        raise UnreadableError(is_unread=False)
    mark = b"--" + form[2].encode()
    content = (
        body.getvalue() if isinstance(body, BytesIO) else mmap.mmap(body.fileno(), 0, access=mmap.ACCESS_READ)
    )
    begins = 0
    for _part in range(MOST_PARTS):
        at = content.find(mark, begins)
        if at < 0:
            return
        begins = at + len(mark)
        head = content[begins : begins + LONGEST_OF_PART].partition(b"\r\n\r\n")[0]
        if head.count(b";") > MOST_OF_PART:
            raise UnreadableError(is_unread=False)
    raise UnreadableError(is_unread=False)
