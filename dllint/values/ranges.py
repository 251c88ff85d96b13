"""Which numbers a term stands for, rounding and underflow of float32 included: a softmax can be exactly 0."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Mapping
from typing import NamedTuple

from dllint.values.term import CLAMPS, WEIGHTS, Operand, Term, identity, unmoved


class Range(NamedTuple):
    """Every number lies in [low, high]."""

    low: float = -math.inf
    high: float = math.inf


_EVERYTHING = Range()
_UNIT = Range(0.0, 1.0)
_POSITIVE = Range(0.0)

_SMALLEST = 2.0**-126
"""What is nearer to 0 may be 0 in float32."""

_MOST_UNITS = 2.0**24
"""No softmax goes over more."""


def span(found: Operand) -> Range:
    """The range of the numbers a term stands for."""
    if not isinstance(found, Term):
        return _float32(Range(found, found))
    rule = _SPANS.get(found.op, _EVERYTHING)
    if isinstance(rule, Range):
        return rule
    # An operation on what was forgotten: it is one number, nobody knows which.
    parts = [span(part) for part in found.of] or [_EVERYTHING]
    try:
        return _float32(rule(found, parts))
    except (IndexError, OverflowError, ValueError):  # an operation with other operands than its rule expects
        return _EVERYTHING


def _float32(found: Range) -> Range:
    """A range whose ends float32 can hold. Rounding never changes the order, so what was between them still is."""
    low, high = map(_rounded, found)
    return Range(-math.inf if math.isnan(low) else low, math.inf if math.isnan(high) else high)


def _rounded(number: float) -> float:
    if abs(number) < _SMALLEST:
        return 0.0
    try:
        rounded: float = struct.unpack("f", struct.pack("f", number))[0]
        return rounded
    except OverflowError:
        return math.copysign(math.inf, number)


def _plus(t: Term, r: list[Range]) -> Range:
    if t.option("alpha") is not None:
        return _EVERYTHING
    return Range(r[0].low + r[1].low, r[0].high + r[1].high)


def _minus(t: Term, r: list[Range]) -> Range:
    if t.option("alpha") is not None:
        return _EVERYTHING
    right = unmoved(t.of[1])
    low, high = r[0].low - r[1].high, r[0].high - r[1].low
    if type(right) is Term and right.op in ("max", "amax", "logsumexp"):
        high = min(high, 0.0)  # of the same numbers: what else would anybody subtract
    return Range(low, high)


def _times(t: Term, r: list[Range]) -> Range:
    if len(t.of) == 2 and identity(t.of[0]) is not None and identity(t.of[0]) == identity(t.of[1]):
        return _raised(r[0], 2)
    corners = [_product(a, b) for a in r[0] for b in r[1]]
    return Range(min(corners), max(corners))


def _product(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b


def _over(t: Term, r: list[Range]) -> Range:
    top, bottom = r
    if t.option("rounding_mode") is not None:
        return _EVERYTHING
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
    base, exponent = r
    if exponent.low != exponent.high:
        return _POSITIVE if base.low >= 0 else _EVERYTHING
    return _raised(base, exponent.low)


def _squared(t: Term, r: list[Range]) -> Range:
    return _raised(r[0], 2)


def _raised(base: Range, exponent: float) -> Range:
    """base ** exponent. A fractional power of what is below 0 is no number."""
    if exponent % 2 == 0:
        base = _size(base)
    elif exponent % 1 != 0:
        base = _above_zero(base)
    if exponent < 0 and base.low < 0:
        return _EVERYTHING
    ends = [_raised_end(end, exponent) for end in base]
    return Range(min(ends), max(ends))


def _raised_end(end: float, exponent: float) -> float:
    if end == 0 and exponent < 0:
        return math.inf
    try:
        return float(end**exponent)
    except OverflowError:
        return math.copysign(math.inf, end)


def _size(found: Range) -> Range:
    low, high = found
    return Range(0.0 if low <= 0 <= high else min(abs(low), abs(high)), max(abs(low), abs(high)))


def _above_zero(found: Range) -> Range:
    return Range(max(found.low, 0.0), max(found.high, 0.0))


def _negative(t: Term, r: list[Range]) -> Range:
    return Range(-r[0].high, -r[0].low)


def _clamped(t: Term, r: list[Range]) -> Range:
    """Between the bounds that are numbers. A bound that nobody knows may lie anywhere."""
    low, high = bounds(t)
    above = -math.inf if low is None else low
    below = math.inf if high is None else high
    ends = Range(*(min(max(end, above), below) for end in r[0]))
    return Range(-math.inf if high is None else ends.low, math.inf if low is None else ends.high)


def bounds(t: Term) -> tuple[float | None, float | None]:
    """The bounds of a clamp: infinite where it has none, None where nobody knows."""
    if t.op == "hardtanh":
        return _bound(t, "min_val", -1.0), _bound(t, "max_val", 1.0)
    if len(t.of) > 1:
        return None, None
    low, high = next((names for names in ENDS if any(t.option(name) is not None for name in names)), ENDS[0])
    return _bound(t, low, -math.inf), _bound(t, high, math.inf)


ENDS = (("min", "max"), ("min_value", "max_value"), ("clip_value_min", "clip_value_max"))
"""What the bounds of a clamp are called, in torch, Keras and tensorflow."""


def _bound(t: Term, name: str, without: float) -> float | None:
    match t.option(name):
        case None:
            return without
        case int() | float() as number:
            return _rounded(number)
        case _:
            return None


def _same(t: Term, r: list[Range]) -> Range:
    return r[0]


def _hull(t: Term, r: list[Range]) -> Range:
    return Range(min(part.low for part in r), max(part.high for part in r))


def _summed(t: Term, r: list[Range]) -> Range:
    # At least one number is summed; nobody knows how many.
    return Range(r[0].low if r[0].low >= 0 else -math.inf, r[0].high if r[0].high <= 0 else math.inf)


def _scattered(t: Term, r: list[Range]) -> Range:
    return _summed(t, [_hull(t, [r[0], r[-1]])])


def _exponential(t: Term, r: list[Range]) -> Range:
    return Range(*map(_exp, r[0]))


def _exp(number: float) -> float:
    return math.exp(number) if number < 700 else math.inf


def _sigmoid(t: Term, r: list[Range]) -> Range:
    return Range(*(1 / (1 + _exp(-end)) for end in r[0]))


def _softmax(t: Term, r: list[Range]) -> Range:
    low, high = r[0]
    return Range(_exp(low - high) / _MOST_UNITS if math.isfinite(high - low) else 0.0, 1.0)


def _logarithm(t: Term, r: list[Range]) -> Range:
    return Range(
        math.log(r[0].low) if r[0].low > 0 else -math.inf,
        math.log(r[0].high) if 0 < r[0].high < math.inf else math.inf,
    )


def _root(t: Term, r: list[Range]) -> Range:
    return _raised(r[0], 0.5)


def _magnitude(t: Term, r: list[Range]) -> Range:
    return _size(r[0])


def _rectified(t: Term, r: list[Range]) -> Range:
    return _above_zero(r[0])


def _larger(t: Term, r: list[Range]) -> Range:
    return Range(max(part.low for part in r), max(part.high for part in r))


def _smaller(t: Term, r: list[Range]) -> Range:
    return Range(min(part.low for part in r), min(part.high for part in r))


def _dropped(t: Term, r: list[Range]) -> Range:
    return Range(0.0 if r[0].low >= 0 else -math.inf, 0.0 if r[0].high <= 0 else math.inf)


def _pooled(t: Term, r: list[Range]) -> Range:
    """The mean of a window, into which padding may put zeros."""
    return _EVERYTHING if t.option("divisor_override") is not None else _among_zeros(t, r)


def _among_zeros(t: Term, r: list[Range]) -> Range:
    return _hull(t, [r[0], Range(0.0, 0.0)])


def _numbered(t: Term, r: list[Range]) -> Range:
    """The same where it is a number, and 0 where it is none."""
    return _EVERYTHING if t.options else _among_zeros(t, r)


def _product_of_vectors(t: Term, r: list[Range]) -> Range:
    units = [getattr(unmoved(part), "op", "") == "normalize" for part in t.of]
    return Range(-1.0, 1.0) if units and all(units) else _EVERYTHING


SOFTMAX = ("softmax", "softmin", "softmax2d")

_SPANS: Mapping[str, Range | Callable[[Term, list[Range]], Range]] = {
    **dict.fromkeys(("gumbel_softmax", "hardsigmoid", "rand", "rand_like"), _UNIT),
    **dict.fromkeys(("compared", "differing", "logical_and", "logical_or", "logical_not"), _UNIT),
    **dict.fromkeys(("log_softmax", "logsigmoid"), Range(high=0.0)),
    **dict.fromkeys(("norm", "std", "var", "cdist", "pairwise_distance", "count_nonzero"), _POSITIVE),
    **dict.fromkeys(("zeros", "zeros_like"), Range(0.0, 0.0)),
    **dict.fromkeys(("ones", "ones_like"), Range(1.0, 1.0)),
    **dict.fromkeys(("tanh", "sin", "cos", "cosine_similarity", "sign"), Range(-1.0, 1.0)),
    **dict.fromkeys(SOFTMAX, _softmax),
    "sigmoid": _sigmoid,
    **dict.fromkeys(("@", "matmul", "mm", "bmm"), _product_of_vectors),
    **dict.fromkeys(("moved", "mean", "amax", "amin", "median", "max_pool2d", "quantile"), _same),
    **dict.fromkeys(("nanquantile", "kthvalue", "nanmedian", "mode", "topk", "cummax", "cummin", "max_pool1d"), _same),
    "joined": _hull,
    **dict.fromkeys(("avg_pool1d", "avg_pool2d"), _pooled),
    "diag_embed": _among_zeros,
    "nan_to_num": _numbered,
    **dict.fromkeys((*CLAMPS, "hardtanh"), _clamped),
    **dict.fromkeys(("sum", "nansum", "cumsum", "scatter_sum"), _summed),
    "scatter_add": _scattered,
    "dropout": _dropped,
    "square": _squared,
    "relu": _rectified,
    "relu6": lambda t, r: _smaller(t, [_rectified(t, r), Range(6.0, 6.0)]),
    "abs": _magnitude,
    "exp": _exponential,
    "log": _logarithm,
    "sqrt": _root,
    "neg": _negative,
    **dict.fromkeys(("max", "maximum", "fmax"), _larger),
    **dict.fromkeys(("min", "minimum", "fmin"), _smaller),
    **dict.fromkeys(("+", "add"), _plus),
    **dict.fromkeys(("-", "sub"), _minus),
    **dict.fromkeys(("*", "mul"), _times),
    **dict.fromkeys(("/", "div"), _over),
    **dict.fromkeys(("**", "pow"), _power),
}
"""Operation → the range of what it gives, from the ranges of its operands."""


SCORES = frozenset({"given", "weights", "linear", "bilinear", "conv1d", "conv2d", "conv3d", "embedding"})
"""Operations whose results nothing keeps small: layers, and what a function is given."""

LARGEST_EXPONENT = 88.0
"""exp of more is infinite in float32."""


def unbounded(found: Operand) -> bool:
    """Whether a term surely is made of scores that nothing keeps small, so that exp of it can be infinite.

    Where nobody knows what it is made of, it may be a similarity of normalised vectors: that says no.
    """
    if not isinstance(found, Term) or span(found).high <= LARGEST_EXPONENT:
        return False
    match found:
        case Term(op="moved" | "neg" | "dropout" | "relu" | "leaky_relu" | "sum" | "max", of=(first, *_)):
            return unbounded(first)
        case Term(op="+" | "-" | "*" | "/" | "add" | "sub" | "mul" | "div" | "joined", of=of):
            return all(unbounded(part) or not isinstance(part, Term) for part in of)
        case Term(op="@" | "matmul" | "mm" | "bmm", of=of):
            return WEIGHTS in of
    return found.op in SCORES
