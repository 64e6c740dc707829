"""What a mail reader would make a link of, taken apart: a name in a letter leads nowhere."""

import re

SCHEME = re.compile(r"(?<=\w):(?=//)")
DOT = re.compile(r"(?<=\w)([.․。．｡])(?=[^\W\d_])")
"""Between the words of a host's name, also as an East Asian keyboard types it. A decimal point stays."""


def without_links(text: str, *, site: str = "", reader: str = "") -> str:
    """The text with a space in every address, but for one of this site at a line's end, and for the reader's own.

    >>> without_links("Dr. evil.com invites you. See http://evil.example/x or 1.5")
    'Dr. evil. com invites you. See http: //evil. example/x or 1.5'
    >>> without_links("To a.b@c.org at evil.org:\\nhttps://p2.org/x.y", site="https://p2.org", reader="a.b@c.org")
    'To a.b@c.org at evil. org:\\nhttps://p2.org/x.y'
    """
    own = re.compile(rf"{re.escape(site)}/\S*$") if site else None
    return "\n".join(_line(line, own, reader) for line in text.split("\n"))


def _line(line: str, own: re.Pattern[str] | None, reader: str) -> str:
    found = own.search(line) if own else None
    words, address = (line[: found.start()], found[0]) if found else (line, "")
    parts = words.split(reader) if reader else [words]
    return reader.join(_apart(part) for part in parts) + address


def _apart(words: str) -> str:
    return DOT.sub(r"\1 ", SCHEME.sub(": ", words))
