"""Exponentials of predictions, and which of them a loss itself keeps small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dllint.values.ranges import unbounded
from dllint.values.term import Operand, Term, unmoved
from dllint.values.weighted import LAYERS


def predicted(found: Operand) -> bool:
    """Whether a term is made of what layers give and of constants alone, and nothing keeps it small."""
    return unbounded(found) and _of_layers(found)


def _of_layers(found: Operand) -> bool:
    if not isinstance(found, Term):
        return True
    return found.op in LAYERS or (bool(found.of) and all(map(_of_layers, found.of)))


def scored(exponent: Operand) -> tuple[object, bool]:
    """Where the layer stands that an exponent is a multiple of, None where it is no such; whether of a negative one."""
    match unmoved(exponent):
        case Term(op="neg", of=(inner,)):
            at, negative = scored(inner)
            return at, not negative
        case Term(op="*" | "mul" | "/" | "div", of=(Term() as inner, float() as number)):
            at, negative = scored(inner)
            return at, negative != (number < 0)
        case Term(op="*" | "mul", of=(float() as number, Term() as inner)):
            at, negative = scored(inner)
            return at, negative != (number < 0)
        case Term(op=op, at=at) if op in LAYERS:
            return at, False
    return None, False


def tempered(sides: tuple[Operand, ...], exponents: Mapping[object, object]) -> object:
    """Where the layer stands whose exponential a sum keeps in bounds; None for any other sum.

    `mean + noise * exp(s)`, whose width a divergence from a normal distribution holds, and `s - exp(s)`, that is in it.
    exponents: which exponential is of which layer.
    """
    if len(sides) == 2:
        one, other = sides
        return _held(one, other, exponents) or _held(other, one, exponents)
    return None


def _held(one: Operand, other: Operand, exponents: Mapping[object, object]) -> object:
    for factor, alone in _factors(one):
        layer = exponents.get(factor.made)
        if layer is not None and (_adds(other, layer) or (not alone and predicted(other))):
            return layer
    return None


def _factors(found: Operand, *, alone: bool = True) -> Iterator[tuple[Term, bool]]:
    """The factors of a product, each with whether it is the only one."""
    match unmoved(found):
        case Term(op="*" | "mul", of=of):
            for part in of:
                yield from _factors(part, alone=False)
        case Term() as single:
            yield single, alone


def _adds(found: Operand, layer: object) -> bool:
    """Whether what a layer gives is a part of a sum. Of a part that was forgotten nobody knows: it may be."""
    match unmoved(found):
        case Term(op="+" | "-" | "add" | "sub", of=of):
            return not of or any(_adds(part, layer) for part in of)
        case Term(op="moved"):
            return True
        case single:
            return scored(single)[0] == layer
