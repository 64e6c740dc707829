"""`manage.py demo`: a whole programme to look around in, loaded into an empty database (docs/use/demo.md)."""

from time import monotonic
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from meetings import demo
from p2.errors import RuleViolation


class Command(BaseCommand):
    help = "Load the demo into an empty database, and say how to sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--small", action="store_true", help="Three participants, two projects each.")
        parser.add_argument("--seed", type=int, default=demo.SEED, help="Another seed gives other numbers.")

    def handle(self, *_args: Any, **options: Any) -> None:
        started = monotonic()

        def say(line: str) -> None:
            self.stdout.write(f"{monotonic() - started:5.1f} s  {line}")
            self.stdout.flush()

        try:
            demo.load(at=timezone.now(), is_small=options["small"], seed=options["seed"], say=say)
        except RuleViolation as refusal:
            raise CommandError(str(refusal)) from None
        call_command("sign_ins", stdout=self.stdout)
