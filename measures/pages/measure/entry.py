"""What was written at entry of the one number that a headline speaks of."""

from django.utils.translation import gettext as _

from measures.selectors.readings import Reading
from measures.sentences.periods import label as period_label


def note_at_entry(reading: Reading) -> str:
    """January 2022, noted at entry: one room was closed. Empty where nothing was, or the reader may not read notes."""
    about = reading.verdict.about
    notes = [point.note for point in reading.points if point.period == about and point.note]
    if about is None or not notes:
        return ""
    month = period_label(about, reading.frequency, long=True)
    return _("%(month)s, noted at entry: “%(note)s”") % {"month": month, "note": "; ".join(notes)}
