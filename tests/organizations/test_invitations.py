"""Invitations: the only way in."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organizations.models import Invitation, Membership, User, hash_of, standing_of
from organizations.pages.people import people
from organizations.selectors import today
from organizations.services.people import invitations, roles
from p2.errors import RuleViolation
from p2.models import AuditEntry, Letter
from p2.words.wording import written_day
from tests.actors import Cast, join, make_person

Verb = Callable[..., Invitation]


def token_in(letter: Letter) -> str:
    """The key that the letter carries."""
    return re.findall(r"/invitation/(\S+)", letter.text)[0]


def invite_nora(cast: Cast, role: str = "data_entry") -> tuple[Invitation, str]:
    invitation = invitations.invite(cast.own, email="Nora@Example.org", role=role, by=cast.lead)
    return invitation, token_in(Letter.objects.latest("id"))


def test_an_invitation_queues_one_letter_and_keeps_only_the_hash_of_its_key(cast: Cast) -> None:
    invitation, token = invite_nora(cast)
    letter = Letter.objects.get()
    assert (letter.address, letter.subject) == ("nora@example.org", "Lea Lead invites you to Own Hospital")
    assert invitation.token_hash == hash_of(token)
    assert token not in str(Invitation.objects.values().get())


def test_a_new_person_accepts_with_a_name_and_a_password(cast: Cast) -> None:
    invitation, token = invite_nora(cast)
    at = timezone.now()
    accepted = invitations.accept(token, name="Nora New", password="ward-rounds-at-nine", at=at)
    nora = User.objects.get(email="nora@example.org")
    assert (nora.name, nora.check_password("ward-rounds-at-nine")) == ("Nora New", True)
    assert (accepted.accepted_by, accepted.accepted_at) == (nora, at)
    assert list(nora.memberships.values_list("organization", "role")) == [(cast.own.pk, "data_entry")]
    assert list(
        AuditEntry.objects.filter(subject_ref=invitation.ref).order_by("id").values_list("verb", "by")
    ) == [("invited", cast.lead.pk), ("accepted", nora.pk)]


def test_an_invitation_is_used_once(cast: Cast) -> None:
    _, token = invite_nora(cast)
    invitations.accept(token, name="Nora New", password="ward-rounds-at-nine")
    with pytest.raises(RuleViolation, match="was used on"):
        invitations.accept(token, by=User.objects.get(email="nora@example.org"))
    assert Membership.objects.filter(user__email="nora@example.org").count() == 1


def test_an_invitation_runs_out_after_fourteen_days(cast: Cast) -> None:
    invitation, token = invite_nora(cast)
    last_moment = invitation.invited_at + timedelta(days=14)
    with pytest.raises(RuleViolation, match="ran out on"):
        invitations.accept(token, name="Nora", password="ward-rounds-at-nine", at=last_moment)
    just_before = last_moment - timedelta(seconds=1)
    accepted = invitations.accept(token, name="Nora", password="ward-rounds-at-nine", at=just_before)
    assert accepted.accepted_at == just_before


def test_a_withdrawn_invitation_opens_nothing(cast: Cast) -> None:
    invitation, token = invite_nora(cast)
    invitations.withdraw(invitation, by=cast.lead)
    with pytest.raises(RuleViolation, match="was withdrawn"):
        invitations.accept(token, name="Nora", password="ward-rounds-at-nine")
    assert not User.objects.filter(email="nora@example.org").exists()


def test_an_unknown_key_is_told_so(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="not known"):
        invitations.accept("made-up", name="Nora", password="ward-rounds-at-nine")


def test_a_person_signed_in_under_another_address_is_told_so(cast: Cast) -> None:
    invitation, token = invite_nora(cast)
    with pytest.raises(RuleViolation, match=r"is for nora@example\.org, and you are signed in as"):
        invitations.accept(token, by=cast.member)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_a_person_with_an_account_signs_in_before_accepting(cast: Cast) -> None:
    nora = make_person("Nora", email="nora@example.org")
    _, token = invite_nora(cast)
    with pytest.raises(RuleViolation, match="Sign in first"):
        invitations.accept(token, name="Somebody else", password="ward-rounds-at-nine")
    assert standing_of(nora).roles == {}
    invitations.accept(token, by=nora)
    assert standing_of(nora).roles == {cast.own.pk: frozenset({"data_entry"})}


def test_a_renewed_invitation_has_a_new_key_and_the_old_one_opens_nothing(cast: Cast) -> None:
    invitation, old = invite_nora(cast)
    later = timezone.now() + timedelta(days=20)
    renewed = invitations.renew(invitation, by=cast.lead, at=later)
    new = token_in(Letter.objects.latest("id"))
    assert renewed.expires_at == later + timedelta(days=14)
    assert Letter.objects.count() == 2
    with pytest.raises(RuleViolation, match="not known"):
        invitations.accept(old, name="Nora", password="ward-rounds-at-nine", at=later)
    assert invitations.accept(new, name="Nora", password="ward-rounds-at-nine", at=later).pk == invitation.pk


def test_nobody_is_invited_twice_to_the_same_role(cast: Cast) -> None:
    invite_nora(cast)
    with pytest.raises(RuleViolation, match="has an open invitation"):
        invite_nora(cast)
    invite_nora(cast, role="sponsor")
    assert Invitation.objects.count() == 2


def test_nobody_is_invited_to_a_role_that_they_hold(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="holds this role already"):
        invitations.invite(cast.own, email=cast.member.email, role="member", by=cast.lead)
    with pytest.raises(RuleViolation, match="holds this role already"):
        invitations.invite(cast.collaborative, email=cast.faculty.email, role="faculty", by=cast.office)


@pytest.mark.parametrize("actor", ["data_entry", "member", "sponsor", "other_lead", "faculty", "funder"])
def test_only_the_lead_and_the_office_invite_to_an_organization(cast: Cast, actor: str) -> None:
    with pytest.raises(PermissionDenied):
        invitations.invite(cast.own, email="nora@example.org", role="member", by=getattr(cast, actor))


def test_the_lead_of_an_applicant_invites_nobody_and_the_office_does(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        invitations.invite(cast.applicant, email="a@example.org", role="sponsor", by=cast.applicant_lead)
    invitation = invitations.invite(cast.applicant, email="a@example.org", role="sponsor", by=cast.office)
    assert invitation.organization == cast.applicant


def test_a_lead_does_not_appoint(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        invitations.invite(cast.collaborative, email="f@example.org", role="faculty", by=cast.lead)
    with pytest.raises(PermissionDenied):
        invitations.invite(cast.own, email="f@example.org", role="faculty", by=cast.lead)


def test_the_office_appoints_in_its_own_collaborative_only(cast: Cast) -> None:
    invitations.invite(cast.collaborative, email="f@example.org", role="faculty", by=cast.office)
    invitations.accept(token_in(Letter.objects.get()), name="Fay", password="ward-rounds-at-nine")
    fay = User.objects.get(email="f@example.org")
    assert standing_of(fay).appointments == {cast.collaborative.pk: frozenset({"faculty"})}
    with pytest.raises(PermissionDenied):
        invitations.invite(cast.elsewhere, email="f@example.org", role="faculty", by=cast.office)


def test_an_invitation_ends_with_the_right_of_who_sent_it(client: Client, cast: Cast) -> None:
    second = join(make_person("Lou Lead"), cast.own, "lead")
    invitations.invite(cast.own, email="nora@example.org", role="lead", by=second.user)
    token = token_in(Letter.objects.get())
    roles.end(second, by=cast.lead)

    sentence = (
        "Lou Lead may not invite to Own Hospital any more, so this invitation has ended. "
        "Ask for a new one there."
    )
    with pytest.raises(RuleViolation, match=sentence):
        invitations.accept(token, name="Nora New", password="ward-rounds-at-nine")
    assert not User.objects.filter(email="nora@example.org").exists()
    assert sentence in client.get(reverse("organizations:invitation", args=[token])).content.decode()
    (row,) = people.open_invitations(cast.own, at=timezone.now())
    assert row.is_backed is False

    invitations.renew(Invitation.objects.get(), by=cast.lead)
    invitations.accept(token_in(Letter.objects.latest("id")), name="Nora New", password="ward-rounds-at-nine")
    assert Membership.objects.get(user__email="nora@example.org").role == "lead"


def test_an_invitation_of_an_ended_account_lets_nobody_in_and_is_not_on_today(cast: Cast) -> None:
    nora = make_person("Nora", email="nora@example.org")
    _, token = invite_nora(cast)
    assert len(today.due(nora, timezone.now())) == 1
    cast.lead.is_active = False
    cast.lead.save()

    with pytest.raises(RuleViolation, match="may not invite to Own Hospital any more"):
        invitations.accept(token, by=nora)
    assert today.due(nora, timezone.now()) == []


def test_the_senders_of_a_list_are_asked_in_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        sender = join(make_person(), cast.own, "lead").user
        invitations.invite(cast.own, email=f"n{number}@example.org", role="member", by=sender)
    invitations.invite(cast.own, email="o@example.org", role="member", by=cast.office)
    invitations.invite(cast.own, email="a@example.org", role="member", by=cast.site_admin)

    with django_assert_num_queries(2):
        rows = people.open_invitations(cast.own, at=timezone.now())
    assert [row.is_backed for row in rows] == [True] * 5


def test_an_old_link_is_told_of_a_newer_letter_and_a_guessed_one_no_more(cast: Cast, client: Client) -> None:
    invitation, old = invite_nora(cast)
    invitations.renew(invitation, by=cast.lead)
    answers = [client.get(reverse("organizations:invitation", args=[token])) for token in (old, "guessed")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "then only the link in the newest one counts" in answers[0].text
    old_one, guessed = (answer.text.split("<main")[1] for answer in answers)
    assert old_one == guessed
    assert client.post(reverse("organizations:invitation", args=[old]), {"name": "Nora"}).status_code == 404


@pytest.mark.parametrize("verb", [invitations.renew, invitations.withdraw])
def test_who_withdrew_an_invitation_is_not_sent_to_ask_themselves(cast: Cast, verb: Verb) -> None:
    invitation, _ = invite_nora(cast)
    invitations.withdraw(invitation, by=cast.lead)
    day = written_day(timezone.localdate())
    for person, said in ((cast.lead, "You withdrew"), (cast.office, "Lea Lead withdrew")):
        with pytest.raises(RuleViolation) as refused:
            verb(invitation, by=person)
        assert str(refused.value) == f"{said} this invitation on {day}. Send a new one instead."


def test_who_sent_one_that_is_used_is_not_told_to_sign_in(cast: Cast) -> None:
    invitation, token = invite_nora(cast)
    invitations.accept(token, name="Nora New", password="ward-rounds-at-nine")
    with pytest.raises(RuleViolation, match=r"^nora@example\.org used this invitation on .*\.$"):
        invitations.renew(invitation, by=cast.lead)


def test_nobody_invites_themselves_to_a_role_that_they_hold(cast: Cast) -> None:
    User.objects.filter(pk=cast.lead.pk).update(email="Lea@Example.org")
    cast.lead.refresh_from_db()
    with pytest.raises(RuleViolation, match="You hold this role yourself already"):
        invitations.invite(cast.own, email="lea@example.org", role="lead", by=cast.lead)
    with pytest.raises(RuleViolation, match=r"lea@example\.org holds this role already"):
        invitations.invite(cast.own, email="lea@example.org", role="lead", by=cast.office)
    invitations.invite(cast.own, email="lea@example.org", role="data_entry", by=cast.lead)
    invitations.accept(token_in(Letter.objects.latest("id")), by=cast.lead)
    assert cast.lead.memberships.count() == 2
