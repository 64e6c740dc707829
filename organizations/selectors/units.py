"""Which units are named somewhere."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from organizations.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet


def in_use(units: QuerySet[Unit]) -> frozenset[int]:
    """Those of the units that any table points at. The apps above are asked by relation, not by import. One query."""
    names = (Q(**{f"{relation.name}__isnull": False}) for relation in Unit._meta.related_objects)
    return frozenset(units.filter(reduce(or_, names)).values_list("pk", flat=True))
