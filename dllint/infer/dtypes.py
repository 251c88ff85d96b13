"""Types of the numbers in tensors: what a call or an operator makes of those it is given, where that is sure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dllint.api import bind as binding
from dllint.api.entry import Function as Entry
from dllint.infer import choices, constants
from dllint.plain import replace
from dllint.values import dtype
from dllint.values.dtype import CONVERSIONS, FLOAT, FLOATS, INTEGERS, OLD, named
from dllint.values.kind import Kind
from dllint.values.term import KEEPS, MOVES
from dllint.values.value import Const, Library, Many, Tensor, TupleOf, Union, Unknown, Value, atoms, lift

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

Bound = dict[str, Value]

SCORES = (
    *(Kind.RAW, Kind.PROBABILITIES, Kind.LOG_PROBABILITIES, Kind.SIGMOID, Kind.LOG_SIGMOID),
    *(Kind.RELU, Kind.TANH, Kind.ACTIVATION, Kind.LOSS),
)
BORN = {Kind.INDEX: "int64", Kind.BOOLEAN: "bool", **dict.fromkeys(SCORES, FLOAT)}
"""The type of a tensor that a call makes anew, by what its numbers mean."""


def of(value: Value | None) -> str:
    """The type of the numbers of a tensor, or of a number; "" where nobody knows or alternatives differ."""
    match value:
        case Tensor(dtype=known):
            return known
        case Const(value=number):
            return dtype.of_number(number)
        case Union():
            found = {of(atom) for atom in atoms(value)}
            return found.pop() if len(found) == 1 else ""
    return ""


def given(m: Machine, entry: Entry, bound: Bound, value: Value) -> Value:
    """The result of a call, its numbers of the type that the call makes."""
    short = entry.short
    if short[-1] == "_" and short[-2:] != "__":
        return typed(value, of(bound.get("self")))
    how = HOW.get(short)
    if how is not None:
        return typed(value, how(m, entry, bound))
    return value if entry.returns.how not in ("same", "detached") or short in KEPT else typed(value, "")


def converted(m: Machine, entry: Entry, bound: Bound) -> str:
    """The type that a conversion turns what it is called on into; "" where nobody knows, or it is none."""
    how = HOW.get(entry.short)
    return how(m, entry, bound) if how is not None else ""


def typed(value: Value, known: str) -> Value:
    """The value, its tensors of this type."""
    match value:
        case Tensor(dtype=before):
            return value if before == known else replace(value, dtype=known)
        case Union():
            return lift(value, lambda atom: typed(atom, known))
    return value


def _named(value: Value | None) -> str:
    """The type that an argument names; "" where it names none that is known."""
    match value:
        case Library(name=name):
            return named(name)
        case Const(value=str() as name):
            return named(name)
    return ""


def _asked(bound: Bound, otherwise: str) -> str:
    """The type that is asked for, or what it is otherwise."""
    asked = bound.get("dtype")
    return otherwise if asked is None or asked == Const(None) else _named(asked)


def _converted(to: str) -> Callable[[Machine, Entry, Bound], str]:
    return lambda m, entry, bound: to


def _made(m: Machine, entry: Entry, bound: Bound) -> str:
    """zeros, randn: floats, unless a type is asked for."""
    return "" if choices.OPEN in bound else _asked(bound, FLOAT)


def _counted(m: Machine, entry: Entry, bound: Bound) -> str:
    """randint, randperm."""
    return "" if choices.OPEN in bound else _asked(bound, "int64")


def _filled(m: Machine, entry: Entry, bound: Bound) -> str:
    return "" if choices.OPEN in bound else _asked(bound, of(bound.get("fill_value")))


def _ranged(m: Machine, entry: Entry, bound: Bound) -> str:
    """arange: whole numbers where it is given nothing else."""
    types = {of(bound[name]) for name in ("start", "end", "step") if name in bound}
    return "" if choices.OPEN in bound else _asked(bound, types.pop() if len(types) == 1 else "")


def _like(m: Machine, entry: Entry, bound: Bound) -> str:
    return "" if choices.OPEN in bound else _asked(bound, of(bound.get("input")))


def _written(m: Machine, entry: Entry, bound: Bound) -> str:
    """torch.tensor: of numbers that are written out, or of another tensor."""
    data = bound.get("data")
    if choices.OPEN in bound or data is None:
        return ""
    asked = bound.get("dtype")
    if asked is not None and asked != Const(None):
        return _named(asked)
    if type(data) in (Tensor, Const):
        return of(data)
    try:
        types = {dtype.of_number(number) for number in _numbers(constants.python_object(m, data))}
    except constants.NotConstant:
        return ""
    if FLOAT in types and types <= {FLOAT, "int64", "bool"}:
        return FLOAT
    return types.pop() if len(types) == 1 else ""


def _numbers(data: object) -> list[object]:
    """The numbers in nested lists."""
    if isinstance(data, (list, tuple)):
        return [number for item in data for number in _numbers(item)]
    return [data]


def _moved(m: Machine, entry: Entry, bound: Bound) -> str:
    """x.to(…): a type, a device, or another tensor to be like."""
    if choices.OPEN in bound:
        return ""
    every = [*binding.rest(bound, "args"), *(bound[name] for name in ("dtype", "other") if name in bound)]
    if not every and "device" in bound:
        return of(bound.get("self"))
    for value in every:
        if known := _named(value):
            return known
        if type(value) is Tensor:
            return of(value)
        if type(value) is Unknown or type(value) is Union:
            return ""  # a device or a type
    return of(bound.get("self"))


def _of_type(m: Machine, entry: Entry, bound: Bound) -> str:
    return _named(bound.get("dtype"))


def _as_other(m: Machine, entry: Entry, bound: Bound) -> str:
    return of(bound.get("other"))


def _joined(m: Machine, entry: Entry, bound: Bound) -> str:
    """cat, stack: the type that all have."""
    items = bound.get("tensors")
    if isinstance(items, Many):
        return of(items.item)
    found = {of(item) for item in (items.items if isinstance(items, TupleOf) else _listed(m, items))}
    return found.pop() if len(found) == 1 else ""


def _listed(m: Machine, value: Value | None) -> list[Value]:
    from dllint.infer import loops

    return [] if value is None else [*(loops.counted(m, value) or (loops.element(m, value),))]


def _summed(m: Machine, entry: Entry, bound: Bound) -> str:
    """sum: whole numbers add up to int64."""
    known = of(bound.get("input") or bound.get("self"))
    return _asked(bound, "int64" if known in INTEGERS or known == "bool" else known)


def _kept(m: Machine, entry: Entry, bound: Bound) -> str:
    """mean and its kin: only of floats."""
    known = of(bound.get("input") or bound.get("self"))
    return _asked(bound, known if known in FLOATS else "")


HOW: dict[str, Callable[[Machine, Entry, Bound], str]] = {
    **{name: _converted(to) for name, to in CONVERSIONS.items() if name not in INTEGERS},
    **{name: _converted(to) for name, to in OLD.items()},
    **dict.fromkeys(("zeros", "ones", "rand", "randn", "empty"), _made),
    **dict.fromkeys(("randint", "randperm"), _counted),
    **dict.fromkeys(("zeros_like", "ones_like", "rand_like", "randn_like", "empty_like", "full_like"), _like),
    **dict.fromkeys(("tensor", "as_tensor"), _written),
    **dict.fromkeys(("cat", "concat", "stack", "hstack", "vstack"), _joined),
    **dict.fromkeys(("mean", "logsumexp", "abs", "neg", "clamp"), _kept),
    "full": _filled,
    "arange": _ranged,
    "to": _moved,
    "type": _of_type,
    "type_as": _as_other,
    "sum": _summed,
    "one_hot": _converted("int64"),
}
KEPT = (MOVES | KEEPS | {"masked_fill", "index_fill", "share_memory_", "unfold", "triu", "tril"}) - {"to", "type"}
"""Calls that change no number's type."""


def of_operator(op: str, left: Value, right: Value) -> str:
    """The type of `left op right` of tensors and numbers."""
    one, other = of(left), of(right)
    if type(left) is Tensor and type(right) is Tensor:
        found = dtype.together(one, other)
    elif type(right) is Const:
        found = dtype.with_number(one, other)
    elif type(left) is Const:
        found = dtype.with_number(other, one)
    else:
        return ""
    return FLOAT if op == "/" and found and found not in FLOATS else found
