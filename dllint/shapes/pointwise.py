"""Operations that work number by number: of one tensor, or of several that are broadcast."""

from __future__ import annotations

from dllint.shapes.facts import Clash, Facts, Function
from dllint.values.shape import ANY, Dim, Shape, equal


def same(name: str = "input") -> Function:
    """The shape of one argument."""
    return lambda facts: facts.shape(name)


def broadcast(one: Shape, other: Shape) -> Shape:
    """What two shapes make together. Clash when they cannot."""
    length = max(len(one.dims), len(other.dims))
    dims = [_met(one, other, -place) for place in range(length, 0, -1)]
    return Shape(tuple(dims), one.open or other.open)


def _met(one: Shape, other: Shape, place: int) -> Dim:
    """The size at one place, counted from the last."""
    inside = (-place <= len(one.dims), -place <= len(other.dims))
    if not all(inside):
        has, lacks = (one, other) if inside[0] else (other, one)
        size = has.dims[place]
        return size if not lacks.open or (isinstance(size, int) and size > 1) else None
    a, b = one.dims[place], other.dims[place]
    if a == b or b == 1:
        return a
    if a == 1:
        return b
    large = next((size for size in (a, b) if isinstance(size, int)), None)
    if equal(a, b) is False and isinstance(a, int) and isinstance(b, int):
        raise Clash(f"{one} and {other} cannot be broadcast: {a} against {b}")
    return large


def broadcasting(*names: str) -> Function:
    """The shape that some arguments make together; a number changes nothing."""

    def together(facts: Facts) -> Shape:
        found = ANY
        for index, name in enumerate(names):
            shape = facts.shape(name)
            found = shape if index == 0 else broadcast(found, shape)
        return found

    return together
