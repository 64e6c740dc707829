"""Two invitations of one new person, taken up at the same moment."""

import pytest

from organizations.models import User
from organizations.services.people import invitations
from p2.errors import RuleViolation
from p2.models import Letter
from tests.actors import make_cast
from tests.at_once import while_it_waits
from tests.organizations.test_invitations import token_in


@pytest.mark.django_db(transaction=True)
def test_the_second_is_told_of_the_account_that_the_first_has_made() -> None:
    cast, keys = make_cast(), []
    for role in ("member", "data_entry"):
        invitations.invite(cast.own, email="nora@example.org", role=role, by=cast.lead)
        keys.append(token_in(Letter.objects.latest("id")))
    first, second = (
        lambda key=key: invitations.accept(key, name="Nora New", password="ward-rounds-at-nine")
        for key in keys
    )
    with pytest.raises(RuleViolation, match=r"^nora@example\.org has an account here\."):
        while_it_waits(first, second)
    nora = User.objects.get(email="nora@example.org")
    assert list(nora.memberships.values_list("role", flat=True)) == ["member"]
