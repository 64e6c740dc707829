"""Who sees a chart, as its page says it, held against who does."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from measures.models import Measure
from organizations.models import Organization, Participation
from tests.actors import Cast
from tests.measures.series import make_measure

pytestmark = pytest.mark.django_db

ACTORS = {
    "faculty": "its faculty",
    "office": "the office",
    "funder": "the funder",
    "other_lead": "the other participants",
    "past_lead": "past ones too",
    "site_admin": "site admins",
}
"""Readers beside the organization's own people, and how a sentence names them."""
NEVER = ("committee", "elsewhere_lead", "stranger")
FUTURE = "Once it is admitted to a phase"


def read(client: Client, measure: Measure, route: str = "measure") -> str:
    address = reverse(f"measures:{route}", args=["perfection", measure.ref])
    return " ".join(unescape(client.get(address).text).split())


def sentence(client: Client, measure: Measure) -> str:
    """What its own lead reads beside "Who sees the chart"."""
    return read(client, measure).partition("Who sees the chart</dt><dd>")[2].partition("</dd>")[0]


def seen_by(cast: Cast, measure: Measure) -> set[str]:
    rows = Measure.objects.filter(pk=measure.pk)
    return {
        one for one in ACTORS if Measure.objects.visible_to(getattr(cast, one)).filter(pk__in=rows).exists()
    }


def named(words: str) -> set[str]:
    return {one for one, name in ACTORS.items() if name in words}


def of(cast: Cast, organization: Organization, *, is_shared: bool) -> Measure:
    measure = make_measure(organization)
    Measure.objects.update(is_shared=is_shared)
    measure.refresh_from_db()
    for one in NEVER:
        assert not Measure.objects.visible_to(getattr(cast, one)).exists()
    return measure


@pytest.mark.parametrize("is_shared", [True, False])
@pytest.mark.parametrize(
    ("whose", "lead"), [("own", "lead"), ("past", "past_lead"), ("applicant", "applicant_lead")]
)
def test_the_page_names_all_who_see_the_chart_and_nobody_else(
    client: Client, cast: Cast, whose: str, lead: str, is_shared: bool
) -> None:
    measure = of(cast, getattr(cast, whose), is_shared=is_shared)
    client.force_login(getattr(cast, lead))
    said = sentence(client, measure)
    own = set() if is_shared else {lead}
    assert named(said.partition(FUTURE)[0]) == seen_by(cast, measure) - own


@pytest.mark.parametrize("is_shared", [True, False])
def test_an_applicant_is_told_who_sees_it_once_it_is_admitted(
    client: Client, cast: Cast, is_shared: bool
) -> None:
    measure = of(cast, cast.applicant, is_shared=is_shared)
    client.force_login(cast.applicant_lead)
    said = sentence(client, measure)
    Participation.objects.create(
        organization=cast.applicant, phase=cast.implementation, since=cast.implementation.starts_on
    )
    assert FUTURE in said
    assert named(said) == seen_by(cast, measure)


def test_an_applicant_decides_now_what_is_shared_then(client: Client, cast: Cast) -> None:
    measure = of(cast, cast.applicant, is_shared=True)
    client.force_login(cast.applicant_lead)
    page = read(client, measure)
    assert ("Stop sharing" in page, "Do not share it then" in page) == (False, True)
    address = reverse("measures:share", args=["perfection", measure.ref])
    told = unescape(client.post(address, {"shared": "no"}, follow=True).text)
    assert (
        "Once Applicant Hospital is admitted to a phase, its faculty, the office and the funder see" in told
    )
    told = unescape(client.post(address, {"shared": "yes"}, follow=True).text)
    assert (
        "Once Applicant Hospital is admitted to a phase, the other participants see this chart too." in told
    )


def test_whoever_writes_on_a_chart_is_told_the_same(client: Client, cast: Cast) -> None:
    measure = of(cast, cast.applicant, is_shared=True)
    client.force_login(cast.applicant_lead)
    assert f"Who sees the chart: {sentence(client, measure)}" in read(client, measure, "annotation")
