"""The small inputs that other tools get wrong: a folder beside the project, which the public does not have."""

from pathlib import Path

import pytest

CASES = Path(__file__).parents[3] / "shared" / "cases"


def shared_case(name: str, *, suffix: str = "") -> Path:
    """The file of the case with this number; a test is skipped where the folder is not there."""
    found = sorted(CASES.glob(f"{name}-*{suffix}"))
    if not found:
        pytest.skip("The folder shared/cases is not here: it is not public.")
    return found[0]
