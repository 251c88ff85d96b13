"""Terms that write out what a library function computes in a way that is stable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from dllint.values.term import CLAMPS, Operand, Term, alike, unmoved

SUMS = ("sum", "scatter_add", "scatter_sum")
GUARDS = (*CLAMPS, "+", "add")
"""What keeps a sum off 0."""


def softmax_by_hand(top: Operand, bottom: Operand) -> bool:
    """Whether top / bottom is an exponential over its own sum along a dimension or over groups."""
    match unmoved(top), unmoved(bottom):
        case _, Term(op=op, of=(inner, *_)) if op in GUARDS:
            return softmax_by_hand(top, inner)
        case Term(op="exp") as exponential, Term(op=op, of=(summed, *_)) as total if op in SUMS:
            return alike(exponential, summed) and (op != "sum" or total.option("dim") is not None)
    return False


_PRODUCTS = frozenset({"*", "mul", "neg", "mean", "sum", "moved"})
WrittenOut: TypeAlias = tuple[Term, frozenset[object]]
"""A probability, and where the logarithms of it and of its complement stand."""


def cross_entropy_by_hand(found: Term) -> WrittenOut | None:
    """What a sum `y * log(p) + (1 - y) * log(1 - p)` is made of, weighted or not, of either sign.

    None for anything else, for the entropy `p * log(p) + …` too, which no loss of a library computes.
    """
    if not all(isinstance(side, Term) and side.op in _PRODUCTS for side in found.of):
        return None
    first, last = (list(_factors(side)) for side in found.of)
    for one, other in ((first, last), (last, first)):
        log, complement = _logarithm(one), _logarithm(other)
        if log is None or complement is None or not _is_complement(complement, log.of[0]):
            continue
        p = unmoved(log.of[0])
        if (
            isinstance(p, Term)
            and p.op in SATURATING
            and len(one) > 1
            and not any(computed_alike(p, factor) for factor in one)
        ):
            return p, frozenset((log.at, complement.at))
    return None


def _factors(found: Operand) -> Iterator[Operand]:
    """The factors of a product, signs and means left out."""
    match unmoved(found):
        case Term(op="*" | "mul" | "neg" | "mean" | "sum", of=of):
            for part in of:
                yield from _factors(part)
        case single:
            yield single


def _logarithm(factors: list[Operand]) -> Term | None:
    """The one logarithm among factors."""
    found = [one for one in factors if isinstance(one, Term) and one.op in ("log", "log1p") and one.of]
    return found[0] if len(found) == 1 else None


def _is_complement(log: Term, p: Operand) -> bool:
    """Whether a term is log(1 - p)."""
    match log.op, unmoved(log.of[0]):
        case "log", Term(op="-" | "sub", of=(1.0, other)):
            return computed_alike(other, p)
        case "log1p", Term(op="neg", of=(other,)):
            return computed_alike(other, p)
    return False


SATURATING = frozenset({"sigmoid", "softmax", "given"})
"""What is exactly 0 or 1 for large scores. What a function is given as p comes from one of the others, or is wrong."""
REPEATABLE = frozenset({"sigmoid", "softmax", "exp", "tanh", "moved", "linear"})
"""Operations that give the same each time: two calls of them on the same numbers are one."""


def computed_alike(one: Operand, other: Operand) -> bool:
    """Whether two terms stand for the same numbers, computed once or twice."""
    one, other = unmoved(one), unmoved(other)
    if alike(one, other) or not (isinstance(one, Term) and isinstance(other, Term)):
        return alike(one, other)
    same = one.op == other.op and one.op in REPEATABLE and one.options == other.options and one.of
    return bool(same) and len(one.of) == len(other.of) and all(map(computed_alike, one.of, other.of))
