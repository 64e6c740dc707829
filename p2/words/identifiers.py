"""Words that look like a patient's identifier: P2 keeps no patient data, and says so before it saves them.

Shapes alone, and where a number carries a check, its check. What is found is shown to who typed it, and kept nowhere.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.text import Truncator
from django.utils.translation import gettext as _

SECURITY: Final = "social security number"
PERSONAL: Final = "personal identity number"
NHS: Final = "NHS number"
RECORD: Final = "record number"
BIRTH: Final = "date of birth"

LONGEST_SHOWN = 60
OLDEST_WORK = 1990
"""A name beside a whole date of an earlier year is a birth; beside a later one it may be a meeting."""

ALIKE = str.maketrans({**dict.fromkeys("‐‑‒–—−", "-"), **dict.fromkeys("\u00a0\u2007\u202f\t\r\n", " ")})
"""Character by character, so that a place in one is the same place in the other."""

ALONE = r"(?<![0-9A-Za-z])(?<![0-9][-./,+])"  # no part of a longer number
ENDS = r"(?![0-9A-Za-z]|[-./,][0-9])"
IS_AMOUNT = re.compile(r" ?[%‰°€$£A-Za-zÀ-ÿ]")
IS_PHONE = re.compile(
    r"(?:\b(?:tel|telephone|phone|call|fax|mobile|cell|pager|dial|ring|telefon|mobil)\b[^0-9]{0,12}|\+[0-9 ]{0,4}|\()$",
    re.IGNORECASE,
)

SECURITY_NUMBER = re.compile(
    rf"{ALONE}(?!000|666|9)[0-9]{{3}}([- ])(?!00)[0-9]{{2}}\1(?!0000)[0-9]{{4}}{ENDS}"
)
SECURITY_NAMED = re.compile(
    r"\b(?:SSN|soc(?:ial)?\.? sec(?:urity)?\.?)(?: (?:no\.?|number|nr\.?))?[ :#]{0,3}"
    rf"(?!000|666|9)[0-9]{{3}}(?!00)[0-9]{{2}}(?!0000)[0-9]{{4}}{ENDS}",
    re.IGNORECASE,
)
PERSONAL_NUMBER = re.compile(rf"{ALONE}((?:19|20)?[0-9]{{6}})([-+]?)([0-9]{{4}}){ENDS}")
NHS_NUMBER = re.compile(rf"{ALONE}[0-9]{{3}}( ?)[0-9]{{3}}\1[0-9]{{4}}{ENDS}")
NHS_NAMED = re.compile(
    rf"\bNHS(?: (?:no\.?|number))?[ :#]{{0,3}}([0-9]{{3}}[- ]?[0-9]{{3}}[- ]?[0-9]{{4}}){ENDS}",
    re.IGNORECASE,
)
RECORD_NAMED = re.compile(
    r"\b(?:MRN?|(?:medical|patient|hospital|health|clinic|unit|chart|case)(?:['’]s)?(?: record)?"
    r"(?: (?:no|nr|number|id)\b\.?|(?= ?#))|(?:record|chart|file|dossier|patient|pat|journal) ?"
    r"(?:no|nr|n°|number|id)\b\.?|(?:medical|health|patient) record|journal(?:nummer|nr)|patient(?:en)?(?:nummer|nr)"
    r"|fall(?:nummer|nr)|dossiernummer)\.?(?: is| var| är)?[ :#=.]{0,4}"
    rf"([A-Z]{{0,3}}-?[0-9](?:[0-9]|[- ](?=[0-9])){{3,14}}){ENDS}",
    re.IGNORECASE,
)
PATIENT_NAMED = re.compile(
    rf"(?<!per )(?<!/)\b(?:patient|pat\.|pt\.?)[ :#]{{1,3}}([A-Z]{{0,3}}[0-9]{{6,12}}){ENDS}", re.IGNORECASE
)

MONTH = r"[^\W\d_]{3,10}\.?"
DAY = (
    r"(?:[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:[0-9]{4}|[0-9]{2})"
    rf"|[0-9]{{1,2}}\.? {MONTH},? [0-9]{{4}}|{MONTH} [0-9]{{1,2}},? [0-9]{{4}}|(?:19|20)[0-9]{{6}})(?![0-9])"
)
NAME_PART = r"[^\W\d_a-zà-ÿ](?:[^\W\d_]|['’-]){1,24}"
INITIAL = r"(?:,? [^\W\d_a-zà-ÿ]\.?)?"
NAME = rf"(?<![^\W_]){NAME_PART}{INITIAL},? {NAME_PART}{INITIAL}"
BIRTH_NAMED = re.compile(
    rf"(?:(?:{NAME})[ ,;(:-]{{1,4}})?(?<!\w)(?i:DOB|d\.o\.b\.?|date of birth|birth ?date|födelsedatum|geburtsdatum"
    rf"|date de naissance|geboortedatum)(?i: is| was)?[ :=(]{{1,3}}{DAY}"
)
BIRTH_OF_NAME = re.compile(
    rf"{NAME}[ ,;(]{{1,3}}(?i:(?:was |is |var |är )?(?:born(?: on)?|b\.?|född|f\.?|geb\.?|geboren|née?|\*))"
    rf"[ :]{{0,2}}{DAY}"
)
BIRTH_BESIDE = re.compile(rf"{NAME}[ ,;(]{{1,3}}({DAY})")


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece of a text that looks like an identifier: what it looks like, and the piece itself."""

    kind: str
    text: str

    @property
    def masked(self) -> "Seen":
        """The same without its digits, for an answer that may end in a log."""
        return Seen(self.kind, re.sub(r"[0-9]", "•", self.text))

    @property
    def sentence(self) -> str:
        """For the person who typed it."""
        said = {"text": Truncator(self.text).chars(LONGEST_SHOWN)}
        if self.kind == SECURITY:
            return _("“%(text)s” looks like a social security number. P2 keeps no patient data.") % said
        if self.kind == PERSONAL:
            return (
                _("“%(text)s” looks like a Swedish personal identity number. P2 keeps no patient data.")
                % said
            )
        if self.kind == NHS:
            return _("“%(text)s” looks like an NHS number. P2 keeps no patient data.") % said
        if self.kind == RECORD:
            return _("“%(text)s” looks like a patient's record number. P2 keeps no patient data.") % said
        return _("“%(text)s” looks like a person's date of birth. P2 keeps no patient data.") % said


def find_identifiers(text: str) -> tuple[Seen, ...]:
    """What in a text looks like a patient's identifier, each once, in its order.

    >>> [(seen.kind, seen.text) for seen in find_identifiers("Fell: John Smith, b. 3/4/1951, MRN 0012345")]
    [('date of birth', 'John Smith, b. 3/4/1951'), ('record number', 'MRN 0012345')]
    >>> find_identifiers("61 of 88 after the move on 3/4/2025, ward 7B, ext. 44712")
    ()
    """
    alike = text.translate(ALIKE)
    pieces = sorted(_pieces(alike), key=lambda piece: (piece[0], -piece[1]))
    seen: dict[Seen, None] = {}
    end = 0
    for first, last, kind in pieces:
        if first >= end:
            seen[Seen(kind, text[first:last].strip())] = None
            end = last
    return tuple(seen)


def unkept(texts: Iterable[str], mark: str) -> tuple[Seen, ...]:
    """What looks like an identifier in these texts; nothing where the person keeps just that, by its mark."""
    seen = tuple(dict.fromkeys(one for text in texts for one in find_identifiers(text)))
    return () if mark and mark == mark_of(seen) else seen


def mark_of(seen: Iterable[Seen]) -> str:
    """Stands for these pieces in the answer "save it as it is", and for no others that are typed since."""
    pieces = "\n".join(sorted({one.text for one in seen}))
    return hashlib.sha256(pieces.encode()).hexdigest()[:16]


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    for form, kind, is_one in FORMS:
        for found in form.finditer(text):
            if is_one(found):
                yield found.start(), found.end(), kind


def _always(found: re.Match[str]) -> bool:
    return True


def _is_personal(found: re.Match[str]) -> bool:
    """A Swedish one: a day, the coordination number's 60 taken off it, and the check of Luhn."""
    day, mark, last = found.groups()
    digits = day[-6:] + last
    if not _is_day(day[:4] if len(day) == 8 else "2000", digits[2:4], int(digits[4:6]) % 60):
        return False
    return _has_luhn(digits) and (bool(mark) or not _is_otherwise(found))


def _is_day(year: str, month: str, day: int) -> bool:
    try:
        return bool(date(int(year), int(month), day))
    except ValueError:
        return False


def _has_luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(digits)]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _is_nhs(found: re.Match[str]) -> bool:
    return _has_modulus_11(found[0]) and not _is_otherwise(found)


def _is_nhs_named(found: re.Match[str]) -> bool:
    return _has_modulus_11(found[1])


def _has_modulus_11(number: str) -> bool:
    digits = [int(sign) for sign in number if sign.isdigit()]
    check = -sum(digit * (10 - at) for at, digit in enumerate(digits[:9])) % 11
    return len(set(digits)) > 1 and check == digits[9]


def _is_otherwise(found: re.Match[str]) -> bool:
    """Whether bare digits are an amount, by the unit behind them, or a telephone's, by the word before."""
    return bool(
        IS_AMOUNT.match(found.string, found.end()) or IS_PHONE.search(found.string[: found.start()][-24:])
    )


def _is_record(found: re.Match[str]) -> bool:
    """Not a day or a span of years: "chart no 2025-03-04" is none."""
    return not re.fullmatch(r"(?:19|20)[0-9]{2}(?:[- ]?[0-9]{2}){0,2}", found[1])


def _is_old(found: re.Match[str]) -> bool:
    years = [int(year) for year in re.findall(r"[0-9]{4}", found[1])[:1] + re.findall(r"[0-9]{4}$", found[1])]
    return any(1870 <= year < OLDEST_WORK for year in years)


FORMS: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], bool]], ...] = (
    (SECURITY_NUMBER, SECURITY, _always),
    (SECURITY_NAMED, SECURITY, _always),
    (PERSONAL_NUMBER, PERSONAL, _is_personal),
    (NHS_NAMED, NHS, _is_nhs_named),
    (NHS_NUMBER, NHS, _is_nhs),
    (RECORD_NAMED, RECORD, _is_record),
    (PATIENT_NAMED, RECORD, _is_record),
    (BIRTH_NAMED, BIRTH, _always),
    (BIRTH_OF_NAME, BIRTH, _always),
    (BIRTH_BESIDE, BIRTH, _is_old),
)
