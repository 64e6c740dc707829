"""The outbox: what one letter cannot do keeps no other from going out."""

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from p2 import letters
from p2.models import Letter

pytestmark = pytest.mark.django_db


def queued(key: str, address: str) -> Letter:
    return Letter.objects.create(
        key=key, address=address, subject="Welcome", text="Come in.", queued_at=timezone.now()
    )


def test_an_address_that_cannot_be_written_to_is_refused_and_the_next_letter_goes_out(
    mailoutbox: list[EmailMessage],
) -> None:
    broken, good = queued("a", f"a@{'ü' * 60}.org"), queued("b", "b@example.org")
    letters.send_due()
    broken.refresh_from_db()
    good.refresh_from_db()
    assert (broken.state, good.state) == (Letter.State.REFUSED, Letter.State.SENT)
    assert broken.failure
    assert [letter.to for letter in mailoutbox] == [["b@example.org"]]
