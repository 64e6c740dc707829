"""What no page of ours sends: values, look-ups, bodies and heads that nobody thought of."""

from random import Random

OFTEN = 0.7

VALUES = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "0",
    "-1",
    "1",
    "1.5",
    "1e400",
    "-0",
    "NaN",
    "Infinity",
    "9" * 19,
    "9" * 400,
    "9" * 5000,
    "١٢٣",
    "1,2",
    "1/0",
    "true",
    "None",
    "null",
    "x" * 300,
    "x" * 20_000,
    "\u202eabc\ufeff",
    "😀" * 200,
    "é\u0301" * 40,
    "\n",
    "\n\r\t\x0b\x7f",
    "%",
    "%s%(x)s{y}{0}",
    "{{ 7|add }}{% x %}",
    "' OR 1=1 --",
    "=1+1",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "(",
    "[" * 200,
    "[[[]]]",
    '{"a": {"b": [1, {"c": null}]}}',
    '[["a", "b", "c"]]',
    "[[1, null, {}]]",
    '{"x": []}',
    "2004-02-30",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2004-13",
    "2004-W60",
    "2004-Q9",
    "31/12/1999 25:61",
    "1900-01-01T00:00:00+99:99",
    "Mars/Phobos",
    "tlh",
    "en-" + "x" * 600,
    "222222222222",
    "made-up",
)
"""As text; a look or a form holds each of them in any field."""

NUMBERS = ("0", "1", "2", "-1", "1.5", "1e400", "NaN", "32768", "9" * 10, "9" * 19, "9" * 400, "١")
DAYS = (
    "2004-02-30",
    "0000-00-00",
    "0001-01-01",
    "1000-01-01",
    "9999-12-31",
    "10000-01-01",
    "2004-13",
    "2004-W60",
)

LOOK_UPS = (
    ("{}__regex", "("),
    ("{}__name__regex", "("),
    ("{}__contains", "a"),
    ("{}__in", "1,x"),
    ("{}__pk__in", ",,"),
    ("{}__isnull", "x"),
    ("{}__range", "1"),
    ("{}__gt__year", "99999"),
    ("{}__date", "0000-00-00"),
    ("{}__nonsense", "1"),
    ("{}__id__exact", "9" * 30),
    ("{}__exact", "\x01"),
    ("{}__user__password__startswith", "a"),
    ("{}[]", "1"),
    ("{}.x", "1"),
)
"""What a name of a look may become, with what is hard on it."""

KINDS = (
    "application/json",
    "application/json; charset=utf-8",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "b" * 300,
    "multipart/form-data; boundary=é",
    "text/plain",
    "text/xml",
    "application/octet-stream",
    "",
    "nonsense",
    "a/b; charset=\x7f",
)
"""Kinds of bodies."""

HEADS: tuple[dict[str, str], ...] = (
    {},
    {},
    {"x-requested-with": "fetch"},
    {"hx-request": "true", "hx-current-url": "http://[", "hx-target": "%%"},
    {"accept-language": "x" * 600 + ";q=9, *;q=, sv;q=0.x"},
    {"accept": "application/xml;q=2, */*;q=x"},
    {"referer": "http://testserver:99999/[", "origin": "null"},
    {"if-none-match": '"', "if-modified-since": "yesterday", "range": "bytes=9-1"},
)


def value(chance: Random, instead_of: str = "") -> str:
    """Any; in place of a number or a day rather another one."""
    if instead_of[:1].isdigit() and chance.random() < OFTEN:
        return chance.choice(DAYS if "-" in instead_of else NUMBERS)
    return chance.choice(VALUES)


def body(chance: Random) -> bytes:
    """Bytes that may or may not be what their kind says."""
    return chance.choice(
        (
            b"",
            b"\x00\xff\xfe",
            b"{",
            b"null",
            b'"text"',
            b"[1, 2, 3]",
            b"[" * 3000,
            b'{"a":' * 3000 + b"1" + b"}" * 3000,
            b'{"a": 1e999, "a": "\\ud800"}',
            b"a=%zz&=&&b=%ff%00&" + b"c=1&" * 50,
            b"--b\r\nContent-Disposition: form-data; name=file; filename=x\r\n\r\n\x00\r\n--b--",
            b"--\r\nContent-Disposition: form-data\r\n\r\n",
        )
    )
