"""`manage.py demo`: a whole programme to look around in, loaded into an empty database (docs/use/demo.md)."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from meetings import demo
from organizations.demo import PASSWORD, sign_ins
from p2.errors import RuleViolation


class Command(BaseCommand):
    help = "Load the demo into an empty database, and say how to sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--small", action="store_true", help="Three participants, two projects each.")
        parser.add_argument("--seed", type=int, default=demo.SEED, help="Another seed gives other numbers.")
        parser.add_argument("--sign-ins", action="store_true", help="Load nothing; only say how to sign in.")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["sign_ins"]:
            self._load(is_small=options["small"], seed=options["seed"])
        self._tell_sign_ins()

    def _load(self, *, is_small: bool, seed: int) -> None:
        started = monotonic()

        def say(line: str) -> None:
            self.stdout.write(f"{monotonic() - started:5.1f} s  {line}")
            self.stdout.flush()

        try:
            demo.load(at=timezone.now(), is_small=is_small, seed=seed, say=say)
        except RuleViolation as refusal:
            raise CommandError(str(refusal)) from None

    def _tell_sign_ins(self) -> None:
        people = sign_ins()
        if not people:
            return
        self.stdout.write(f"\nSign in with the password {PASSWORD} as")
        wide = max(len(one.role) for one in people)
        for one in people:
            self.stdout.write(f"  {one.role:{wide}}  {one.email}")
