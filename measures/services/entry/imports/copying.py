"""A table of numbers into the database in five statements, however long it is: COPY beside it, then set by set.

What `measures.services.entry.recorder` writes row by row is written here from one staged table: a Correction a changed
number with what stood before, the Observation, and notes that alone were touched. The caller holds the locks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from django.db import connection

from measures.exchange.entries import Entry

STAGE = """
    CREATE TEMPORARY TABLE staged (
        measure_id bigint, period date, ordinal smallint,
        numerator numeric, denominator numeric, value numeric, sd numeric, size integer, no_data text,
        note text, why text, is_late boolean, version integer, is_note_alone boolean
    )
"""
CORRECT = """
    INSERT INTO measures_correction (
        measure_id, period, ordinal,
        old_numerator, old_denominator, old_value, old_sd, old_size, old_no_data,
        new_numerator, new_denominator, new_value, new_sd, new_size, new_no_data,
        old_note, new_note, version, why, by_id, at
    )
    SELECT
        measure_id, period, ordinal,
        old.numerator, old.denominator, old.value, old.sd, old.size, COALESCE(old.no_data, ''),
        new.numerator, new.denominator, new.value, new.sd, new.size, new.no_data,
        CASE WHEN old.note <> new.note THEN old.note ELSE '' END,
        CASE WHEN COALESCE(old.note, '') <> new.note THEN new.note ELSE '' END,
        new.version, new.why, %(by)s::bigint, %(at)s::timestamptz
    FROM staged AS new LEFT JOIN measures_observation AS old USING (measure_id, period, ordinal)
    WHERE NOT is_note_alone
    UNION ALL SELECT
        measure_id, period, ordinal,
        NULL, NULL, NULL, NULL, NULL, '', NULL, NULL, NULL, NULL, NULL, '',
        old.note, new.note, old.version, new.why, %(by)s::bigint, %(at)s::timestamptz
    FROM staged AS new JOIN measures_observation AS old USING (measure_id, period, ordinal)
    WHERE is_note_alone
"""
OBSERVE = """
    INSERT INTO measures_observation AS old (
        measure_id, period, ordinal, numerator, denominator, value, sd, size, no_data,
        note, is_late, is_confirmed, version, recorded_by_id, recorded_at
    )
    SELECT
        measure_id, period, ordinal, numerator, denominator, value, sd, size, no_data,
        note, is_late, false, version, %(by)s, %(at)s
    FROM staged WHERE NOT is_note_alone
    ON CONFLICT (measure_id, period, ordinal) DO UPDATE SET
        numerator = excluded.numerator, denominator = excluded.denominator, value = excluded.value,
        sd = excluded.sd, size = excluded.size, no_data = excluded.no_data,
        note = excluded.note, is_confirmed = false,
        version = excluded.version, recorded_by_id = excluded.recorded_by_id, recorded_at = excluded.recorded_at
"""
NOTE = """
    UPDATE measures_observation AS old SET note = new.note FROM staged AS new
    WHERE is_note_alone AND (old.measure_id, old.period, old.ordinal) = (new.measure_id, new.period, new.ordinal)
"""
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
NOTHING = r"\N"


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it is to stand, or a note beside one that stays as it is."""

    measure_id: int
    period: date
    ordinal: int
    entry: Entry
    note: str
    why: str
    is_late: bool
    version: int
    is_note_alone: bool

    @property
    def line(self) -> str:
        """Its line for COPY."""
        entry = self.entry
        cells = (
            self.measure_id, self.period, self.ordinal,
            entry.numerator, entry.denominator, entry.value, entry.sd, entry.size, entry.no_data,
            self.note.translate(ESCAPES), self.why.translate(ESCAPES),
            self.is_late, self.version, self.is_note_alone,
        )  # fmt: skip
        return "\t".join([NOTHING if cell is None else str(cell) for cell in cells])


def write(rows: Iterable[Written], *, by: int | None, at: datetime) -> None:
    """Write these numbers with their history, in the name of the person with this key."""
    signed = {"by": by, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        cursor.copy_expert("COPY staged FROM STDIN", StringIO("".join(f"{row.line}\n" for row in rows)))
        cursor.execute(CORRECT, signed)
        cursor.execute(OBSERVE, signed)
        cursor.execute(NOTE)
        cursor.execute("DROP TABLE staged")
