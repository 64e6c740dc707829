"""What a sheet lacks, as Today says it."""

from django.utils.translation import ngettext_lazy

from measures import periods

OPEN, REOPENED, CLOSED = "open", "reopened", "closed"
TITLES = {
    (periods.MONTH, OPEN): ngettext_lazy(
        "%(month)s closes %(in_days)s: %(missing)d of %(expected)d numbers is still open",
        "%(month)s closes %(in_days)s: %(missing)d of %(expected)d numbers are still open",
        "missing",
    ),
    (periods.MONTH, REOPENED): ngettext_lazy(
        "%(month)s is open again: %(missing)d of %(expected)d numbers is missing",
        "%(month)s is open again: %(missing)d of %(expected)d numbers are missing",
        "missing",
    ),
    (periods.MONTH, CLOSED): ngettext_lazy(
        "%(month)s is closed: %(missing)d of %(expected)d numbers is missing",
        "%(month)s is closed: %(missing)d of %(expected)d numbers are missing",
        "missing",
    ),
    (periods.DAY, OPEN): ngettext_lazy(
        "%(month)s closes %(in_days)s: %(missing)d of %(expected)d daily measures lacks its last days",
        "%(month)s closes %(in_days)s: %(missing)d of %(expected)d daily measures lack their last days",
        "missing",
    ),
    (periods.DAY, REOPENED): ngettext_lazy(
        "%(month)s is open again: %(missing)d of %(expected)d daily measures lacks its last days",
        "%(month)s is open again: %(missing)d of %(expected)d daily measures lack their last days",
        "missing",
    ),
    (periods.DAY, CLOSED): ngettext_lazy(
        "%(month)s is closed: %(missing)d of %(expected)d daily measures lacks its last days",
        "%(month)s is closed: %(missing)d of %(expected)d daily measures lack their last days",
        "missing",
    ),
    (periods.WEEK, OPEN): ngettext_lazy(
        "%(month)s closes %(in_days)s: %(missing)d of %(expected)d weekly numbers is still open",
        "%(month)s closes %(in_days)s: %(missing)d of %(expected)d weekly numbers are still open",
        "missing",
    ),
    (periods.WEEK, REOPENED): ngettext_lazy(
        "%(month)s is open again: %(missing)d of %(expected)d weekly numbers is missing",
        "%(month)s is open again: %(missing)d of %(expected)d weekly numbers are missing",
        "missing",
    ),
    (periods.WEEK, CLOSED): ngettext_lazy(
        "%(month)s is closed: %(missing)d of %(expected)d weekly numbers is missing",
        "%(month)s is closed: %(missing)d of %(expected)d weekly numbers are missing",
        "missing",
    ),
    (periods.QUARTER, OPEN): ngettext_lazy(
        "%(month)s closes %(in_days)s: %(missing)d of %(expected)d quarterly numbers is still open",
        "%(month)s closes %(in_days)s: %(missing)d of %(expected)d quarterly numbers are still open",
        "missing",
    ),
    (periods.QUARTER, REOPENED): ngettext_lazy(
        "%(month)s is open again: %(missing)d of %(expected)d quarterly numbers is missing",
        "%(month)s is open again: %(missing)d of %(expected)d quarterly numbers are missing",
        "missing",
    ),
    (periods.QUARTER, CLOSED): ngettext_lazy(
        "%(month)s is closed: %(missing)d of %(expected)d quarterly numbers is missing",
        "%(month)s is closed: %(missing)d of %(expected)d quarterly numbers are missing",
        "missing",
    ),
}
"""By the sheet's frequency and the state of the month that asks; `missing` and `expected` count its numbers."""
