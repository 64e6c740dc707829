"""What a letter of this app says, and how many of them go out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from organizations.models import Invitation
from organizations.services.people import invitations
from p2.errors import RuleViolation
from p2.models import AuditEntry, Letter
from tests.actors import Cast

pytestmark = pytest.mark.django_db

ENOUGH = r"nora@example\.org was sent enough letters today\. The next one can go in 24 hours\."


def invite(cast: Cast, email: str = "nora@example.org") -> Invitation:
    return invitations.invite(cast.own, email=email, role="member", by=cast.lead)


def test_forty_renewals_make_three_letters_and_the_refused_ones_change_nothing(cast: Cast) -> None:
    invitation = invite(cast)
    for _ in range(2):
        invitations.renew(invitation, by=cast.lead)
    before = Invitation.objects.values().get()
    for _ in range(38):
        with pytest.raises(RuleViolation, match=ENOUGH):
            invitations.renew(invitation, by=cast.lead)

    assert Letter.objects.count() == 3
    assert Invitation.objects.values().get() == before
    assert AuditEntry.objects.count() == 3
    invitations.renew(invitation, by=cast.office)
    invitations.renew(invitation, by=cast.lead, at=timezone.now() + timedelta(days=1, hours=1))
    assert Letter.objects.count() == 5


def test_withdrawing_and_inviting_again_goes_round_no_limit(cast: Cast) -> None:
    for _ in range(3):
        invitations.withdraw(invite(cast), by=cast.lead)
    with pytest.raises(RuleViolation, match=ENOUGH):
        invite(cast)
    assert Letter.objects.count() == 3


def test_ten_letters_a_day_go_to_an_address_whoever_sends_them(cast: Cast) -> None:
    invitation = invite(cast)
    senders = [cast.lead, cast.office, cast.site_admin]
    sent = 1
    for by in (senders * 3)[1:]:
        invitations.renew(invitation, by=by)
        sent += 1
    assert sent == 9
    other = invitations.invite(
        cast.elsewhere, email="nora@example.org", role="funder", by=cast.elsewhere_office
    )
    with pytest.raises(RuleViolation, match=ENOUGH):
        invitations.renew(other, by=cast.elsewhere_office)


def test_a_person_sends_a_hundred_invitations_a_day(cast: Cast) -> None:
    for number in range(100):
        invite(cast, f"n{number}@example.org")
    with pytest.raises(RuleViolation, match="You have sent enough invitations today"):
        invite(cast, "n100@example.org")
    assert Letter.objects.count() == 100


def test_a_name_in_a_letter_is_no_link(client: Client, cast: Cast, settings: Settings) -> None:
    settings.DEMO_SITE = True
    cast.lead.name, cast.own.name, cast.collaborative.name = (
        "evil.com",
        "www.evil.com http://evil.example/a?b=c",
        f"{settings.SITE_URL}/invitation/mine or 例え。テスト",
    )
    for row in (cast.lead, cast.own, cast.collaborative):
        row.save()
    invite(cast)

    letter = Letter.objects.get()
    links = [line for line in letter.text.splitlines() if "://" in line]
    assert links == [line for line in links if line.startswith(f"{settings.SITE_URL}/invitation/")]
    assert len(links) == 1
    assert letter.subject == "evil. com invites you to www. evil. com http: //evil. example/a?b=c"
    assert client.get(reverse("mailbox")).content.decode().count('rel="nofollow"') == 1
