"""The point that completed a signal is the one that shorter and shorter charts, judged one by one, tell."""

from math import nan

from hypothesis import example, given
from hypothesis import strategies as st

from measures.spc import ChartBatch, Evidence, analyse_many
from measures.spc.completing import SIGNALS, completed_at
from measures.spc.result import JUDGED_FROM

NUMBERS = st.one_of(st.integers(0, 9).map(float), st.just(nan), st.just(40.0))
SHIFTED = [5.0, 6.0] * 8 + [1.0, 2.0] * 5
BACK_AGAIN = [*SHIFTED, 7.0, 1.0, 2.0, 1.0]
FAR = [87, 86, 88, 90, 84, 87, 85, 89, 86, 88, 87, 69.0, 86, 87]


def told_by_shorter_charts(values: list[float], split: int, freeze: int, rules: str) -> int:
    """The same as `completed_at`, one chart after the other; -1 where there is no signal."""

    def chart(length: int) -> ChartBatch:
        splits = [split] if split else []
        frozen = freeze if 0 < freeze < length else None
        return analyse_many([values[:length]], splits=splits, freeze=frozen, rules=rules, better="down")

    whole, length = chart(len(values)), len(values)
    if whole.state[0] not in SIGNALS:
        return -1
    evidence = Evidence(int(whole.evidence[0]))
    begun = (
        whole.run_start[0] if evidence.is_shift else whole.far[0] if evidence is Evidence.FAR_NUMBER else -1
    )
    least = max(split + JUDGED_FROM, int(begun) + 1)
    while length > least and chart(length - 1).state[0] == whole.state[0]:
        length -= 1
    return length - 1


@given(
    st.lists(NUMBERS, min_size=10, max_size=30),
    st.integers(0, 12),
    st.integers(0, 14),
    st.sampled_from(["anhoej", "perla", "best_box"]),
)
@example(SHIFTED, 0, 0, "anhoej")
@example(BACK_AGAIN, 0, 0, "anhoej")
@example(FAR, 0, 0, "anhoej")
@example([*SHIFTED, *SHIFTED], 12, 0, "perla")
@example([*SHIFTED, 40.0], 0, 12, "anhoej")
def test_shorter_charts_tell_the_same_point(values: list[float], split: int, freeze: int, rules: str) -> None:
    split = split if split < len(values) else 0
    freeze = 0 if split or freeze >= len(values) else freeze
    batch = analyse_many(
        [values], splits=[split] if split else [], freeze=freeze or None, rules=rules, better="down"
    )
    assert completed_at(batch).tolist() == [told_by_shorter_charts(values, split, freeze, rules)]
