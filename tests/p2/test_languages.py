"""In which language the site speaks to whom."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from organizations.models import User
from organizations.services.people import invitations
from p2.models import Letter
from p2.words.wording import figure
from tests.actors import Cast

TODAY = "/"


def language_of_page(client: Client, person: User | None = None, *, asks: str = "") -> str:
    if person:
        client.force_login(person)
    answer = client.get(TODAY if person else "/accounts/login/", headers={"Accept-Language": asks})
    assert (answer.status_code, "Accept-Language" in answer["Vary"]) == (200, True)
    assert f'<html lang="{answer["Content-Language"]}">' in answer.text
    return answer["Content-Language"]


def test_a_person_reads_in_the_own_language_else_the_browsers_else_the_collaboratives(
    cast: Cast, client: Client
) -> None:
    person, home = cast.member, cast.collaborative
    home.language = "sv"
    home.save()
    assert language_of_page(client, person, asks="tlh, en;q=0.5") == "en"
    assert language_of_page(client, person, asks="tlh") == "sv"
    person.language = "en-xa"
    person.save()
    assert language_of_page(client, person, asks="sv, en;q=0.5") == "en-xa"


def test_a_visitor_reads_in_the_browsers_language_else_the_sites(client: Client, db: None) -> None:
    assert language_of_page(client, asks="sv-SE, en;q=0.5") == "sv"
    assert language_of_page(client, asks="tlh") == "en"


def test_a_language_that_was_taken_away_is_as_none(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.member.pk).update(language="tlh")
    cast.member.refresh_from_db()
    assert language_of_page(client, cast.member, asks="sv") == "sv"
    assert cast.member.reads() == "en"


@pytest.mark.parametrize("language", ["sv", "en-xa"])
def test_a_page_in_another_language_takes_as_many_queries(cast: Cast, client: Client, language: str) -> None:
    client.force_login(cast.faculty)
    counts = []
    for asked in ("en", "en", language):
        with CaptureQueriesContext(
            connection,
        ) as asking:
            client.get(TODAY, headers={"Accept-Language": asked})
        counts.append(len(asking))
    assert counts[1] == counts[2]


def test_a_letter_speaks_its_readers_language_whoever_sends_it(cast: Cast) -> None:
    cast.member.language = "en-xa"
    cast.member.save()
    for address in (cast.member.email, "new@example.org"):
        with translation.override("sv"):
            invitations.invite(cast.collaborative, email=address, role="faculty", by=cast.office)
    subjects = dict(Letter.objects.values_list("address", "subject"))
    assert subjects[cast.member.email].startswith("[")
    assert subjects["new@example.org"] == f"{cast.office} invites you to {cast.collaborative}"


def test_numbers_follow_the_language() -> None:
    with translation.override("sv"):
        assert figure(1204.5, 2) == "1\u00a0204,50"
    with translation.override("en-xa"):
        assert figure(1204.5, 2) == "1,204.50"
