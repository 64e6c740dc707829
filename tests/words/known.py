"""Words of `measures` that have no translation yet. Each goes when it has one; with the last of them this file."""

import re
from collections.abc import Mapping
from typing import TypeVar

Where = TypeVar("Where")

KNOWN = (
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|July)\b",
    r"\bQ[1-4]\b|week \d+",
    r"\bby (?:Jun|Dec)|Median [\d.]+|not yet met| to .*, (?:above|below)|\d of 100",
    r"100 for percent|Corrected: |^Withdrawn: |numbers? changed after| numbers?\b|late.* earlier|ļåţé.* earlier",
    r"\] on |Somebody|negative|not whole|only your organization|the other participants see",
    r"annotation|exclusion|freeze|rebase|set a new median|took the median|left out",
    r"\b(?:Measures|Core measures|Corrections|Definitions|Months|Observations)\b",
    r"^(?:Area|Care process|Decimals|Denominator|Direction|Frequency|Goal|Goal date|IOM aim|Kind|Multiplier|Name"
    r"|Numerator|Period|Shape|Unit)$",
)


def unknown(found: Mapping[str, Where]) -> dict[str, Where]:
    """What is found and not known."""
    known = re.compile("|".join(KNOWN))
    return {word: where for word, where in found.items() if not known.search(word)}
