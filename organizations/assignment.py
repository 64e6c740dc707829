"""Who reads which application: exactly so many readers each, loads alike, the fitting ones first, everybody joined.

A programme of whole numbers, solved exactly. Readings flow from applications to readers: an application sends
`readings`, a reader takes up to a maximum, and each further reading of a reader costs more than the one before, so
that the cheapest flow has the most even loads that conflicts allow. What fits decides between even loads, and never
outweighs one. A flow comes out in whole numbers by itself. Only where the readers fall into groups that share no
application is a condition added, that one application is read on both sides, and the programme solved anew: readers
who are joined can be compared with each other, and groups apart cannot.

References
----------
Ahuja RK, Magnanti TL, Orlin JB. Network Flows. Prentice Hall 1993: minimum cost flows, convex costs.
Huangfu Q, Hall JAJ. Parallelizing the dual revised simplex method. Mathematical Programming Computation
2018;10:119-142 (HiGHS, which scipy calls).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, block_diag, csr_array, eye_array, kron
from scipy.sparse.csgraph import connected_components

Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
Matrix = NDArray[np.float64]

TIE = 1e-3
"""How much of a fit chance may outweigh, so that the seed decides between equals."""


@dataclass(frozen=True, eq=False)
class Requirements:
    """What an assignment has to keep.

    `closed`, `kept` and `fit` are applications by readers: readings that may not be (by a conflict, or a reader's
    refusal), readings that stand already, and how well a reader fits an application, 0 to 1. `most` is each reader's
    own maximum.
    """

    readings: int
    closed: Flags
    kept: Flags
    fit: Matrix
    most: Counts
    seed: int = 0


class Why(StrEnum):
    """Why a reader has fewer readings than another."""

    OWN_MAXIMUM = "own_maximum"
    FEW_OPEN = "few_open"  # reads all that is open to them
    OTHERS_NEEDED = (
        "others_needed"  # where the others read, too few may: by conflicts, or by what stands already
    )


@dataclass(frozen=True)
class Uneven:
    """A reader with at least two readings fewer than another."""

    reader: int
    load: int
    why: Why


@dataclass(frozen=True, eq=False)
class Assignment:
    """Who reads what, applications by readers; each reader's load; and what is less even or joined than wished."""

    chosen: Flags
    loads: Counts
    uneven: tuple[Uneven, ...]
    groups: int  # of readers joined through applications that they share; 1 is wished


class UnattainableError(ValueError):
    """Some applications cannot have their readings. `missing`: by an application's place, how many it lacks."""

    def __init__(self, missing: dict[int, int]) -> None:
        super().__init__(missing)
        self.missing = missing


def assign(required: Requirements) -> Assignment:
    """The best assignment; the same for the same seed.

    Raises UnattainableError where an application would lack a reader: then nothing is assigned.

    >>> closed = np.zeros((4, 3), bool)
    >>> closed[0, 0] = True
    >>> answer = assign(Requirements(2, closed, np.zeros((4, 3), bool), np.eye(4, 3), np.full(3, 9)))
    >>> answer.chosen[0].tolist(), answer.loads.tolist(), answer.groups
    ([False, True, True], [2, 3, 3], 1)
    """
    chosen = _solve(_Programme(required, ()))
    sides: list[Flags] = []
    while required.readings > 1 and (groups := _groups(chosen)).max(initial=0) > 0:
        sides += [groups == group for group in range(1, groups.max() + 1)]
        try:
            chosen = _solve(_Programme(required, tuple(sides)))
        except UnattainableError:
            break
    return Assignment(
        chosen, chosen.sum(axis=0), _uneven(required, chosen), int(_groups(chosen).max(initial=0)) + 1
    )


@dataclass(frozen=True, eq=False)
class _Programme:
    """The unknowns, one after the other: each reading; each reader's first, second … one; how many readings an
    application lacks; and for each of the `sides` which application is read both on it and beside it."""

    required: Requirements
    sides: tuple[Flags, ...]

    @cached_property
    def steps(self) -> list[NDArray[np.int64]]:
        """For each reader 1, 2 … up to the most that they may read, or that stands already."""
        most = np.maximum(
            np.minimum(self.required.most, len(self.required.closed)), self.required.kept.sum(axis=0)
        )
        return [np.arange(1, one + 1) for one in most.tolist()]

    def column(self, readings: ArrayLike, steps: ArrayLike, lacks: ArrayLike, joins: ArrayLike) -> Matrix:
        """One number for each unknown, of each kind one for all or one each."""
        applications, readers = self.required.closed.shape
        sizes = (
            applications * readers,
            sum(map(len, self.steps)),
            applications,
            applications * len(self.sides),
        )
        parts = zip((readings, steps, lacks, joins), sizes, strict=True)
        return np.concatenate([np.broadcast_to(np.ravel(part), size) for part, size in parts]).astype(
            np.float64
        )

    @property
    def costs(self) -> Matrix:
        """One step less even costs more than all fits together, and a reading that lacks more than any load."""
        required, applications = self.required, len(self.required.closed)
        drawn = np.random.default_rng(required.seed).random(required.fit.shape)
        even = 2 * (required.readings * applications + 1)
        steps = np.concatenate([np.arange(0), *self.steps])
        return self.column(-(required.fit + TIE * drawn), even * steps, even * (applications + 2), 0)

    @property
    def bounds(self) -> Bounds:
        required = self.required
        return Bounds(
            self.column(required.kept, 0, 0, 0),
            self.column(~required.closed | required.kept, 1, required.readings, 1),
        )

    def solved(self) -> Matrix:
        """The cheapest value of each unknown. Raises UnattainableError where the sides cannot be joined."""
        found = milp(
            self.costs,
            integrality=self.column(bool(self.sides), 0, 0, 1),
            bounds=self.bounds,
            constraints=list(self.constraints()),
            options={"mip_rel_gap": 0},
        )
        if found.x is None:
            raise UnattainableError({})
        return np.asarray(found.x)

    def constraints(self) -> Iterator[LinearConstraint]:
        """Every application has its readings or lacks them; a reader's steps are the readings; sides are joined."""
        applications, readers = self.required.closed.shape
        each, every = eye_array(applications), np.ones((1, applications))
        of_reader = block_diag([-np.ones((1, len(steps))) for steps in self.steps])
        rows = block_array(
            [
                [kron(each, np.ones((1, readers))), None, each],
                [kron(every, eye_array(readers)), of_reader, None],
            ]
        )
        sums = np.concatenate([np.full(applications, float(self.required.readings)), np.zeros(readers)])
        yield LinearConstraint(self._wide(rows), sums, sums)
        before = rows.shape[1]
        for number, side in enumerate(self.sides):
            at = before + number * applications
            for half in (side, ~side):
                beside = csr_array((applications, at - applications * readers))
                there = kron(each, half[None, :].astype(np.float64))
                yield LinearConstraint(self._wide(block_array([[there, beside, -each]])), 0, np.inf)
            yield LinearConstraint(self._wide(block_array([[csr_array((1, at)), every]])), 1, np.inf)

    def _wide(self, rows: csr_array) -> csr_array:
        """These rows with nothing in the columns that they do not reach."""
        cells = rows.tocoo()
        return csr_array((cells.data, (cells.row, cells.col)), shape=(rows.shape[0], len(self.costs)))


def _solve(programme: _Programme) -> Flags:
    """The cheapest readings. Raises UnattainableError where some lack, or where the sides cannot be joined."""
    required = programme.required
    found = programme.solved() if required.closed.size else np.zeros(0)
    chosen = found[: required.closed.size].reshape(required.closed.shape) > 0.5
    lacks = required.readings - chosen.sum(axis=1)
    if lacks.any():
        raise UnattainableError({place: int(lacks[place]) for place in np.flatnonzero(lacks).tolist()})
    return np.asarray(chosen)


def _groups(chosen: Flags) -> Counts:
    """To which group each reader belongs, joined through applications that they share; -1 for who reads nothing."""
    shared = chosen.astype(np.int64).T @ chosen
    reads = np.flatnonzero(chosen.any(axis=0))
    groups = np.full(chosen.shape[1], -1)
    groups[reads] = connected_components(shared[np.ix_(reads, reads)], directed=False)[1]
    return groups


def _uneven(required: Requirements, chosen: Flags) -> tuple[Uneven, ...]:
    """Whoever has two readings or more fewer than another, and why."""
    loads, open_to = chosen.sum(axis=0), (~required.closed | required.kept).sum(axis=0)
    found = []
    for reader in np.flatnonzero(loads < loads.max(initial=0) - 1).tolist():
        load = int(loads[reader])
        why = (
            Why.OWN_MAXIMUM
            if load == required.most[reader]
            else Why.FEW_OPEN
            if load == open_to[reader]
            else Why.OTHERS_NEEDED
        )
        found.append(Uneven(reader, load, why))
    return tuple(found)
