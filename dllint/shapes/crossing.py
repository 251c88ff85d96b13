"""Whether a view tears apart what belongs together.

A view keeps the row of numbers and cuts it anew. It cuts or joins whole dimensions when, of the products of the last
sizes before and after, one always divides the other; where two do not, an index of the new shape runs through parts of
several of the old.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from math import gcd

from dllint.values.shape import Dim, Shape, Size, equal, product, times


def crosses(before: Shape, after: Shape) -> bool:
    """Whether a view from one shape to the other surely regroups; False where nobody knows."""
    if not (before.known and after.known) or equal(product(before.dims), product(after.dims)) is not True:
        return False
    decided = _decided(before, after)
    ends = [*_products(after)]
    return any(_apart(one, other, decided) for one in _products(before) for other in ends)


def _decided(before: Shape, after: Shape) -> bool:
    """Whether numbers tell sizes apart as names do: each name is a whole dimension of both, and numbers are only put
    in another order, without a common divisor, or stand beside names. n and n + 1 are a shift by one, and meant.
    """
    names = [Counter(d for d in shape.dims if isinstance(d, Size)) for shape in (before, after)]
    if names[0] != names[1] or any(size.times != 1 or len(size.of) != 1 for size in names[0]):
        return False
    numbers = [d for d in before.dims if isinstance(d, int) and d != 1]
    others = [d for d in after.dims if isinstance(d, int) and d != 1]
    if names[0]:
        return True
    pairs = [*combinations(numbers, 2)]
    return Counter(numbers) == Counter(others) and all(gcd(a, b) == 1 and abs(a - b) > 1 for a, b in pairs)


def _products(shape: Shape) -> Iterator[Size]:
    """Of the last size, of the last two, …"""
    total: Dim = 1
    for dim in reversed(shape.dims):
        total = times(total, dim)
        yield total if isinstance(total, Size) else Size(total or 0, ())


def _apart(one: Size, other: Size, decided: bool) -> bool:
    """Whether neither is a multiple of the other."""
    ours, theirs = Counter(one.of) - Counter(other.of), Counter(other.of) - Counter(one.of)
    if ours and theirs:
        return True
    shared = max(gcd(one.times, other.times), 1)
    a, b = one.times // shared > 1, other.times // shared > 1
    return decided and (a or bool(ours)) and (b or bool(theirs))
