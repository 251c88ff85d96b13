"""Faults that are planted in what infer knows, one at a time."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from dllint.api.entry import Function, Returns
from dllint.infer import entries, operators
from dllint.values import ranges, term
from dllint.values.kind import Kind
from dllint.values.ranges import Range
from dllint.values.term import Term
from tests.oracle import callables
from tests.oracle.programs import EXPRESSIONS


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that infer gets wrong while it is planted. word: programs that do not say it cannot show it."""

    name: str
    word: str
    plant: Callable[[], AbstractContextManager[Any]]


def faults() -> Iterator[Fault]:
    """Every fault there is."""
    yield from _of_kinds()
    yield from _of_ranges()
    yield from _of_moves()
    yield from _of_logarithms()
    yield from _of_gradients()


# ---------------------------------------------------------------- kinds of API entries

OTHER = {
    Kind.PROBABILITIES: Kind.SIGMOID,
    Kind.SIGMOID: Kind.PROBABILITIES,
    Kind.LOG_PROBABILITIES: Kind.LOG_SIGMOID,
    Kind.LOG_SIGMOID: Kind.LOG_PROBABILITIES,
    Kind.RELU: Kind.SIGMOID,
    Kind.TANH: Kind.NORMALISED,
    Kind.NORMALISED: Kind.TANH,
    Kind.INDEX: Kind.BOOLEAN,
    Kind.BOOLEAN: Kind.INDEX,
    Kind.RAW: Kind.RELU,
    Kind.ACTIVATION: Kind.LOG_PROBABILITIES,
}
"""Kind → the one it is likeliest taken for."""


def _of_kinds() -> Iterator[Fault]:
    for template, function in callables.entries():
        if function.returns.how == "kind" and (other := OTHER.get(function.returns.kind)):
            name = f"{template.format(a='x', d=0)} gives {other.value}"
            yield Fault(name, function.short, lambda f=function, k=other: _returning(f, Returns("kind", k)))
        elif function.returns.how == "reduced" and function.returns.of and function.short in CHANGES_ITS_MEANING:
            name = f"{template.format(a='x', d=0)} keeps the kind"
            yield Fault(name, function.short, lambda f=function: _returning(f, Returns("same", of=f.returns.of)))


CHANGES_ITS_MEANING = ("sum", "neg", "cos", "reciprocal", "rsqrt", "cosh", "erfc", "logit", "acos")
"""What gives negative numbers of positive ones, or the other way round, or larger ones."""


@contextmanager
def _returning(function: Function, returns: Returns) -> Iterator[None]:
    """While this lasts, a function of the table, and what is an overload of it, gives something else."""
    real = entries.result

    def result(m: Any, entry: Function, given: Returns, *rest: Any) -> Any:
        return real(m, entry, returns if entry.name == function.name and given == function.returns else given, *rest)

    with mock.patch.object(entries, "result", result):
        yield


# ---------------------------------------------------------------- ranges


def _of_ranges() -> Iterator[Fault]:
    for op in ranges._SPANS.keys() - {"scatter_sum"}:  # which is not torch's
        for end in ("low", "high"):
            yield Fault(f"{end} end of {op} is too near", WRITTEN.get(op, op), lambda op=op, end=end: _cut(op, end))


WRITTEN = {"moved": "", "joined": "", "compared": "", "softmax2d": "Softmax2d"}
"""How a program says an operation whose name is ours."""


def _cut(op: str, end: str) -> AbstractContextManager[Any]:
    rule = ranges._SPANS[op]

    def nearer(t: Term, r: list[Range]) -> Range:
        low, high = rule if isinstance(rule, Range) else rule(t, r)
        return Range(_inward(low, high), high) if end == "low" else Range(low, -_inward(-high, -low))

    return mock.patch.dict(ranges._SPANS, {op: nearer})


def _inward(near: float, far: float) -> float:
    """An end moved towards the other: a quarter of the way, or to a number where one of them is infinite."""
    if near == far:
        return near + 0.5
    if near == -math.inf:
        return min(far, 1.0) - 0.5
    return near + (0.5 if far == math.inf else (far - near) / 4)


# ---------------------------------------------------------------- terms

# What keeps no number, and the oracle is to notice when it is said to.
CHANGES = ("abs", "exp", "neg", "sum", "cumsum", "square", "sqrt", "log", "cos", "tanh", "sigmoid")


def _of_moves() -> Iterator[Fault]:
    for op in sorted(op for op in term.MOVES if any(re.search(rf"\b{op}\(", line) for line in EXPRESSIONS)):
        yield Fault(f"{op} moves nothing", op, lambda op=op: mock.patch.object(term, "MOVES", term.MOVES - {op}))
    for op in CHANGES:
        yield Fault(f"{op} keeps all numbers", op, lambda op=op: mock.patch.object(term, "KEEPS", term.KEEPS | {op}))


def _of_logarithms() -> Iterator[Fault]:
    for table, name, word in ((entries.LOGARITHM, "logarithm", "log"), (entries.EXPONENTIAL, "exponential", "exp")):
        for kind, right in table.items():
            if other := OTHER.get(right):
                yield Fault(
                    f"the {name} of {kind.value} is {other.value}",
                    word,
                    lambda t=table, k=kind, o=other: mock.patch.dict(t, {k: o}),
                )


# ---------------------------------------------------------------- gradients and arithmetic


def _of_gradients() -> Iterator[Fault]:
    yield Fault("detach does not cut", "detach", lambda: mock.patch.object(entries, "_detached", lambda atom: atom))
    yield Fault("nothing is tracked", "", lambda: mock.patch.object(entries, "_from_tracked", return_value=False))
    for kind in (Kind.SIGMOID, Kind.RELU, Kind.LOG_PROBABILITIES):
        yield Fault(
            f"arithmetic makes {kind.value}",
            "",
            lambda k=kind: mock.patch.object(operators, "_kind", return_value=k),
        )
