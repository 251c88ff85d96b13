"""Which numbers a term stands for, rounding and underflow of float32 included: a softmax can be exactly 0."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from dllint.values.term import Operand, Term, alike, unmoved


class Range(NamedTuple):
    """Every number lies in [low, high]."""

    low: float = -math.inf
    high: float = math.inf


_EVERYTHING = Range()
_UNIT = Range(0.0, 1.0)
_POSITIVE = Range(0.0)


def span(found: Operand) -> Range:
    """The range of the numbers a term stands for."""
    if not isinstance(found, Term):
        return Range(found, found)
    rule = _SPANS.get(found.op, _EVERYTHING)
    if isinstance(rule, Range):
        return rule
    try:
        return rule(found, [span(part) for part in found.of])
    except (IndexError, OverflowError, ValueError):  # an operation with other operands than its rule expects
        return _EVERYTHING


def _plus(t: Term, r: list[Range]) -> Range:
    return Range(r[0].low + r[1].low, r[0].high + r[1].high)


def _minus(t: Term, r: list[Range]) -> Range:
    right = unmoved(t.of[1])
    if type(right) is Term and right.op in ("max", "amax", "logsumexp"):
        return Range(high=0.0)  # of the same numbers: what else would anybody subtract
    return Range(r[0].low - r[1].high, r[0].high - r[1].low)


def _times(t: Term, r: list[Range]) -> Range:
    if alike(*t.of):
        return _even(t, r)
    corners = [_product(a, b) for a in r[0] for b in r[1]]
    return Range(min(corners), max(corners))


def _product(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b


def _over(t: Term, r: list[Range]) -> Range:
    top, bottom = r
    if bottom.low > 0:
        corners = [_quotient(a, b) for a in top for b in bottom]
        return Range(min(corners), max(corners))
    if top.low >= 0 and bottom.low >= 0:
        return _POSITIVE
    return _EVERYTHING


def _quotient(a: float, b: float) -> float:
    if math.isinf(b):
        return 0.0 if not math.isinf(a) else math.copysign(math.inf, a)
    return a / b


def _power(t: Term, r: list[Range]) -> Range:
    exponent = r[1]
    if exponent.low != exponent.high:
        return _POSITIVE if r[0].low >= 0 else _EVERYTHING
    if exponent.low % 2 == 0:
        return _even(t, r)
    if r[0].low < 0:
        return _EVERYTHING
    ends = sorted(end**exponent.low if end or exponent.low > 0 else math.inf for end in r[0])
    return Range(*ends)


def _even(t: Term, r: list[Range]) -> Range:
    low, high = r[0]
    ends = (low * low, high * high)
    return Range(0.0 if low <= 0 <= high else min(ends), max(ends))


def _negative(t: Term, r: list[Range]) -> Range:
    return Range(-r[0].high, -r[0].low)


def _clamped(t: Term, r: list[Range]) -> Range:
    low, high = t.option("min"), t.option("max")
    above = float(low) if isinstance(low, (int, float)) else -math.inf
    below = float(high) if isinstance(high, (int, float)) else math.inf
    return Range(min(max(r[0].low, above), below), max(min(r[0].high, below), above))


def _same(t: Term, r: list[Range]) -> Range:
    return r[0]


def _summed(t: Term, r: list[Range]) -> Range:
    # At least one number is summed; nobody knows how many.
    return Range(r[0].low if r[0].low >= 0 else -math.inf, r[0].high if r[0].high <= 0 else math.inf)


def _exponential(t: Term, r: list[Range]) -> Range:
    # exp(-104) is 0 in float32.
    low = math.exp(r[0].low) if r[0].low > -100 and r[0].low < 700 else 0.0
    return Range(low, math.exp(r[0].high) if r[0].high < 700 else math.inf)


def _logarithm(t: Term, r: list[Range]) -> Range:
    return Range(
        math.log(r[0].low) if r[0].low > 0 else -math.inf,
        math.log(r[0].high) if 0 < r[0].high < math.inf else math.inf,
    )


def _root(t: Term, r: list[Range]) -> Range:
    return Range(math.sqrt(max(r[0].low, 0.0)), math.sqrt(r[0].high) if r[0].high >= 0 else math.inf)


def _magnitude(t: Term, r: list[Range]) -> Range:
    low, high = r[0]
    return Range(0.0 if low <= 0 <= high else min(abs(low), abs(high)), max(abs(low), abs(high)))


def _rectified(t: Term, r: list[Range]) -> Range:
    return Range(max(r[0].low, 0.0), max(r[0].high, 0.0))


def _larger(t: Term, r: list[Range]) -> Range:
    if len(r) < 2:
        return r[0]
    return Range(max(r[0].low, r[1].low), max(r[0].high, r[1].high))


def _smaller(t: Term, r: list[Range]) -> Range:
    if len(r) < 2:
        return r[0]
    return Range(min(r[0].low, r[1].low), min(r[0].high, r[1].high))


def _dropped(t: Term, r: list[Range]) -> Range:
    return Range(0.0 if r[0].low >= 0 else -math.inf, 0.0 if r[0].high <= 0 else math.inf)


def _product_of_vectors(t: Term, r: list[Range]) -> Range:
    return Range(-1.0, 1.0) if all(getattr(unmoved(part), "op", "") == "normalize" for part in t.of) else _EVERYTHING


_SPANS: Mapping[str, Range | Callable[[Term, list[Range]], Range]] = {
    **dict.fromkeys(("softmax", "softmin", "sigmoid", "softmax2d", "gumbel_softmax", "hardsigmoid", "rand"), _UNIT),
    **dict.fromkeys(("rand_like", "compared"), _UNIT),
    **dict.fromkeys(("log_softmax", "logsigmoid"), Range(high=0.0)),
    **dict.fromkeys(("norm", "std", "var", "cdist", "pairwise_distance", "count_nonzero"), _POSITIVE),
    **dict.fromkeys(("zeros", "zeros_like"), Range(0.0, 0.0)),
    **dict.fromkeys(("ones", "ones_like"), Range(1.0, 1.0)),
    **dict.fromkeys(("tanh", "sin", "cos", "cosine_similarity", "sign"), Range(-1.0, 1.0)),
    "relu6": Range(0.0, 6.0),
    **dict.fromkeys(("@", "matmul", "mm", "bmm"), _product_of_vectors),
    **dict.fromkeys(("moved", "mean", "amax", "amin", "median", "max_pool2d", "avg_pool2d", "quantile"), _same),
    **dict.fromkeys(("clamp", "clip", "clamp_min", "clamp_max", "hardtanh"), _clamped),
    **dict.fromkeys(("sum", "nansum", "cumsum", "scatter_add", "scatter_sum"), _summed),
    **dict.fromkeys(("dropout", "alpha_dropout"), _dropped),
    **dict.fromkeys(("square",), _even),
    "relu": _rectified,
    "abs": _magnitude,
    "exp": _exponential,
    "log": _logarithm,
    "sqrt": _root,
    "neg": _negative,
    "max": _larger,
    "maximum": _larger,
    "min": _smaller,
    "minimum": _smaller,
    "+": _plus,
    "add": _plus,
    "-": _minus,
    "sub": _minus,
    "*": _times,
    "mul": _times,
    "/": _over,
    "div": _over,
    "**": _power,
    "pow": _power,
}
"""Operation → the range of what it gives, from the ranges of its operands."""


def attains_zero(found: Operand) -> bool:
    """Whether a term that is at least 0 is exactly 0 in practice: where it is cut off, saturates, or counts.

    A norm or a variance can be 0 too, and is so for no data anybody has.
    """
    if not isinstance(found, Term):
        return found == 0
    match found:
        case Term(op="relu" | "relu6" | "dropout" | "compared" | "softmax" | "sigmoid" | "gumbel_softmax" | "zeros"):
            return True
        case Term(op="clamp" | "clip" | "clamp_min"):
            return found.option("min") == 0
        case Term(op="-", of=(float(), Term() as right)):
            return attains_zero(right)  # 1 - sigmoid: it saturates at both ends
        case Term(op="*" | "mul", of=of):
            return any(attains_zero(part) for part in of)
        case Term(op="moved" | "mean" | "sum" | "/" | "div" | "max" | "**" | "pow" | "square", of=(first, *_)):
            return attains_zero(first)
    return False
