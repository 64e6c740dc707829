"""What the tests of the ground share."""

import secrets

import pytest

from p2.stamps import store


@pytest.fixture
def own_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash of the test's own: those who test beside it renew stamps in the same broker, which ends with the run."""
    monkeypatch.setattr(store, "HASH", f"p2:stamps:{secrets.token_hex(6)}")
