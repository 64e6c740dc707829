"""The demo's sheets that were signed off as complete; what was logged or corrected later lifted some of them."""

from datetime import date, datetime

from measures.models import SignOff
from measures.periods import MONTH
from measures.selectors.sheet_place import place_of
from measures.services.entry import sign_offs
from organizations.demo import Participant

SIGNING = frozenset({"cincinnati", "jonkoping", "healthpartners"})
"""Places that sign their sheets off."""

SIGNED_MONTHS = 5
"""So many of the newest closed months."""


def sign_off(place: Participant, month: date, *, at: datetime) -> SignOff:
    """Say that the sheet is complete, without what is missing from it."""
    sheet = place_of(place.organization, month, frequency=MONTH, at=at)
    missing = sign_offs.look(place.organization, sheet, by=place.data_entry).missing
    without = {measure.ref for measure in missing}
    return sign_offs.sign(place.organization, sheet, without=without, by=place.data_entry, at=at)
