"""Who reads what: exact numbers, no conflicts, even loads, fit, joined readers; held against all choices of a few."""

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizations.assignment import (
    TIE,
    Flags,
    Matrix,
    Requirements,
    UnattainableError,
    Uneven,
    Why,
    assign,
)

APPLICATIONS, MEMBERS, READINGS = 226, 14, 3
"""The reference programme's."""


def required(
    closed: Flags, fit: Matrix | None = None, *, readings: int = READINGS, seed: int = 0, **facts: object
) -> Requirements:
    most = np.asarray(facts.get("most", np.full(closed.shape[1], len(closed))))
    kept = np.asarray(facts.get("kept", np.zeros(closed.shape, bool)))
    return Requirements(readings, closed, kept, np.zeros(closed.shape) if fit is None else fit, most, seed)


def programme(seed: int = 1) -> tuple[Flags, Matrix]:
    """Conflicts of one reading in twenty, and fits in thirds."""
    drawn = np.random.default_rng(seed)
    return drawn.random((APPLICATIONS, MEMBERS)) < 0.05, drawn.integers(0, 4, (APPLICATIONS, MEMBERS)) / 3


def test_every_application_has_its_readers_and_nobody_reads_what_is_closed() -> None:
    closed, fit = programme()
    answer = assign(required(closed, fit))
    assert (answer.chosen.sum(axis=1) == READINGS).all()
    assert not (answer.chosen & closed).any()
    assert sorted(set(answer.loads.tolist())) == [48, 49]
    assert (answer.uneven, answer.groups) == ((), 1)
    assert fit[answer.chosen].mean() > 0.9 > 2 * fit.mean() - 0.2


def test_the_same_seed_gives_the_same_and_another_another_that_is_as_good() -> None:
    closed, fit = programme()
    first, again, other = (assign(required(closed, fit, seed=seed)) for seed in (7, 7, 8))
    assert (first.chosen == again.chosen).all()
    assert (first.chosen != other.chosen).any()
    assert fit[first.chosen].sum() == pytest.approx(fit[other.chosen].sum(), abs=1)


def test_two_camps_of_expertise_are_joined_by_an_application_that_both_read() -> None:
    closed, camps = np.zeros((40, 6), bool), np.zeros((40, 6))
    camps[:20, :3] = camps[20:, 3:] = 1
    answer = assign(required(closed, camps))
    assert (answer.groups, sorted(answer.loads.tolist())) == (1, [20] * 6)
    assert camps[answer.chosen].sum() == 40 * READINGS - 2, "one application a side gives one reader"


def test_readers_whom_conflicts_keep_apart_are_said_to_be_two_groups() -> None:
    closed = np.ones((40, 6), bool)
    closed[:20, :3] = closed[20:, 3:] = False
    assert assign(required(closed)).groups == 2


def test_with_one_reading_each_nobody_can_be_joined_and_nothing_is_tried() -> None:
    assert assign(required(np.zeros((6, 3), bool), readings=1)).groups == 3


def test_a_member_with_190_conflicts_reads_all_that_is_left_and_the_others_share_evenly() -> None:
    closed, fit = programme()
    closed[:190, 3] = True
    answer = assign(required(closed, fit))
    left = int((~closed[:, 3]).sum())
    assert answer.uneven == (Uneven(reader=3, load=left, why=Why.FEW_OPEN),)
    assert np.ptp(np.delete(answer.loads, 3)) <= 1


def test_own_maxima_hold_and_who_reads_nothing_joins_nobody() -> None:
    closed, fit = programme()
    most = np.full(MEMBERS, 200)
    most[[2, 4]] = 10, 0
    answer = assign(required(closed, fit, most=most))
    assert [(one.reader, one.load, one.why) for one in answer.uneven] == [
        (2, 10, Why.OWN_MAXIMUM), (4, 0, Why.OWN_MAXIMUM),
    ]  # fmt: skip
    assert np.ptp(np.delete(answer.loads, [2, 4])) <= 1
    assert answer.groups == 1


def test_where_only_some_may_read_they_read_more_and_it_is_said_why() -> None:
    closed = np.zeros((12, 4), bool)
    closed[:8, 2:] = True
    answer = assign(required(closed, readings=2))
    assert sorted(answer.loads.tolist()) == [3, 4, 8, 9], (
        "even they are joined: one of the first two reads beyond"
    )
    assert {(one.load, one.why) for one in answer.uneven} == {(3, Why.OTHERS_NEEDED), (4, Why.FEW_OPEN)}
    kept = np.zeros((12, 4), bool)
    kept[:, 0] = True
    answer = assign(required(np.zeros((12, 4), bool), readings=2, kept=kept))
    assert (answer.loads[0], sorted(answer.loads[1:].tolist())) == (12, [4, 4, 4])
    assert {one.why for one in answer.uneven} == {Why.OTHERS_NEEDED}


def test_what_stands_is_kept_also_where_a_conflict_was_told_since() -> None:
    closed, fit = programme()
    before = assign(required(closed, fit))
    kept = before.chosen.copy()
    kept[:, 5] = False  # member 5 leaves
    most = np.full(MEMBERS, 200)
    most[5] = 0
    after = assign(required(closed, fit, kept=kept, most=most))
    assert (after.chosen & kept == kept).all()
    assert after.loads[5] == 0
    assert np.ptp(np.delete(after.loads, 5)) <= 1


def test_where_an_application_lacks_readers_nothing_is_assigned_and_it_is_named() -> None:
    closed, fit = programme()
    closed[5, :12], closed[9, :13] = True, True
    closed[5, 12:], closed[9, 13:] = False, False
    with pytest.raises(UnattainableError) as refused:
        assign(required(closed, fit))
    assert refused.value.missing == {5: 1, 9: 2}


def test_readers_too_few_for_all_are_counted() -> None:
    with pytest.raises(UnattainableError) as refused:
        assign(required(np.zeros((10, 3), bool), readings=2, most=np.full(3, 6)))
    assert sum(refused.value.missing.values()) == 2


@settings(max_examples=30)
@given(st.data())
def test_among_all_choices_of_a_few_none_is_better(data: st.DataObject) -> None:
    flags = st.lists(st.booleans(), min_size=16, max_size=16).map(lambda row: np.reshape(row, (4, 4)))
    closed = data.draw(flags) & data.draw(flags)
    fit = np.reshape(data.draw(st.lists(st.integers(0, 3), min_size=16, max_size=16)), (4, 4)) / 3
    most = np.array(data.draw(st.lists(st.integers(1, 4), min_size=4, max_size=4)))
    choices = list(all_choices(closed, most))
    if not choices:
        with pytest.raises(UnattainableError):
            assign(required(closed, fit, readings=2, most=most))
        return
    answer = assign(required(closed, fit, readings=2, most=most))
    best = min(worth(one, fit) for one in choices)
    apart, unevenness, misfit = worth(answer.chosen, fit)
    assert (apart, unevenness) == best[:2]
    assert misfit <= best[2] + TIE * 8


def all_choices(closed: Flags, most: np.ndarray) -> Iterator[Flags]:
    """Every choice of two open readers an application within everybody's maximum."""
    open_to = [np.flatnonzero(~row).tolist() for row in closed]
    for pairs in product(*(combinations(readers, 2) for readers in open_to)):
        chosen = np.zeros(closed.shape, bool)
        for place, pair in enumerate(pairs):
            chosen[place, list(pair)] = True
        if (chosen.sum(axis=0) <= most).all():
            yield chosen


def worth(chosen: Flags, fit: Matrix) -> tuple[bool, int, float]:
    """Whether its readers are apart; how uneven it is; how badly it fits."""
    groups: list[set[int]] = []
    for row in chosen:
        met = set(np.flatnonzero(row).tolist())
        groups = [group for group in groups if not group & met] + [
            met.union(*(group for group in groups if group & met))
        ]
    return len(groups) > 1, int((chosen.sum(axis=0) ** 2).sum()), -float(fit[chosen].sum())


def test_an_empty_round_is_an_empty_answer() -> None:
    assert assign(required(np.zeros((0, 3), bool))).chosen.shape == (0, 3)


def test_without_readers_all_that_is_asked_is_missing() -> None:
    with pytest.raises(UnattainableError) as refused:
        assign(required(np.zeros((2, 0), bool)))
    assert refused.value.missing == {0: READINGS, 1: READINGS}


def test_what_stands_may_be_more_than_a_maximum_that_was_told_since() -> None:
    kept = np.zeros((6, 4), bool)
    kept[:5, 0] = True
    answer = assign(required(np.zeros((6, 4), bool), readings=2, kept=kept, most=np.array([2, 6, 6, 6])))
    assert (answer.loads[0], int(answer.loads.sum())) == (5, 12)
