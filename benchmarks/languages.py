"""What a page in another language costs against the same page in English: `python -m benchmarks languages`.

The pages of `floors`, in Swedish and in the pseudo-language, whose every sentence is looked up. They are asked in turn,
the language in the browser's header; each time is the median of the rounds.
"""

from datetime import timedelta
from statistics import median
from time import perf_counter

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from benchmarks.floors import Page, known
from benchmarks.growth.loading import analyze, make_uneven
from benchmarks.requests import Budget
from measures.models import Month
from organizations.models import Presence, User
from p2.words.catalogues import PSEUDO

ROUNDS, MONTHS, AT_MOST = 25, 36, 1.1
OTHERS = ("sv", PSEUDO)


def ask(page: Page, language: str) -> float:
    """Seconds of the page in a language."""
    start = perf_counter()
    answer = page.reader.get(page.address, headers={"Accept-Language": language})
    taken = perf_counter() - start
    if (answer.status_code, answer["Content-Language"]) != (200, language):
        raise RuntimeError(f"{page.name} answered {answer.status_code} in {answer['Content-Language']}.")
    return taken


def queries(page: Page, language: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask(page, language)
    return len(captured)


def budgets_of(page: Page) -> list[Budget]:
    """What the page takes in each other language; the figures are printed."""
    seconds: dict[str, list[float]] = {"en": [], **{language: [] for language in OTHERS}}
    for language in seconds:
        ask(page, language)
    counts = {language: queries(page, language) for language in seconds}
    for _ in range(ROUNDS):
        for language, taken in seconds.items():
            taken.append(ask(page, language))
    print(f"{page.name:20}", *(f"{name} {1000 * median(taken):7.2f} ms" for name, taken in seconds.items()))
    return [
        budget
        for other in OTHERS
        for budget in (
            Budget(
                f"Time, {page.name} in {other} to English",
                median(seconds[other]) / median(seconds["en"]),
                AT_MOST,
            ),
            Budget(f"Queries, {page.name} in {other} that come with it", counts[other] - counts["en"], 0),
        )
    ]


def main() -> int:
    """Print the figures; 1 if one is over its budget."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    landscape = make_uneven(months=MONTHS, slug="languages")
    Month.objects.update(closes_on=timezone.localdate() + timedelta(days=7))
    analyze()
    languages = [*settings.LANGUAGES, (PSEUDO, "Pseudo")]
    with override_settings(LANGUAGES=list(dict(languages).items())):
        pages = known(landscape)
        User.objects.update(language="")
        Presence.objects.update(latest_at=timezone.now() - timedelta(days=7))
        budgets = [budget for page in pages for budget in budgets_of(page)]
    call_command("flush", interactive=False, verbosity=0)
    for budget in budgets:
        print(budget)
    return int(not all(budget.is_met for budget in budgets))
