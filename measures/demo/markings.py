"""What people wrote on the demo's charts: baselines, changes, new medians, new definitions."""

from datetime import timedelta

from measures.demo.logbook import Book, Sown
from measures.demo.wanted import Story
from measures.services import markups, measures
from organizations.demo import Participant

BASE_POINTS = 20
"""What the site itself recommends; where something changed before that, the demo freezes nothing."""
CHANGES = (
    "Daily huddle at the start of each shift", "Standard order set in use", "Pharmacist joins the rounds",
    "Reminder calls two days before", "One shared list for all teams", "Checklist at handover",
    "Open slots kept free each morning", "Care plan written with the patient", "Phone follow-up within 48 hours",
)  # fmt: skip
EVENTS = ("New record system", "Flu season, wards full", "Two wards merged", "Strike week")
WHY_NEW_MEDIAN = "The change is now how everybody works: the old median no longer shows the next one."
WHY_NEW_DEFINITION = "Both sites now count in the same way."


def mark(book: Book, place: Participant) -> None:
    """The lead's marks on the charts of one place: words, and a median frozen on most, set anew on a few."""
    for sown in book.sown[place.organization.pk]:
        is_moved, luck = sown.story in {Story.BETTER, Story.WORSE}, book.random.random()
        if not sown.is_fixed and sown.story != Story.YOUNG:
            _annotate(book, place, sown)
        if sown.story == Story.YOUNG or (sown.is_fixed and not is_moved):
            continue
        if sown.story == Story.BETTER and not sown.is_outcome and luck < 0.15:
            _rebase(book, place, sown)
        elif sown.changes_at >= BASE_POINTS and (is_moved if sown.is_outcome else luck < 0.8):
            freeze(book, place, sown)


def freeze(book: Book, place: Participant, sown: Sown, *, base: int = BASE_POINTS) -> None:
    """The median of the first points, extended over the rest; none where they are too few."""
    points = sown.measure.observations.filter(no_data="").order_by("period").values_list("period", flat=True)
    if len(points) < base:
        return
    why = "Baseline: the months before the first change"
    at = book.day(len(book.months) - book.logged - 1, 10)
    markups.freeze(sown.measure, points[base - 1], why=why, by=place.lead, at=at)


def change_definitions(book: Book) -> None:
    """Every third place wrote one definition anew, a year ago; every fourth keeps one chart to itself."""
    month = len(book.months) - book.logged
    for number, place in enumerate(book.programme.places):
        own = [sown for sown in book.sown[place.organization.pk] if not sown.measure.core_measure_id]
        if number % 3 == 1:
            chosen = own[len(own) // 2]
            measures.define(
                chosen.measure,
                definition={"numerator_words": f"{chosen.wanted.numerator}, both sites"},
                effective_from=book.months[month],
                why=WHY_NEW_DEFINITION,
                by=place.lead,
                at=book.day(month, 3),
            )
        if number % 4 == 2:
            measures.share(own[-1].measure, is_shared=False, by=place.lead, at=book.day(month, 4))


def _annotate(book: Book, place: Participant, sown: Sown) -> None:
    changes = sown.story == Story.BETTER or (sown.story == Story.COMMON and book.random.random() < 0.15)
    if changes:
        text = str(book.random.choice(CHANGES))
        at = book.day(sown.changes_at, 3)
        period = book.months[sown.changes_at]
        markups.annotate(sown.measure, period, kind="change", text=text, by=place.lead, at=at)
    if book.random.random() < 0.05:
        month = int(book.random.integers(2, len(book.months) - 2))
        text, period = str(book.random.choice(EVENTS)), book.months[month]
        markups.annotate(
            sown.measure, period, kind="event", text=text, by=place.data_entry, at=book.day(month, 5)
        )


def _rebase(book: Book, place: Participant, sown: Sown) -> None:
    period = book.months[sown.changes_at + 2]
    at = book.programme.at - timedelta(days=60)
    markups.rebase(sown.measure, period, why=WHY_NEW_MEDIAN, by=place.lead, at=at)
