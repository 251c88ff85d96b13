"""Shapes: the sizes of a tensor as far as they are known, as numbers, as products of named unknowns, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias


class Size(NamedTuple):
    """A whole number times unknowns that have names: `2 * B * T`."""

    times: int
    of: tuple[object, ...]  # identities, in one order, each as often as it is multiplied


Dim: TypeAlias = "int | Size | None"


class Squeezed(NamedTuple):
    """squeeze() of every dimension of size 1: where, of which sizes, and where those of 1 surely are, from the last."""

    site: object
    dims: tuple[Dim, ...]
    ones: tuple[int, ...]

    @property
    def last(self) -> int:
        """The last dimension that is left where there are several samples, counted from the first."""
        return len(self.dims) - len(self.ones) - 1


class Shape(NamedTuple):
    """Sizes of the last dimensions. open: there may be any number of others before them.

    squeezed: how it came about that nobody knows: with a batch of one, the samples have no dimension.
    """

    dims: tuple[Dim, ...] = ()
    open: bool = False
    squeezed: Squeezed | None = None

    @property
    def rank(self) -> int | None:
        """How many dimensions there are; None where nobody knows."""
        return None if self.open else len(self.dims)

    @property
    def known(self) -> bool:
        """Whether every size is known, as a number or by name."""
        return not self.open and None not in self.dims

    def __str__(self) -> str:
        sizes = ["…"] * self.open + [said(dim) for dim in self.dims]
        return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"


ANY = Shape((), open=True)
"""Nothing is known."""
SCALAR = Shape(())


SIDE = "side"
"""Names of sizes that are the height or the width of a picture: this, where it is from, and which."""


def side(dim: Dim) -> tuple[object, str] | None:
    """Where the picture is from whose height or width a size is, and which; None of any other size."""
    match dim:
        case Size(times=1, of=((str() as sort, site, str() as name),)) if sort == SIDE:
            return site, name
    return None


def said(dim: Dim) -> str:
    """A size in a message."""
    if isinstance(dim, Size):
        return " * ".join([*([str(dim.times)] if dim.times != 1 else []), *map(named, dim.of)])
    return "?" if dim is None else str(dim)


def named(ident: object) -> str:
    """A named unknown in a message: its own name, of a size of a tensor the tensor's and which."""
    match ident:
        case ("key", inner, index):
            return f"{named(inner)}[{getattr(index, 'value', '?')}]"
        case ("attr", (*_, str(owner)), str(name)) if owner.isidentifier():
            return f"{owner}.{name}"
        case (*_, str(name)) if name.isidentifier():
            return name
    return "n"


def times(one: Dim, other: Dim) -> Dim:
    """The product of two sizes."""
    if isinstance(one, int) and isinstance(other, int):
        return one * other
    if one is None or other is None:
        return None
    a = one if isinstance(one, Size) else Size(one, ())
    b = other if isinstance(other, Size) else Size(other, ())
    of = a.of + b.of
    return Size(a.times * b.times, tuple(sorted(of, key=repr)) if a.of and b.of else of)


def product(dims: Iterable[Dim]) -> Dim:
    """How many numbers there are."""
    total: Dim = 1
    for dim in dims:
        total = times(total, dim)
    return total


def quotient(one: Dim, other: Dim) -> Dim:
    """one / other where that is surely a whole number; None elsewhere."""
    if one is None or other is None:
        return None
    a = one if isinstance(one, Size) else Size(one, ())
    b = other if isinstance(other, Size) else Size(other, ())
    if not b.times or a.times % b.times:
        return None
    rest = list(a.of)
    for ident in b.of:
        if ident not in rest:
            return None
        rest.remove(ident)
    return Size(a.times // b.times, tuple(rest)) if rest else a.times // b.times


def equal(one: Dim, other: Dim) -> bool | None:
    """Whether two sizes are the same; None where nobody knows."""
    if one is None or other is None:
        return None
    if one == other:
        return True
    if isinstance(one, int) and isinstance(other, int):
        return False
    number, size = (one, other) if isinstance(one, int) else (other, one)
    if isinstance(number, int) and isinstance(size, Size) and size.times and number % size.times:
        return False
    return None


def agreed(shapes: Iterable[Shape]) -> Shape:
    """What all of some shapes say: of the dimensions from the last on, those that are equal."""
    first, *others = shapes
    for other in others:
        if other != first:
            first = _common(first, other)
    return first


def _common(one: Shape, other: Shape) -> Shape:
    length = min(len(one.dims), len(other.dims))
    pairs = zip(one.dims[len(one.dims) - length :], other.dims[len(other.dims) - length :], strict=True)
    dims = tuple(a if a == b else None for a, b in pairs)
    return Shape(dims, one.open or other.open or len(one.dims) != len(other.dims))
