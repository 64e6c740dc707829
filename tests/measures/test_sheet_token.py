"""The token that an open sheet asks for once its reader has signed in again: to whom it is given."""

import pytest
from django.test import Client

from tests.actors import Cast, join
from tests.measures.sheets import address, make, open_month

pytestmark = pytest.mark.django_db


def ask(client: Client, cast: Cast, **asked: str) -> tuple[int, str]:
    answer = client.get(address(cast, "sheet_token"), asked, headers={"X-Requested-With": "fetch"})
    return answer.status_code, answer.text if answer.status_code == 200 else ""


def test_a_page_opened_before_its_reader_signed_in_again_saves_with_a_new_token(cast: Cast) -> None:
    wait = make(cast.own, "Wait", since=open_month())
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.data_entry)
    old = client.get(address(cast)).context["csrf_token"]
    client.logout()  # its cookies are gone: the sign-in gives another one
    client.force_login(cast.data_entry)
    client.get(address(cast))
    sent = {"row": wait.ref, "period": open_month(), f"{wait.ref}-value": "9", f"{wait.ref}-have": "0"}
    assert client.post(address(cast), {**sent, "csrfmiddlewaretoken": str(old)}).status_code == 403
    status, token = ask(client, cast, reader=cast.data_entry.ref)
    assert status == 200
    assert client.post(address(cast), {**sent, "csrfmiddlewaretoken": token}).status_code == 200


def test_the_page_of_another_person_gets_none(client: Client, cast: Cast) -> None:
    client.force_login(cast.lead)
    assert ask(client, cast, reader=cast.data_entry.ref) == (409, "")
    client.force_login(cast.member)
    assert ask(client, cast, reader=cast.data_entry.ref) == (409, "")
    assert ask(client, cast, reader=cast.member.ref) == (403, "")
    client.logout()
    assert ask(client, cast, reader=cast.data_entry.ref) == (302, "")


def test_a_right_that_ended_gets_none(client: Client, cast: Cast) -> None:
    ended = join(cast.stranger, cast.own, "data_entry")
    client.force_login(cast.stranger)
    assert ask(client, cast, reader=cast.stranger.ref)[0] == 200
    ended.delete()
    assert ask(client, cast, reader=cast.stranger.ref) == (404, "")


@pytest.mark.parametrize(("site", "status"), [("same-origin", 200), ("same-site", 403), ("cross-site", 403)])
def test_no_other_site_asks_for_it(client: Client, cast: Cast, site: str, status: int) -> None:
    client.force_login(cast.data_entry)
    asked = {"reader": cast.data_entry.ref}
    answer = client.get(address(cast, "sheet_token"), asked, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == status
