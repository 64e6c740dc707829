"""In which language the site speaks to whom."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from measures.services import charts
from organizations.models import User
from organizations.services.people import invitations
from p2 import letters
from p2.models import AuditEntry, Letter
from p2.words.wording import figure
from tests.actors import Cast, make_project, make_unit
from tests.measures.series import log, make_measure
from tests.projects.linked import link

TODAY = "/"
SAID = gettext_lazy("Today")
OF_DJANGO = {"password", "last_login", "is_superuser"}
"""Fields of its own user model; their words are in its own catalogue."""


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


PAGES: dict[str, Callable[[Cast], str]] = {
    "today": lambda cast: TODAY,
    "log": lambda cast: reverse("measures:sheet", args=[cast.collaborative.slug, cast.own.ref]),
    "portfolio": lambda cast: reverse("projects:portfolio", args=[cast.collaborative.slug]),
    "signals": lambda cast: reverse("projects:signals", args=[cast.collaborative.slug]),
    "measure": lambda cast: cast.own.measures.get(name="Falls").get_absolute_url(),
    "project": lambda cast: cast.own.projects.get().get_absolute_url(),
    "organization": lambda cast: cast.own.get_absolute_url(),
    "search": lambda cast: f"{reverse('search')}?q=own",
}


@pytest.fixture
def worked(cast: Cast) -> Cast:
    """The cast with something on each page: charts, a signal, a project, a unit."""
    falls, waits = make_measure(cast.own, "Falls"), make_measure(cast.own, "Waits")
    for measure in (falls, waits):
        log(measure, [4, 6, 5, 7, 4, 6, 5, 7, 4, 6, 5, 7, *[1] * 12])
    project = make_project(cast.own)
    link(project, falls)
    link(project, waits, role="process")
    make_unit(cast.own)
    charts.refresh_stale()
    return cast


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["sv", "en-xa"])
def test_a_page_in_another_language_takes_as_many_queries(
    worked: Cast, client: Client, page: str, language: str
) -> None:
    client.force_login(worked.office)
    address, counts = PAGES[page](worked), []
    for asked in ("en", "en", language):
        with CaptureQueriesContext(connection) as asking:
            answer = client.get(address, headers={"Accept-Language": asked})
        assert (answer.status_code, answer["Content-Language"]) == (200, asked)
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


def test_a_program_is_refused_in_the_language_that_it_names(cast: Cast, client: Client) -> None:
    cast.member.language = "en"
    cast.member.save()
    client.force_login(cast.member)
    refused = [
        client.get("/api/v1/projects/made-up/", headers={"Accept-Language": asked}).json()["detail"]
        for asked in ("en-xa", "tlh")
    ]
    assert (refused[0][0], refused[1][0]) == ("[", "N")


def test_what_cannot_be_read_is_refused_in_the_browsers_language(client: Client) -> None:
    for asked, sentence in (("en-xa", "[Ţĥéŕé"), ("tlh", "There")):
        answer = client.get("/?q=%00", headers={"Accept-Language": asked})
        assert (answer.status_code, answer.text.split()[0]) == (404, sentence)


def test_a_table_to_take_away_is_in_english_for_everybody(cast: Cast, client: Client) -> None:
    client.force_login(cast.office)
    address = f"/c/{cast.collaborative.slug}/people.csv"
    english, other = (client.get(address, headers={"Accept-Language": asked}) for asked in ("en", "en-xa"))
    assert english.content == other.content
    assert "Program office" in other.text
    assert other["Content-Language"] == "en"


def test_the_trail_speaks_one_language_whoever_acts(cast: Cast) -> None:
    with translation.override("en-xa"):
        invitations.invite(cast.collaborative, email="new@example.org", role="faculty", by=cast.office)
    label = AuditEntry.objects.get(verb="invited").subject_label
    assert label == f"new@example.org, Faculty of {cast.collaborative}"


def test_why_a_letter_is_unsure_is_kept_as_a_key_and_said_to_its_reader(db: None) -> None:
    left = timezone.now() - letters.PATIENCE * 2
    Letter.objects.create(key="a", subject="A", state="sending", queued_at=left, sending_at=left)
    with translation.override("en-xa"):
        letters.send_due()
        letter = Letter.objects.get()
        assert letter.failure_words.startswith("[")
    assert (letter.state, letter.failure) == ("unsure", "worker_stopped")
    assert letter.failure_words == "The worker stopped while this was being sent."
    assert Letter(failure="550 No such mailbox").failure_words == "550 No such mailbox"


@pytest.mark.parametrize("app", ["measures", "organizations", "p2", "projects"])
def test_every_field_and_choice_of_the_rows_has_words_that_can_be_translated(app: str) -> None:
    plain = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_fields
        if field.editable and not field.primary_key and field.name not in OF_DJANGO
        for words in (
            field._verbose_name,
            field.help_text or SAID,
            *(label for _, label in field.choices or ()),
        )
        if not isinstance(words, Promise)
    ]
    assert plain == []


def test_numbers_follow_the_language() -> None:
    with translation.override("sv"):
        assert figure(1204.5, 2) == "1\u00a0204,50"
    with translation.override("en-xa"):
        assert figure(1204.5, 2) == "1,204.50"
