"""Branches of torch.where whose gradient is no number where the other branch is taken."""

from __future__ import annotations

from collections.abc import Iterator

from dllint.values.by_hand import computed_alike
from dllint.values.ranges import span
from dllint.values.term import Operand, Term, unmoved
from dllint.values.weighted import weighted
from dllint.values.zeros import attains_zero

NEAR_ZERO = 1e-2
LINEAR = frozenset({"+", "-", "*", "neg", "add", "sub", "mul", "sum", "mean"})
"""Operations that hand a gradient of 0 on as 0, so that it meets what lies behind them."""
STEEP = frozenset({"log", "log2", "log10", "sqrt", "rsqrt", "reciprocal"})


def pole(branch: Operand, condition: Operand) -> Term | None:
    """The operation in a branch whose slope is infinite where the condition keeps its result out; None for none.

    The gradient that comes back there is 0, and 0 * inf is no number.
    """
    asked = list(_asked(condition))
    for steep, argument in _steep(branch) if asked else ():
        if any(computed_alike(argument, one) for one in asked) and weighted(branch) and _meets(steep, argument):
            return steep
    return None


def _asked(condition: Operand) -> Iterator[Operand]:
    """What a condition compares with 0, or nearly so."""
    match unmoved(condition):
        case Term(op="compared" | "differing", of=of) as compared:
            numbers = [part for part in (*of, compared.option("other")) if isinstance(part, (int, float))]
            if len(numbers) == 1 and abs(numbers[0]) <= NEAR_ZERO:
                yield from (part for part in of if isinstance(part, Term))
        case Term(op="logical_and" | "logical_or" | "logical_not", of=of):
            for part in of:
                yield from _asked(part)


def _steep(found: Operand) -> Iterator[tuple[Term, Operand]]:
    """The operations of a branch that are infinitely steep at 0, each with what it is taken of."""
    match unmoved(found):
        case Term(op=op, of=(argument,)) as steep if op in STEEP:
            yield steep, argument
        case Term(op="/" | "div", of=(top, Term() as bottom)) as steep:
            yield steep, bottom
            yield from _steep(top)
        case Term(op="**" | "pow", of=(Term() as base, float() as exponent)) as steep if exponent < 1:
            yield steep, base
        case Term(op=op, of=of) if op in LINEAR:
            for part in of:
                yield from _steep(part)


def _meets(steep: Term, argument: Operand) -> bool:
    """Whether an argument is exactly 0 at times: no continuous number is, but a root is steep below 0 too."""
    low = span(argument).low
    return low == 0 or attains_zero(argument) or (low < 0 and (steep.op in ("sqrt", "rsqrt") or 0.5 in steep.of))
