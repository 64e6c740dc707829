"""What looks like a patient's identifier in free text, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2.words.identifiers import BIRTH, NHS, PERSONAL, RECORD, SECURITY, find_identifiers

IDENTIFIERS = [
    ("123-45-6789", SECURITY, "123-45-6789"),
    ("Spoke to 123 45 6789 today", SECURITY, "123 45 6789"),
    ("fell (123-45-6789).", SECURITY, "123-45-6789"),
    ("123–45–6789", SECURITY, "123–45–6789"),
    ("SSN 123456789", SECURITY, "SSN 123456789"),
    ("ssn: 899456789", SECURITY, "ssn: 899456789"),
    ("social security number 123456789", SECURITY, "social security number 123456789"),
    ("811218-9876", PERSONAL, "811218-9876"),
    ("19811218-9876 föll", PERSONAL, "19811218-9876"),
    ("198112189876", PERSONAL, "198112189876"),
    ("patienten 8112189876.", PERSONAL, "8112189876"),
    ("811278-9873", PERSONAL, "811278-9873"),  # a coordination number: 60 more than the day
    ("121212+1212", PERSONAL, "121212+1212"),
    ("943 476 5919", NHS, "943 476 5919"),
    ("See 9434765919.", NHS, "9434765919"),
    ("NHS 943-476-5919", NHS, "NHS 943-476-5919"),
    ("NHS number: 4010232137", NHS, "NHS number: 4010232137"),
    ("MRN 123456", RECORD, "MRN 123456"),
    ("MRN: 12-34-56", RECORD, "MRN: 12-34-56"),
    ("mrn#0012345", RECORD, "mrn#0012345"),
    ("MRN 4471", RECORD, "MRN 4471"),
    ("MRN A1234567 was counted twice", RECORD, "MRN A1234567"),
    ("record no. 00123456", RECORD, "record no. 00123456"),
    ("Medical record number 123456", RECORD, "Medical record number 123456"),
    ("medical record 4471234", RECORD, "medical record 4471234"),
    ("patient 4471234", RECORD, "patient 4471234"),
    ("Patient ID 44712", RECORD, "Patient ID 44712"),
    ("patient's number 44712", RECORD, "patient's number 44712"),
    ("Patient #44712", RECORD, "Patient #44712"),
    ("hospital no 447 1234", RECORD, "hospital no 447 1234"),
    ("chart number 0044712", RECORD, "chart number 0044712"),
    ("Journalnummer 44712", RECORD, "Journalnummer 44712"),
    ("patientnr 44712", RECORD, "patientnr 44712"),
    ("Fallnummer: 1234567", RECORD, "Fallnummer: 1234567"),
    ("John Smith, b. 3/4/1951", BIRTH, "John Smith, b. 3/4/1951"),
    ("John Smith born on March 4, 1951", BIRTH, "John Smith born on March 4, 1951"),
    ("Anna-Lena Åkerström född 1951-03-04", BIRTH, "Anna-Lena Åkerström född 1951-03-04"),
    ("Smith, John Q. (b. 4 Mar 1951)", BIRTH, None),
    ("John Smith (geb. 4.3.1951)", BIRTH, "John Smith (geb. 4.3.1951"),
    ("DOB 03/04/1951", BIRTH, "DOB 03/04/1951"),
    ("dob: 3/4/51", BIRTH, "dob: 3/4/51"),
    ("D.O.B. 1951-04-03", BIRTH, "D.O.B. 1951-04-03"),
    ("Mary O'Neill, DOB 03/04/2001", BIRTH, "Mary O'Neill, DOB 03/04/2001"),
    ("date of birth is 4 March 1951", BIRTH, "date of birth is 4 March 1951"),
    ("John Smith 3/4/1951", BIRTH, "John Smith 3/4/1951"),
    ("Jane Doe, 1951-04-03, fell", BIRTH, "Jane Doe, 1951-04-03"),
    ("Jane Doe 31 December 1989", BIRTH, "Jane Doe 31 December 1989"),
]

PLAIN = [
    "",
    "61 of 88 after the move",
    "started 3/4/2025",
    "New form from 2025-03-04 on",
    "2025-03-04 to 2025-04-05",
    "ward 7B",
    "Ward 7B moved to 7C on 3/4/2025",
    "ext. 44712",
    "Call Anna Berg, ext. 447123",
    "Phone 617-555-1234",
    "tel 617 555 1234",
    "tel. 9434765919",  # passes the check of an NHS number
    "+1 943 476 5919",
    "+46 8 123 45 67",
    "070-123 45 67",
    "000-12-3456",
    "666-12-3456",
    "912-12-3456",
    "123-00-4567",
    "123-45-0000",
    "123-45-67890",
    "1123-45-6789",
    "811218-9875",  # the check digit is wrong
    "811318-9876",
    "943 476 5918",
    "1111111111",
    "1,234,567 patient days",
    "1 234 567 890",
    "9434765919 SEK",
    "8112189876 kr",
    "12345 patients in 2004",
    "patients 104322",
    "per patient 1000000",
    "patient days: 123456",
    "a record number of 104322 visits",
    "A record, 104322 visits",
    "medical records 2003-2004",
    "chart no 2025-03-04",
    "record from 2004",
    "case mix 1.2345",
    "MRI 123456",
    "Dr. Anna Berg began 3/4/2025",
    "Anna Berg leads from 2025-04-01",
    "Anna Berg 1 January 1990",
    "MRN 447",
    "Kaiser Permanente, 12/31/2004",
    "Crossing the Quality Chasm 2001",
    "First babies born 3/4/2025 in the new ward",
    "Version b. 3/4/2025",
    "From Q1 2025: 12.5 % (12/96)",
    "Room 4471, bed 2, 14:30",
    "PDSA cycle 3: 10 of 12 charts",
    "ICD-10 I21.4, DRG 194",
    "https://example.org/2025/03/04/123456",
    "<5 withheld",
    "20250304 12:00",
]


@pytest.mark.parametrize(("text", "kind", "piece"), IDENTIFIERS)
def test_an_identifier_is_found_and_named(text: str, kind: str, piece: str | None) -> None:
    found = find_identifiers(text)

    assert [seen.kind for seen in found] == [kind]
    assert piece is None or found[0].text == piece


@pytest.mark.parametrize("text", PLAIN)
def test_an_ordinary_note_gives_no_warning(text: str) -> None:
    assert find_identifiers(text) == ()


def test_each_is_named_once_in_its_order() -> None:
    found = find_identifiers("MRN 123456 and 123-45-6789, again 123-45-6789")

    assert [seen.sentence for seen in found] == [
        "“MRN 123456” looks like a patient's record number. P2 keeps no patient data.",
        "“123-45-6789” looks like a social security number. P2 keeps no patient data.",
    ]


UNITS = ["%", " %", " patients", " of 88", " days", " mg", " SEK", "€", " per 1,000", " h", " min.", "°C"]
AMOUNTS = st.one_of(
    st.integers(0, 10**13).map(str),
    st.integers(0, 10**13).map("{:,}".format),
    st.integers(0, 10**13).map(lambda number: f"{number:,}".replace(",", " ")),
    st.decimals(0, 10**9, places=3, allow_nan=False).map(str),
)


@given(st.lists(st.tuples(AMOUNTS, st.sampled_from(UNITS)), min_size=1, max_size=5))
def test_plain_numbers_with_units_give_none(amounts: list[tuple[str, str]]) -> None:
    assert find_identifiers("; ".join(f"{number}{unit}" for number, unit in amounts)) == ()


@given(st.integers(1, 665), st.integers(1, 99), st.integers(1, 9999), st.sampled_from("- "))
def test_every_social_security_number_is_found(area: int, group: int, serial: int, mark: str) -> None:
    number = f"{area:03}{mark}{group:02}{mark}{serial:04}"

    assert [seen.text for seen in find_identifiers(f"see {number}, please")] == [number]


@given(st.dates(), st.integers(0, 999), st.booleans())
def test_every_personal_identity_number_is_found_by_its_check_alone(
    born: object, birth: int, wrong: bool
) -> None:
    nine = f"{born:%y%m%d}{birth:03}"
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(nine)]
    check = (-sum(sum(map(int, str(number))) for number in doubled) + wrong) % 10

    assert bool(find_identifiers(f"{nine[:6]}-{nine[6:]}{check}")) is not wrong


@given(st.text(max_size=300))
def test_any_text_is_read_and_each_piece_stands_in_it(text: str) -> None:
    assert all(seen.text in text for seen in find_identifiers(text))
