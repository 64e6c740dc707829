"""`manage.py prepare`: bring the database and the static files to this version. Running it again is cheap."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Migrate, collect static files, load the demo into an empty demo site."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--static-only", action="store_true", help="Only collect static files.")

    def handle(self, *_args: Any, **options: Any) -> None:
        self._collect_static_files()
        if not options["static_only"]:
            self._prepare_database()

    def _prepare_database(self) -> None:
        call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
        if settings.DEMO_SITE and "demo" in get_commands() and not get_user_model().objects.exists():
            self.stdout.write("Loading the demo …")
            call_command("demo", stdout=self.stdout)

    def _collect_static_files(self) -> None:
        """Collect them when one of them changed: compressing all takes seconds."""
        kept, wanted = settings.STATIC_ROOT / ".collected", _fingerprint_of_static_files()
        if not kept.exists() or kept.read_text(encoding="ascii") != wanted:
            self.stdout.write("Collecting static files …")
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            kept.write_text(wanted, encoding="ascii")


def _fingerprint_of_static_files() -> str:
    """A digest of each static file's name, size and time."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            seen.update(f"{name} {facts.st_size} {int(facts.st_mtime)}\n".encode())
    return seen.hexdigest()
