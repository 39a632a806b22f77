"""Which counts of home orders may be told, so that no count from one to four is given away.

Zero stays zero, one to four is told as fewer than five, and what would give such a count back by
subtraction is not told either: small categories are put together until their sum may be told.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from deliveryopt.reports.formats import FEW

Untold = Literal["few", "withheld"]
"""`few`: one to four; `withheld`: not told, because it would give another count back."""
Told = int | Untold
"""What may be told of a count."""
Block = tuple[str, ...]
"""Categories that are told together."""
EXACT: Final = 1
"""Least count that is told, as `few`, where every count may be told: in an internal report."""


def is_few(count: int, few: int = FEW) -> bool:
    """Return whether a count is one to four; with another `few`, one to the number below it.

    Examples
    --------
    >>> is_few(0), is_few(1), is_few(4), is_few(5), is_few(1, EXACT)
    (False, True, True, False, False)
    """
    return 0 < count < few


def is_safe(
    block: Block, counts: Mapping[str, int], least: Mapping[str, int], few: int = FEW
) -> bool:
    """Return whether the sum of a block may be told.

    Parameters
    ----------
    block
        Categories that are told together.
    counts
        Count of each category.
    least
        What a reader knows a category at least to be, where that is more than 1: for example the
        days on which a van drives.
    few
        Least count that may be told. A told sum must be so much more than the least possible that
        each part may be any number below it, and one more.

    Examples
    --------
    >>> is_safe(("a",), {"a": 5}, {}), is_safe(("a",), {"a": 5}, {"a": 5})
    (True, False)
    """
    present = [name for name in block if counts[name]]
    known = sum(max(1, least.get(name, 1)) for name in present)
    return not present or sum(counts[name] for name in present) - known >= few - 1


def partition(
    counts: Mapping[str, int], least: Mapping[str, int], few: int = FEW
) -> tuple[Block, ...]:
    """Return categories in blocks whose sums may be told, in the order given.

    What may be told by itself is a block of its own, and so is what is zero. All else is put
    together, with the smallest of the others where that is needed. The block of everything may
    still not be told.

    Examples
    --------
    >>> partition({"run": 7, "van": 6, "box": 1, "today": 0}, {})
    (('run',), ('van', 'box'), ('today',))
    >>> partition({"run": 1, "van": 2}, {})
    (('run', 'van'),)
    """
    alone = [name for name in counts if is_safe((name,), counts, least, few)]
    together = [name for name in counts if name not in alone]
    others = sorted((name for name in alone if counts[name]), key=lambda name: counts[name])
    while together and others and not is_safe(tuple(together), counts, least, few):
        together.append(others.pop(0))
    merged = tuple(name for name in counts if name in together)
    blocks = [(name,) for name in counts if name not in together] + ([merged] if merged else [])
    order = list(counts)
    return tuple(sorted(blocks, key=lambda block: order.index(block[0])))


def joined(first: Sequence[Block], second: Sequence[Block]) -> tuple[Block, ...]:
    """Return the finest blocks that split no block of two partitions of the same categories.

    Examples
    --------
    >>> joined((("a",), ("b", "c"), ("d",)), (("a", "b"), ("c",), ("d",)))
    (('a', 'b', 'c'), ('d',))
    """
    order = [name for block in first for name in block]
    group = {name: {name} for name in order}
    for block in (*first, *second):
        union = set[str]().union(*(group[name] for name in block))
        for name in union:
            group[name] = union
    names = list(dict.fromkeys(tuple(sorted(group[name], key=order.index)) for name in order))
    return tuple(names)


def part(count: int, whole: int, few: int = FEW) -> Told:
    """Return what may be told of a part of a whole that is told.

    Examples
    --------
    >>> part(0, 12), part(3, 12), part(9, 12), part(12, 12), part(6, 12)
    (0, 'few', 'withheld', 12, 6)
    """
    if is_few(count, few):
        return "few"
    return "withheld" if is_few(whole - count, few) else count


def column(counts: Sequence[int], *, sum_told: bool, few: int = FEW) -> list[Told]:
    """Return what may be told of counts; if one of them is small, no number is told.

    Parameters
    ----------
    counts
        Counts of one column.
    sum_told
        Whether a reader knows their sum.
    few
        Least count that may be told.

    Examples
    --------
    >>> column([6, 0, 8], sum_told=True), column([2, 0, 3, 1], sum_told=True)
    ([6, 0, 8], ['few', 0, 'few', 'few'])
    >>> column([2, 6], sum_told=False), column([1, 1], sum_told=True)
    (['withheld', 'withheld'], ['withheld', 'withheld'])
    """
    present = [count for count in counts if count]
    if not any(is_few(count, few) for count in present):
        return list(counts)
    mark: Untold = "few" if all(is_few(count, few) for count in present) else "withheld"
    most = few - 1
    others = len(present) - 1
    if sum_told and (sum(present) - others < most or sum(present) - most * others > 1):
        mark = "withheld"
    return [mark if count else 0 for count in counts]


def told_sum(
    block: Block, counts: Mapping[str, int], least: Mapping[str, int], few: int = FEW
) -> Told:
    """Return what may be told of the sum of a block.

    Examples
    --------
    >>> told_sum(("a", "b"), {"a": 1, "b": 2}, {}), told_sum(("a",), {"a": 6}, {"a": 5})
    ('few', 'withheld')
    """
    total = sum(counts[name] for name in block)
    if is_safe(block, counts, least, few):
        return total
    return "few" if is_few(total, few) else "withheld"
