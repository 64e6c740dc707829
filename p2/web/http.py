"""Small answers that every app's views give."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.text import slugify

View = Callable[..., HttpResponse]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The wide signs are what an East Asian keyboard types; some spreadsheets run those too."""
HOUSEHOLD = 64
"""Bits of an IPv6 address that name a network: whoever has one address has all of them."""

PLAIN_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?%?")


def wants_fragment(request: HttpRequest) -> bool:
    """True when htmx or a script of ours asks: answer with the fragment, or the sentence, alone."""
    return bool(getattr(request, "htmx", False)) or request.headers.get("X-Requested-With") == "fetch"


def network_of(request: HttpRequest) -> str:
    """The network that a request comes from: its IPv4 address, or the /64 of its IPv6 address.

    Behind proxies it is what the outermost of them saw. Each adds the address it was asked from at the end of
    `X-Forwarded-For`; what stands before these is the visitor's own word and is not believed.
    """
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    direct = request.META.get("REMOTE_ADDR", "")
    given = seen[-settings.PROXIES] if 0 < settings.PROXIES <= len(seen) else direct
    return _network(given) or _network(direct)


def _network(given: str) -> str:
    """Empty for what is no address. Some proxies add the port: `192.0.2.7:4711`, `[2001:db8::1]:4711`."""
    bare = re.sub(r"^\[(.*)\](:\d+)?$|^([^:]*):\d+$", r"\1\3", given.strip())
    try:
        address = ip_address(bare)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or IPv6Network((address, HOUSEHOLD), strict=False).network_address)
    return str(address)


def csv_answer(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A table as a CSV download. Text that a spreadsheet would run as a formula is made harmless."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name) or "table"}.csv"'
    answer.write("\ufeff")  # so that Excel reads UTF-8
    writer = csv.writer(answer, quoting=csv.QUOTE_ALL)  # a semicolon in a cell must not end it anywhere
    writer.writerows([_harmless(cell) for cell in row] for row in (heads, *rows))
    return answer


def unharmed(cell: str) -> str:
    """The text as it was before `csv_answer` made it harmless.

    >>> unharmed("'=1+1"), unharmed("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell


def in_english(view: View) -> View:
    """A table to take away has English words in every language: what reads it finds the same ones."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override("en"):
            answered = view(*args, **kwargs)
        answered["Content-Language"] = "en"
        return answered

    return answer


def _harmless(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) and not PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return "" if cell is None else cell
