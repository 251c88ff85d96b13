"""What a shape function may ask of a call, and how it says that the sizes cannot meet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from dllint.values.shape import SCALAR, Dim, Shape


class Clash(Exception):
    """Sizes that cannot meet: the call raises whatever the unknown sizes are. Its text is the finding's."""


class Facts(Protocol):
    """The arguments of a call, of its receiver's constructor where it is a layer's."""

    def has(self, name: str) -> bool:
        """Whether an argument was passed."""

    def shape(self, name: str) -> Shape:
        """Of a tensor argument; ANY where nothing is known."""

    def pictured(self, name: str) -> bool:
        """Whether an argument is a PIL image."""

    def name(self, name: str) -> str:
        """How a library names the constant that an argument is; "" where it is none of a library."""

    def side(self, name: str) -> Dim:
        """The side of a picture that this call makes, under this name."""

    def shapes(self, name: str) -> list[Shape] | None:
        """Of each tensor in a list; None where they cannot be counted."""

    def each(self, name: str) -> Shape:
        """Of any tensor in a list of which nobody knows how long it is."""

    def constant(self, name: str) -> object:
        """A constant argument, its default where it was not passed; UNKNOWN where nobody knows it."""

    def batch(self, size: Dim) -> Dim:
        """The size of a dimension that holds independent samples: noted as such, and named where nobody knows it."""

    def sizes(self, name: str) -> tuple[Dim, ...] | None:
        """Sizes, as one tuple or as several arguments; None where they cannot be counted."""


UNKNOWN = object()
"""An argument whose value nobody knows."""

Result: TypeAlias = "Shape | tuple[Shape | tuple[Shape, ...], ...]"
Function: TypeAlias = Callable[[Facts], Result]


def number(facts: Facts, name: str) -> int | None:
    """A whole number that is known."""
    found = facts.constant(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def flag(facts: Facts, name: str) -> bool | None:
    """A truth value that is known."""
    found = facts.constant(name)
    return found if isinstance(found, bool) else None


def place(shape: Shape, dim: object) -> int | None:
    """Where a dimension stands, counted from the last: -1. None where nobody knows; Clash when there is no such.

    None for a number too, of which torch takes 0 and -1.
    """
    if not isinstance(dim, int) or isinstance(dim, bool) or (shape == SCALAR and dim in (0, -1)):
        return None
    length = len(shape.dims)
    if dim < 0:
        if -dim > length and not shape.open:
            raise Clash(f"dimension {dim} of a tensor of {length} dimensions {shape}")
        return dim if -dim <= length else None
    if shape.open:
        return None
    if dim >= length:
        raise Clash(f"dimension {dim} of a tensor of {length} dimensions {shape}")
    return dim - length


def changed(shape: Shape, where: int, *sizes: Dim) -> Shape:
    """The shape with one dimension, counted from the last, replaced by some or none."""
    before, after = shape.dims[: len(shape.dims) + where], shape.dims[len(shape.dims) + where + 1 :]
    return Shape((*before, *sizes, *after), shape.open)
