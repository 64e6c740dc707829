"""`manage.py sign_ins`: who may be tried in the demo. A command of its own, because loading the demo loads pandas."""

from typing import Any

from django.core.management.base import BaseCommand

from organizations.demo.sign_ins import PASSWORD, sign_ins


class Command(BaseCommand):
    help = "Say how to sign in to the demo that is loaded here; nothing where there is none."

    def handle(self, *_args: Any, **_options: Any) -> None:
        people = sign_ins()
        if not people:
            return
        self.stdout.write(f"\nSign in with the password {PASSWORD} as")
        wide = max(len(one.role) for one in people)
        for one in people:
            self.stdout.write(f"  {one.role:{wide}}  {one.email}")
