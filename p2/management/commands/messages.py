"""`manage.py messages`: bring the catalogues of translations up to date with the code."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = (
        "Extract every sentence, update and compile the catalogues in locale/, and make the pseudo-language."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; fail where a file would change."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            from p2.words import catalogues  # noqa: PLC0415 - Babel is installed for development alone
        except ModuleNotFoundError as missing:
            raise CommandError(f"{missing.name} is missing: it comes with what P2 is tested with.") from None
        languages = [code for code, _ in settings.LANGUAGES if code not in {"en", catalogues.PSEUDO}]
        made = catalogues.files(settings.BASE_DIR, languages)
        stale = [path for path, content in made.items() if not path.exists() or path.read_bytes() != content]
        for path in stale:
            name = path.relative_to(settings.BASE_DIR)
            if options["check"]:
                self.stdout.write(f"{name} is not what the code says: run manage.py messages.")
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made[path])
            self.stdout.write(f"Wrote {name}.")
        if stale and options["check"]:
            raise CommandError("The catalogues are not up to date.")
