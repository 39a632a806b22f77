"""No count from one to four can be found again in what is told, by any subtraction."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliveryopt.reports.formats import FEW
from deliveryopt.reports.suppression import (
    Block,
    Told,
    column,
    is_few,
    is_safe,
    joined,
    part,
    partition,
    told_sum,
)

NAMES = ("run", "van", "box", "today", "nobody")
Counts = st.fixed_dictionaries({name: st.integers(0, 9) for name in NAMES})
Least = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 4))


def _possible(
    name: str, block: Block, counts: dict[str, int], least: dict[str, int]
) -> tuple[int, int]:
    """Return the least and the most that a category may be, for a reader of the block's sum."""
    lowest = {one: max(1, least.get(one, 1)) for one in block if counts[one]}
    others = sum(low for one, low in lowest.items() if one != name)
    return lowest[name], sum(counts[one] for one in block) - others


def _known(counts: dict[str, int], least: dict[str, int]) -> dict[str, int]:
    """Return counts that are not below what a reader knows."""
    return {name: max(count, least.get(name, 0)) for name, count in counts.items()}


@given(counts=Counts, least=Least)
def test_a_reader_of_the_blocks_cannot_tell_a_small_count(
    counts: dict[str, int], least: dict[str, int]
) -> None:
    counts = _known(counts, least)
    blocks = partition(counts, least)

    assert sorted(name for block in blocks for name in block) == sorted(NAMES)
    for block in blocks:
        if not is_safe(block, counts, least):
            assert not isinstance(told_sum(block, counts, least), int)
            assert {name for name in NAMES if counts[name]} <= set(block), "all is put together"
            continue
        for name in block:
            if is_few(counts[name]):
                lowest, most = _possible(name, block, counts, least)
                assert most - lowest >= FEW - 1, "each part may be five different numbers"


@given(counts=Counts, todays=Counts)
def test_blocks_of_two_columns_are_safe_in_both(
    counts: dict[str, int], todays: dict[str, int]
) -> None:
    both = joined(partition(counts, {}), partition(todays, {}))

    assert sorted(name for block in both for name in block) == sorted(NAMES)
    for column_counts in (counts, todays):
        whole = tuple(name for name in NAMES if column_counts[name])
        for block in both:
            is_all = set(whole) <= set(block)
            assert is_safe(block, column_counts, {}) or is_all


def _readings(told: list[Told], total: int | None) -> list[tuple[int, ...]]:
    """Return every column of counts that a reader can think of."""
    ranges = [
        [one] if isinstance(one, int) else range(1, FEW if one == "few" else 17) for one in told
    ]
    return [counts for counts in product(*ranges) if total is None or sum(counts) == total]


@given(counts=st.lists(st.integers(0, 8), min_size=1, max_size=4))
def test_a_reader_of_a_column_cannot_tell_a_small_count(counts: list[int]) -> None:
    present = [count for count in counts if count]
    if sum(present) - len(present) < FEW - 1:
        return  # such a sum is never told: see is_safe
    told = column(counts, sum_told=True)
    readings = _readings(told, sum(counts))

    for number, count in enumerate(counts):
        if is_few(count):
            assert len({reading[number] for reading in readings}) >= FEW - 1


@given(count=st.integers(0, 20), more=st.integers(0, 20))
def test_neither_a_part_nor_the_rest_is_small_and_told(count: int, more: int) -> None:
    told = part(count, count + more)

    if isinstance(told, int):
        assert told == count
        assert not is_few(count)
        assert not is_few(more)
    else:
        assert is_few(count) or is_few(more)
        assert (told == "few") == is_few(count)


@pytest.mark.parametrize(
    ("counts", "sum_told", "expected"),
    [
        ([0, 0], True, [0, 0]),
        ([3, 2, 2], True, ["few", "few", "few"]),
        ([3, 2, 2], False, ["few", "few", "few"]),
        ([4, 4], True, ["withheld", "withheld"]),
        ([3, 0, 9], True, ["withheld", 0, "withheld"]),
        ([3, 0, 9], False, ["withheld", 0, "withheld"]),
    ],
)
def test_what_is_told_of_a_column(counts: list[int], sum_told: bool, expected: list[Told]) -> None:  # noqa: FBT001  a parameter of the test
    assert column(counts, sum_told=sum_told) == expected
