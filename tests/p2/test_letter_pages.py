"""The mailbox of a demo site, and the outbox for the site's admins."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from p2 import letters
from p2.models import AuditEntry, Letter
from tests.actors import Cast


def make_letter(number: int = 1, state: str = "queued", text: str = "Hello") -> Letter:
    return Letter.objects.create(
        key=f"letter:{number}",
        address="a@example.org",
        subject=f"Letter {number}",
        text=text,
        state=state,
        queued_at=timezone.now() + timedelta(minutes=number),
    )


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEMO_SITE = True


def test_everybody_reads_the_mail_of_a_demo_with_its_links(client: Client, db: None, demo: None) -> None:
    make_letter(text="Set it here:\nhttps://example.org/accounts/password/reset/key/3-abc/")

    text = client.get(reverse("mailbox")).content.decode()

    assert '<a href="https://example.org/accounts/password/reset/key/3-abc/"' in text


def test_a_letter_is_text_and_never_markup(client: Client, db: None, demo: None) -> None:
    make_letter(text="<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(reverse("mailbox")).content.decode()


def test_the_newest_letter_is_first_and_a_page_holds_25(client: Client, db: None, demo: None) -> None:
    for number in range(1, 31):
        make_letter(number)

    first, second = (
        [letter.subject for letter in client.get(reverse("mailbox"), {"page": page}).context["page"]]
        for page in (1, 2)
    )

    assert first == [f"Letter {number}" for number in range(30, 5, -1)]
    assert second == [f"Letter {number}" for number in range(5, 0, -1)]


def test_an_empty_mailbox_says_what_will_be_there(client: Client, db: None, demo: None) -> None:
    assert "No mail yet" in client.get(reverse("mailbox")).content.decode()


def test_elsewhere_there_is_no_mailbox(client: Client, cast: Cast) -> None:
    client.force_login(cast.site_admin)

    assert client.get(reverse("mailbox")).status_code == 404


def test_the_outbox_shows_states_and_no_text(client: Client, cast: Cast) -> None:
    make_letter(1, "refused", text="https://example.org/key")
    client.force_login(cast.site_admin)

    text = client.get(reverse("letters")).content.decode()

    assert "refused" in text
    assert "https://example.org/key" not in text
    assert "https://example.org/key" not in client.get(reverse("letters_csv")).content.decode()


def test_an_unsure_letter_is_sent_again_by_a_person(client: Client, cast: Cast) -> None:
    letter = make_letter(1, "unsure")
    client.force_login(cast.site_admin)

    answer = client.post(reverse("resend_letter", args=[letter.ref]))

    letter.refresh_from_db()
    assert answer["Location"] == reverse("letters")
    assert letter.state == "queued"
    assert AuditEntry.objects.get(verb="resent").by == cast.site_admin


def test_a_sent_letter_is_not_sent_again(client: Client, cast: Cast) -> None:
    letter = letters.queue("once", address="a@example.org", subject="Once", text="Hello")
    Letter.objects.update(state="sent", sent_at=timezone.now())
    client.force_login(cast.site_admin)

    text = client.post(reverse("resend_letter", args=[letter.ref]), follow=True).content.decode()

    letter.refresh_from_db()
    assert letter.state == "sent"
    assert "This letter is sent: there is nothing to send again." in text


@pytest.mark.parametrize("rows", [1, 25])
def test_a_page_of_letters_costs_as_much_for_one_as_for_many(
    client: Client, cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        make_letter(number)
    client.force_login(cast.site_admin)

    with django_assert_num_queries(6):
        client.get(reverse("letters"))


def test_a_stranger_of_a_demo_reads_no_letter_to_a_site_admin(client: Client, cast: Cast, demo: None) -> None:
    admin = cast.site_admin
    for number, fields in enumerate(
        [{"person": admin}, {"address": admin.email.upper()}, {"person": cast.lead}, {}]
    ):
        Letter.objects.create(
            **{"key": f"{number}", "address": "a@example.org", "subject": f"Letter {number}", **fields},
            text="Hello",
            queued_at=timezone.now(),
        )

    def shown() -> set[str]:
        return {letter.subject for letter in client.get(reverse("mailbox")).context["page"]}

    assert shown() == {"Letter 2", "Letter 3"}
    client.force_login(cast.office)
    assert shown() == {"Letter 2", "Letter 3"}
    client.force_login(admin)
    assert shown() == {f"Letter {number}" for number in range(4)}
