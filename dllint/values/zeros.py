"""Which terms are exactly 0 in practice: cut off, saturated, counted, or a difference of the same numbers.

A norm or a variance can be 0 too, and is so for no data anybody has.
"""

from __future__ import annotations

from dllint.values.ranges import SOFTMAX, bounds, span
from dllint.values.term import CLAMPS, WEIGHTS, Operand, Term, alike, is_part, unmoved

LARGEST = ("max", "amax")
SMALLEST = ("min", "amin")
TOGETHER = ("sum", "nansum", "mean", "norm", "max", "amax", "count_nonzero")
"""Reductions that are 0 where all that they take together is."""


def attains_zero(found: Operand) -> bool:
    """Whether a term is exactly 0 in practice."""
    return _attains(found, 0.0)


def _attains(found: Operand, number: float) -> bool:
    """Whether a term is exactly this number in practice, 0 or 1."""
    low, high = span(found)
    if not low <= number <= high or not isinstance(found, Term):
        return low == number == high
    match found:
        case Term(op="relu" | "dropout" | "relu6"):
            return number == 0
        case Term(op=op) if op in SOFTMAX:
            return low == 0 and number in (0, 1)
        case Term(op="sigmoid", of=(scores,)) if scores == WEIGHTS:
            return False  # no weight grows so large
        case Term(op="sigmoid" | "compared" | "zeros" | "zeros_like"):
            return number in (0, 1)
        case Term(op="sum" | "mean" | "max" | "amax", of=(inner,)) if getattr(unmoved(inner), "op", "") in SOFTMAX:
            return low == 0 and _across(found, inner)
        case Term(op=op, of=(only,)) if op in TOGETHER:
            return number == 0 and _all_zero(only, found)
        case Term(op=op) if op in CLAMPS:
            return _clamps_to(found, number)
        case Term(op="-", of=(float() as left, Term() as right)):
            return _attains(right, left - number)  # 1 - sigmoid: it saturates at both ends
        case Term(op="-", of=(left, right)) if number == 0:
            return _among_themselves(left, right)
        case Term(op="logical_not", of=(inner,)):
            return _attains(inner, 1 - number)
        case Term(op="*" | "mul" | "logical_and", of=of):
            return number == 0 and any(_attains(part, number) for part in of) and not all(map(_is_side, of))
        case Term(op="maximum" | "max" | "logical_or", of=of):
            return all(_attains(part, number) for part in of)
        case Term(op="joined", of=of):
            return any(_attains(part, number) for part in of)
        case Term(op="**" | "pow", of=(first, float() as exponent)):
            return exponent > 0 and _attains(first, number)
        case Term(op="/" | "div" | "sqrt" | "abs", of=(first, *_)):
            return number == 0 and _attains(first, number)
        case Term(op="moved" | "square", of=(first, *_)):
            return _attains(first, number)
    return False


def _across(found: Term, inner: Operand) -> bool:
    """Whether a reduction of a softmax surely goes over another dimension: over its own, the largest is above 0."""
    if not isinstance(inner, Term):
        return False
    over, along = found.option("dim"), inner.option("dim")
    return isinstance(over, int) and isinstance(along, int) and over != along


def _clamps_to(found: Term, number: float) -> bool:
    """Whether a bound of a clamp is the number, or lets it through. 1 - 1e-8 is 1 in float32."""
    low, high = bounds(found)
    if low is None or high is None:
        return False
    return number in (low, high) or (low < number < high and _attains(found.of[0], number))


def _among_themselves(left: Operand, right: Operand) -> bool:
    """Whether numbers are subtracted from themselves in another order, as `x[:, None] - x` does: the diagonal is 0."""
    if is_part(left) or is_part(right):  # the width of a box is no difference of the same numbers
        return False
    return alike(left, right) and "moved" in (getattr(left, "op", ""), getattr(right, "op", ""))


def _is_side(found: Operand) -> bool:
    """Whether a term is the side of a box, clamped for those that do not meet: an area is divided by where they do."""
    match unmoved(found):
        case Term(op=op, of=(Term(op="-" | "sub"), *_)):
            return op in CLAMPS
    return False


def _all_zero(found: Operand, within: Term) -> bool:
    """Whether all numbers that a reduction takes together are 0 in practice: those of dead units, of an empty mask."""
    match found:
        case Term(op="relu" | "relu6" | "compared" | "logical_and" | "logical_or" | "logical_not"):
            return attains_zero(found)
        case Term(op=op) if op in CLAMPS:
            return _clamps_to(found, 0.0)
        case Term(op="-", of=(float(), Term(op="compared" | "moved") as counted)):
            return _attains(found, 0.0) and _all_zero(counted, within)
        case Term(op="-", of=(left, right)) if within.op not in LARGEST and within.option("dim") is not None:
            return _among_themselves(left, right)
        case Term(op="*" | "mul", of=of):
            return any(_all_zero(part, within) for part in of)
        case Term(op="**" | "pow" | "moved" | "square" | "abs" | "sum" | "mean" | "/" | "div", of=(first, *_)):
            return attains_zero(found) and _all_zero(first, within)
    return False


def is_spread(found: Operand) -> bool:
    """Whether a term is the largest of some numbers less their smallest: 0 where they are all the same."""
    match unmoved(found):
        case Term(op="-" | "sub", of=(top, bottom)):
            return _same_numbers(top, LARGEST, bottom, SMALLEST)
        case Term(op=op, of=(shifted,)) if op in LARGEST:
            return _is_shifted(unmoved(shifted))
    return False


def _is_shifted(found: Operand) -> bool:
    """Whether a term is numbers less their smallest."""
    match found:
        case Term(op="-" | "sub", of=(numbers, bottom)):
            match unmoved(bottom):
                case Term(op=low, of=(of_low,)):
                    return low in SMALLEST and alike(numbers, of_low)
    return False


def _same_numbers(one: Operand, ops: tuple[str, ...], other: Operand, other_ops: tuple[str, ...]) -> bool:
    """Whether two reductions, one of these and one of those, are of the same numbers."""
    match unmoved(one), unmoved(other):
        case Term(op=op, of=(of_one,)), Term(op=other_op, of=(of_other,)):
            return op in ops and other_op in other_ops and alike(of_one, of_other)
    return False
