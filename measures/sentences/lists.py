"""What a list says of a chart: its state, the kind of change, and what it rests on where it is no shift."""

from django.utils.translation import gettext_lazy, ngettext

from measures.spc import Evidence

STATES = {
    "improvement": gettext_lazy("improvement"),
    "concern": gettext_lazy("concern"),
    "unusual": gettext_lazy("unusual, direction unclear"),
    "common": gettext_lazy("common cause"),
    "no_rules": gettext_lazy("rules not applicable"),
    "too_few": gettext_lazy("not judged yet"),
    "none": gettext_lazy("no numbers yet"),
}
"""By `State.mark`."""

EVIDENCE = {
    Evidence.FEW_CROSSINGS: gettext_lazy("fewer crossings than chance"),
    Evidence.PAST_SHIFT: gettext_lazy("an earlier shift"),
    Evidence.TREND: gettext_lazy("a trend"),
    Evidence.MANY_CROSSINGS: gettext_lazy("more runs than chance"),
    Evidence.RUNS_AND_CROSSINGS: gettext_lazy("long runs, few crossings"),
    Evidence.FAR_NUMBER: gettext_lazy("one number far from the others"),
}

HEADLINES = {
    ("concern", True): gettext_lazy("A shift in the wrong direction"),
    ("concern", False): gettext_lazy("Unusual runs, leaning the wrong way"),
    ("improvement", True): gettext_lazy("Improvement holds"),
    ("improvement", False): gettext_lazy("Unusual runs, leaning the right way"),
    ("unusual", True): gettext_lazy("A shift"),
    ("unusual", False): gettext_lazy("Unusual, direction unclear"),
}
"""What kind of signal it is, by its state and whether a shift is in force."""

HEADLINES_OF = {
    ("concern", True): gettext_lazy("%(organization)s: a shift in the wrong direction"),
    ("concern", False): gettext_lazy("%(organization)s: unusual runs, leaning the wrong way"),
    ("improvement", True): gettext_lazy("%(organization)s: improvement holds"),
    ("improvement", False): gettext_lazy("%(organization)s: unusual runs, leaning the right way"),
    ("unusual", True): gettext_lazy("%(organization)s: a shift"),
    ("unusual", False): gettext_lazy("%(organization)s: unusual, direction unclear"),
}
"""The same where the organization is named first."""


def steady(count: int, *, is_rebased: bool) -> str:
    """Of a chart on which nothing fired: "24 points, no change"; "steady" after a new median."""
    if is_rebased:
        words = ngettext("%(count)d point, steady", "%(count)d points, steady", count)
    else:
        words = ngettext("%(count)d point, no change", "%(count)d points, no change", count)
    return words % {"count": count}
