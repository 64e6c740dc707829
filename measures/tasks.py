"""The jobs of the measures app. Each may run twice and is swept by beat."""

from celery import shared_task

from measures.services import charts, core_measures, months
from p2.jobs import hints


@shared_task(name="measures.refresh_charts")
def refresh_charts() -> None:
    """Compute every stale chart, whoever forgot it."""
    charts.refresh_stale()


@shared_task(name="measures.refresh_changed_charts")
def refresh_changed_charts() -> None:
    """Compute the charts of the measures that changed just now, without a look at the others."""
    for changed in hints.taken("measures.refresh_changed_charts"):
        charts.refresh(changed)


@shared_task(name="measures.adopt_core_measures")
def adopt_core_measures() -> None:
    """Give new participants the mandatory core measures."""
    core_measures.adopt_missing()


@shared_task(name="measures.open_months")
def open_months() -> None:
    """Make the months that have begun."""
    months.open_months()


@shared_task(name="measures.forget_changes")
def forget_changes() -> None:
    """Shorten the list of changed organizations."""
    months.forget_changes()
