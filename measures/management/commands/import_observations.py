"""`manage.py import_observations FILE.csv …`: numbers from files, all or nothing (docs/use/import.md)."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from measures.exchange.tables import Table, read_table
from measures.services.entry import imports
from organizations.models import Collaborative, User
from p2.words.wording import counted


class Command(BaseCommand):
    requires_system_checks = ()  # they would read every page of the site first
    help = "Import numbers from CSV files. With one bad line nothing is written, and every bad line is told."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.csv")
        parser.add_argument("--collaborative", metavar="SLUG", help="Needed where the site runs several.")
        parser.add_argument(
            "--by", metavar="EMAIL", help="The person in whose name the numbers are recorded."
        )
        parser.add_argument("--dry-run", action="store_true", help="Check everything, write nothing.")

    def handle(self, *_args: Any, **options: Any) -> None:
        is_rehearsal: bool = options["dry_run"]
        collaborative, by = _collaborative(options["collaborative"]), _person(options["by"])
        with _uncollected():
            report = imports.load(
                collaborative,
                [_table(path) for path in options["files"]],
                by=by,
                is_rehearsal=is_rehearsal,
                progress=lambda done, total: self.stdout.write(f"{done:,} of {total:,} lines read"),
            )
        for told in report.warnings:
            self.stderr.write(f"Warning: {told}")
        for mistake in report.mistakes:
            self.stderr.write(str(mistake))
        if found := report.mistakes_found:
            untold = f" The first {len(report.mistakes)} are above." if found > len(report.mistakes) else ""
            raise CommandError(f"{counted(found, 'line')} to correct; nothing was written.{untold}")
        verdict = "Nothing was written; it would be" if is_rehearsal else "Imported:"
        self.stdout.write(f"{verdict} {report.new:,} new, {report.changed:,} changed, {report.same:,} same.")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for circles: a table has none, and over 200,000 lines it takes a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _table(path: Path) -> Table:
    try:
        return read_table(path.name, path.read_bytes())
    except OSError as failure:
        raise CommandError(f"{path} cannot be read: {failure.strerror}.") from None


def _collaborative(slug: str | None) -> Collaborative:
    known = {collaborative.slug: collaborative for collaborative in Collaborative.objects.all()}
    if not known:
        raise CommandError("There is no collaborative on this site yet.")
    if slug is None and len(known) == 1:
        return next(iter(known.values()))
    if slug not in known:
        what = f"There is no collaborative {slug}" if slug else "This site runs several collaboratives"
        raise CommandError(f"{what}. Choose with --collaborative one of: {', '.join(sorted(known))}.")
    return known[slug]


def _person(email: str | None) -> User | None:
    if not email:
        return None
    person = User.objects.filter(email=email.lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody here has the address {email}.")
    return person
