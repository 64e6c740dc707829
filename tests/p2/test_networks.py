"""Where a request comes from, with and without proxies in front."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from p2.web.http import network_of

PROXY = "10.0.0.2"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "203.0.113.9", PROXY),  # the visitor's own word
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # what stands before is the visitor's own word
        (2, "198.51.100.1, 203.0.113.9, 192.0.2.1", "203.0.113.9"),
        (2, "203.0.113.9", PROXY),  # came past the outer one
        (1, "", PROXY),
        (1, "unknown", PROXY),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_a_visitors_network_is_what_the_outermost_of_our_proxies_saw(
    settings: Settings, proxies: int, forwarded: str, network: str
) -> None:
    settings.PROXIES = proxies
    heads = {"x-forwarded-for": forwarded} if forwarded else {}

    assert network_of(RequestFactory().get("/", REMOTE_ADDR=PROXY, headers=heads)) == network
