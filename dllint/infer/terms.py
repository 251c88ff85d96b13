"""How values become terms: what a call or an operator computes, and of what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint import api
from dllint.api.entry import Function as Entry
from dllint.values.term import ITEM, NOWHERE, WEIGHTS, Operand, Term, applied, operation, unmoved
from dllint.values.value import Const, Ident, Library, Parameters, Ref, Site, Tensor, Union, Unknown, Value, of_a_batch

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def operand(m: Machine, value: Value) -> Operand:
    """A value as a term is made of it. What a function is given is a leaf of its own: nobody keeps it small."""
    match value:
        case Tensor(term=term):
            return term
        case Const(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case Parameters():
            return WEIGHTS
        case Ref(id=number) if _is_parameter(m, number):
            return WEIGHTS
        case Unknown(ident=("param", *_) as ident):
            return Term("given", at=ident)
        case Unknown(ident=("<" | "<=" | ">" | ">=" | "==", *_) as ident):
            return _condition(m, ident)
        case Unknown(ident=("not", inner)):
            return Term("logical_not", (operand(m, Unknown("", inner)),))  # type: ignore[arg-type]
        case Unknown(ident=None) if of_a_batch(value):
            return ITEM
        case Unknown(ident=ident) if ident is not None:
            return Term("item" if ident in m.items else "?", at=ident)
        case _:
            return NOWHERE


LAYERS = frozenset({"linear", *(f"conv{way}{n}d" for way in ("", "transpose") for n in (1, 2, 3))})
"""Layers that multiply by weights and may add a bias: what they compute says where they were made."""
NUMBERS = frozenset({"add", "sub", "mul", "div", "pow", "maximum", "minimum", "compared", "differing"})
"""Operations whose second argument may be a number instead of a tensor."""


def computed(m: Machine, entry: Entry, bound: dict[str, Value], site: Site) -> Term:
    """How a call computes its result: the operation on its tensors, and its constants."""
    op = operation(entry.short)
    of: list[Operand] = []
    options: list[tuple[str, object]] = []
    for name, value in bound.items():
        match value:
            case Tensor(term=inner):
                of.append(inner)
            case Const(value=int() | float() as number) if op in NUMBERS and len(of) == 1 and number is not True:
                of.append(float(number))
            case Const(value=constant):
                options.append((name, constant))
            case Ref(id=number) if name == "self" and m.heap[number].sort != "list":
                options.extend((n, v.value if type(v) is Const else NOWHERE) for n, v in m.heap[number].bound)
                if op in LAYERS:
                    options.append(("layer", m.heap[number].site))
            case Library(name=constant) if name == "dtype":
                options.append((name, constant))
            case Parameters():
                of.append(WEIGHTS)
            case Ref(id=number) if _is_parameter(m, number):
                of.append(WEIGHTS)
            case Unknown() | Union() if not of or op in NUMBERS:
                of.append(operand(m, value))
            case Unknown() | Union():
                options.append((name, NOWHERE))
    if op == "where" and len(of) == 3 and _asks_labels(of[0]):
        op, of = "joined", of[1:]  # nothing rules out either side
    if op == "compared":
        options.append(("by", entry.short))
    return applied(op, tuple(of), tuple(options), site)


def _condition(m: Machine, ident: Ident) -> Term:
    """What an unknown of its own compares with a number; with anything else, a comparison and no more."""
    by, inner, other = ident
    if type(other) is not Const or type(other.value) not in (int, float):
        return Term("compared", at=ident)
    return Term("compared", (operand(m, Unknown("", inner)), float(other.value)), (("by", by),), ident)  # type: ignore[arg-type]


def _asks_labels(asked: Operand) -> bool:
    """Whether labels are compared with a number."""
    match asked:
        case Term(op="compared", of=(Term() as one, float())):
            return getattr(unmoved(one), "op", "") == "labels"
    return False


def comparison(m: Machine, op: str, left: Value, right: Value, site: Site) -> Term:
    """How an operator compares two values."""
    sides = (operand(m, left), operand(m, right))
    return Term(operation(op), sides, (("by", op),) if operation(op) == "compared" else (), site)


def _is_parameter(m: Machine, number: int) -> bool:
    """Whether an object is one that nn.Parameter made."""
    cls = m.heap[number].cls
    return type(cls) is Library and api.subclass(cls.name, "torch.nn.Parameter")
