"""Cincinnati's serious safety events: rare harm, logged by its dates, and rarer since everybody was trained."""

from datetime import timedelta

from measures.demo.dated import Dated, days_back
from measures.demo.logbook import Book
from measures.services import markups, measures
from organizations.demo import Participant
from projects.demo import cincinnati
from projects.demo.charters import MEDICINES


def sow(book: Book, place: Participant) -> None:
    """Make the measure, beside the projects. Its dates are given: nothing of the demo's chance is drawn for it."""
    last = book.months[-1] - timedelta(days=cincinnati.SAFETY_QUIET)
    measure = measures.create(
        place.organization,
        naming=cincinnati.SAFETY.naming(MEDICINES),
        definition=cincinnati.SAFETY.definition() | cincinnati.SAFETY_WORDS,
        effective_from=book.months[0],
        by=place.lead,
        at=book.programme.began,
    )
    book.dated.append(Dated(measure, place, tuple(days_back(last, cincinnati.SAFETY_GAPS))))


def tell(book: Book) -> None:
    """Note the training at the first event after it."""
    for one in book.dated:
        first = one.days[-cincinnati.SAFETY_TRAINED]
        month = next(at for at, month in enumerate(book.months) if month == first.replace(day=1))
        markups.annotate(
            one.measure,
            first,
            kind="change",
            text=cincinnati.SAFETY_NOTE,
            by=one.place.lead,
            at=book.day(month, 4),
        )
