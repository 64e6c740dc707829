"""The pages of collaboratives, organizations and people: what they show, and what a form does."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from organizations.models import Collaborative, Invitation, Organization, Phase, User
from organizations.services.people import invitations, roles
from p2.models import Letter
from tests.actors import Cast, make_organization, make_person, make_phase
from tests.shown_forms import shown


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_roster_of_an_applicant_holds_itself_alone(cast: Cast) -> None:
    url = reverse("organizations:collaborative", args=["perfection"])
    seen_by = {
        actor: [row.name for row in signed_in(getattr(cast, actor)).get(url).context["page"].roster]
        for actor in ("lead", "applicant_lead", "office")
    }
    assert seen_by == {
        "lead": ["Other Hospital", "Own Hospital", "Past Hospital"],
        "applicant_lead": ["Applicant Hospital"],
        "office": ["Applicant Hospital", "Other Hospital", "Own Hospital", "Past Hospital"],
    }


def test_the_roster_is_taken_away_as_a_table(cast: Cast) -> None:
    answer = signed_in(cast.lead).get(reverse("organizations:roster_csv", args=["perfection"]))
    assert answer.content.decode("utf-8-sig").splitlines() == [
        '"Organization","Kind","Place","Phase I, Planning","Phase II, Implementation"',
        '"Other Hospital","Hospital","","Grant","Grant"',
        '"Own Hospital","Hospital","","Grant","Grant"',
        '"Past Hospital","Hospital","","Grant",""',
    ]


def test_the_page_of_a_collaborative_costs_the_same_with_thirty_organizations(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, url = signed_in(cast.faculty), reverse("organizations:collaborative", args=["perfection"])
    with django_assert_max_num_queries(100) as queries:
        client.get(url)
    before = len(queries)
    for number in range(27):
        phase = make_phase(cast.collaborative, 10 + number, date(2010, 1, 1), date(2011, 1, 1))
        make_organization(cast.collaborative, phases=(phase,))
    with django_assert_max_num_queries(before):
        assert len(client.get(url).context["page"].roster) == 30


def test_the_people_page_costs_the_same_with_thirty_people(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.lead)
    url = reverse("organizations:organization_people", args=["perfection", cast.own.ref])
    client.post(url, {"email": "a0@example.org", "role": "member"})
    with django_assert_max_num_queries(100) as queries:
        client.get(url)
    before = len(queries)
    for number in range(1, 30):
        client.post(url, {"email": f"a{number}@example.org", "role": "member"})
        cast.own.roles.create(user=make_person(), role="member", since=cast.lead.date_joined)
    with django_assert_max_num_queries(before):
        page = client.get(url).context
    assert (len(page["people"]), len(page["invitations"])) == (33, 30)


def test_a_site_admin_starts_a_collaborative_and_goes_on_to_its_people(cast: Cast) -> None:
    facts = {"name": "Stroke", "slug": "stroke", "time_zone": "UTC", "language": "sv"}
    facts |= {"run_rules": "anhoej", "closing_day": "20"}
    answer = signed_in(cast.site_admin).post(reverse("organizations:new_collaborative"), facts)
    assert (answer.status_code, answer["Location"]) == (302, "/c/stroke/people/")
    stroke = Collaborative.objects.get(slug="stroke")
    assert (stroke.name, stroke.language) == ("Stroke", "sv")


def test_a_taken_name_is_said_in_the_form_and_what_was_typed_stays(cast: Cast) -> None:
    url = reverse("organizations:new_organization", args=["perfection"])
    facts = {"name": "Own Hospital", "kind": "county", "time_zone": "UTC", "region": "Jönköping"}
    answer = signed_in(cast.office).post(url, facts)
    assert answer.context["form"].non_field_errors() == [
        "Own Hospital is in this collaborative already. Take another name."
    ]
    assert 'value="Jönköping"' in answer.content.decode()
    assert Organization.objects.filter(region="Jönköping").count() == 0


def test_a_phase_that_ends_before_it_starts_is_said_beside_its_field(cast: Cast) -> None:
    url = reverse("organizations:new_phase", args=["perfection"])
    facts = {
        "ordinal": 3,
        "name": "Late",
        "starts_on": "2004-05-01",
        "ends_on": "2004-04-01",
        "min_projects": 0,
    }
    answer = signed_in(cast.office).post(url, facts)
    assert answer.context["form"].errors == {"ends_on": ["A phase ends after it starts."]}
    assert Phase.objects.filter(name="Late").count() == 0


def test_the_office_admits_an_applicant(cast: Cast) -> None:
    url = reverse("organizations:admit", args=["perfection", cast.implementation.ref])
    client = signed_in(cast.office)
    offered = list(client.get(url).context["form"].fields["organization"].choices)[1:]
    assert offered == [(one.pk, one.label) for one in (cast.applicant, cast.past)]
    client.post(url, {"organization": cast.applicant.pk, "funding": "sponsored"})
    assert cast.applicant.participations.get().funding == "sponsored"


def test_an_invited_person_lands_on_the_form_that_is_due(cast: Cast) -> None:
    for number, (role, landing) in enumerate(
        [
            ("data_entry", reverse("measures:sheet", args=["perfection", cast.own.ref])),
            ("lead", cast.own.get_absolute_url()),
            ("member", reverse("today")),
        ]
    ):
        assert accept(cast, invited(cast, f"p{number}@example.org", role)) == landing
    for number, (role, landing) in enumerate(
        [
            ("faculty", reverse("projects:portfolio", args=["perfection"])),
            ("office", cast.collaborative.get_absolute_url()),
            ("committee", reverse("today")),
        ]
    ):
        assert accept(cast, invited(cast, f"q{number}@example.org", role)) == landing


def invited(cast: Cast, email: str, role: str) -> str:
    """Invite through the page; the address in the letter."""
    if role in {"faculty", "office", "committee"}:
        page = reverse("organizations:people", args=["perfection"])
        signed_in(cast.office).post(page, {"email": email, "role": role})
    else:
        page = reverse("organizations:organization_people", args=["perfection", cast.own.ref])
        signed_in(cast.lead).post(page, {"email": email, "role": role})
    return re.findall(r"/invitation/\S+", Letter.objects.get(address=email).text)[0]


def accept(cast: Cast, url: str) -> str:
    """Accept as a new person; where that leads, signed in."""
    client = Client()
    answer = client.post(url, {"name": "Nora New", "password": "ward-rounds-at-nine"})
    assert client.get(reverse("organizations:me")).status_code == 200
    return str(answer["Location"])


def test_a_weak_password_is_said_beside_its_field(cast: Cast) -> None:
    url = invited(cast, "nora@example.org", "member")
    answer = Client().post(url, {"name": "Nora", "password": "nora"})
    assert list(answer.context["form"].errors) == ["password"]
    assert User.objects.filter(email="nora@example.org").count() == 0


@pytest.mark.parametrize(
    ("actor", "sentence"),
    [
        (None, "has an account here. Sign in, then accept."),
        ("member", "and you are signed in as"),
        ("stranger", "Accept the invitation"),
    ],
)
def test_an_invitation_tells_a_person_what_to_do(cast: Cast, actor: str | None, sentence: str) -> None:
    url = invited(cast, cast.stranger.email, "data_entry")
    client = signed_in(getattr(cast, actor)) if actor else Client()
    assert sentence in client.get(url).content.decode()


def test_an_invitation_for_a_closed_account_says_what_opens_it(cast: Cast) -> None:
    url = invited(cast, cast.stranger.email, "data_entry")
    User.objects.filter(pk=cast.stranger.pk).update(is_active=False)
    said = Client().get(url).content.decode()
    assert f"The account of {cast.stranger.email} is closed" in said
    assert "Sign in, then accept." not in said


def test_an_unknown_key_opens_no_page(cast: Cast) -> None:
    assert Client().get(reverse("organizations:invitation", args=["made-up"])).status_code == 404


def test_a_withdrawn_invitation_says_whom_to_ask(cast: Cast) -> None:
    url = invited(cast, "nora@example.org", "member")
    signed_in(cast.lead).post(
        reverse("organizations:withdraw_invitation", args=["perfection", Invitation.objects.get().ref])
    )
    assert "was withdrawn. Ask Lea Lead about it." in Client().get(url).content.decode()


def words(client: Client, url: str) -> str:
    return " ".join(unescape(client.get(url).text).split())


def test_a_used_invitation_leads_its_own_person_on_and_asks_no_second_sign_in(cast: Cast) -> None:
    url = invited(cast, cast.stranger.email, "data_entry")
    sheet = reverse("measures:sheet", args=["perfection", cast.own.ref])
    own = signed_in(cast.stranger)
    answer = own.post(url, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "You are in: your role in Own Hospital is Data entry."
    ]
    assert f'href="{sheet}">Go to Own Hospital</a>' in words(own, url)
    assert "Sign in" not in words(own, url)
    assert "Go to Own Hospital" not in words(signed_in(cast.member), url)
    roles.end(cast.stranger.memberships.get(), by=cast.lead)
    assert "Go to Own Hospital" not in words(own, url)


@pytest.mark.parametrize("ended", ["used", "withdrawn", "ran out", "not backed"])
def test_an_invitation_that_is_over_is_told_as_past(cast: Cast, ended: str) -> None:
    url = invited(cast, "nora@example.org", "member")
    assert "Lea Lead invites you to Own Hospital" in words(Client(), url)
    found = Invitation.objects.get()
    if ended == "used":
        accept(cast, url)
    elif ended == "withdrawn":
        invitations.withdraw(found, by=cast.lead)
    elif ended == "ran out":
        Invitation.objects.update(expires_at=timezone.now())
    else:
        cast.lead.memberships.update(ended_at=timezone.now())
    told = words(Client(), url)
    assert ("invites you" in told, "Lea Lead invited you to Own Hospital" in told) == (False, True)


def test_an_address_is_read_whole_however_long_it_is(cast: Cast) -> None:
    email = "maria.de.la.concepcion.fernandez-villanueva@example.org"
    page = words(Client(), invited(cast, email, "member"))
    assert f'<span class="whole" aria-hidden="true">{email}</span><input type="email"' in page


def test_an_invented_name_is_asked_about_on_a_demo_site_and_where_there_is_one(
    cast: Cast, settings: Settings
) -> None:
    page = reverse("organizations:edit_organization", args=["perfection", cast.own.ref])
    lead = signed_in(cast.lead)

    def asks() -> bool:
        return "name_is_invented" in lead.get(page).context["form"].fields

    settings.DEMO_SITE = False
    assert asks() is False
    Organization.objects.update(name_is_invented=True)
    assert asks() is True
    Organization.objects.update(name_is_invented=False)
    settings.DEMO_SITE = True
    assert asks() is True


def test_ending_a_role_is_asked_before_it_is_done(cast: Cast) -> None:
    membership = cast.member.memberships.get()
    url = reverse("organizations:end_membership", args=["perfection", cast.own.ref, membership.ref])
    client = signed_in(cast.lead)
    assert "End Mia Member’s role: Member?" in client.get(url).content.decode()
    assert cast.member.memberships.get().ended_at is None
    client.post(url)
    assert cast.member.memberships.get().ended_at is not None


def test_a_person_changes_their_profile(cast: Cast) -> None:
    url = reverse("organizations:me")
    browser = signed_in(cast.member)
    seen = {"have": shown(browser, url)["have"]}
    browser.post(url, {"name": "Mia Maria", "time_zone": "Europe/Stockholm"} | seen)
    cast.member.refresh_from_db()
    assert (cast.member.name, cast.member.time_zone, cast.member.wants_digest) == (
        "Mia Maria",
        "Europe/Stockholm",
        False,
    )


def test_a_demo_site_signs_in_its_own_people_and_nobody_else(cast: Cast, settings: Settings) -> None:
    settings.DEMO_SITE = True
    make_person("Demo Lead", email="lead@demo.example")
    make_person("Demo Admin", email="admin@demo.example", is_staff=True)
    url = reverse("demo_sign_in")
    answers = {
        address: Client().post(url, {"as": address}).status_code
        for address in ("lead@demo.example", "admin@demo.example", cast.lead.email, "")
    }
    assert answers == {"lead@demo.example": 302, "admin@demo.example": 404, cast.lead.email: 404, "": 404}
