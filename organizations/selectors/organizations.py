"""What lists of organizations ask beside their rows."""

from __future__ import annotations

from django.db.models import F, Prefetch

from organizations.models import Participation


def listed_participations() -> Prefetch[str]:
    """The participations of organizations as their `listed`, each with its phase's ref as `phase_ref`."""
    rows = Participation.objects.annotate(phase_ref=F("phase__ref"))
    return Prefetch("participations", queryset=rows, to_attr="listed")
