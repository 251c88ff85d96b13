"""Operators that a class of the project defines for its objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer import conditions, objects
from dllint.infer.state import Args
from dllint.values.value import Const, Ref, Site, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

SIGNS = ("+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "<<", ">>")
WORDS = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift")
NAMES = dict(zip(SIGNS, WORDS, strict=True))
ORDER = {"<": ("__lt__", "__gt__"), "<=": ("__le__", "__ge__"), ">": ("__gt__", "__lt__"), ">=": ("__ge__", "__le__")}
UNARY = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}


def _ask(m: Machine, owner: Value, name: str, given: tuple[Value, ...], site: Site) -> Value | None:
    """owner.name(*given) of an object whose class defines it; None of any other."""
    method = objects.special(m, owner, name) if type(owner) is Ref else None
    return m.call(method, Args(given), site) if method is not None else None


def binary(m: Machine, op: str, left: Value, right: Value, site: Site) -> Value | None:
    """left op right, as the left or else the right object has it; None where neither does."""
    name = NAMES[op]
    made = _ask(m, left, f"__{name}__", (right,), site)
    return made if made is not None else _ask(m, right, f"__r{name}__", (left,), site)


def in_place(m: Machine, op: str, target: Value, value: Value, site: Site) -> Value | None:
    """target op= value."""
    return _ask(m, target, f"__i{NAMES[op]}__", (value,), site)


def unary(m: Machine, op: str, value: Value, site: Site) -> Value | None:
    """op value."""
    return _ask(m, value, UNARY[op], (), site)


def compared(m: Machine, op: str, left: Value, right: Value, site: Site) -> Value | None:
    """left op right of a comparison; None where neither object says."""
    match op:
        case "==":
            return _either(m, "__eq__", "__eq__", left, right, site)
        case "!=":
            own = _either(m, "__ne__", "__ne__", left, right, site)
            same = _either(m, "__eq__", "__eq__", left, right, site) if own is None else None
            return conditions.negated(same) if same is not None else own
        case "in":
            return _truth(m, _ask(m, right, "__contains__", (left,), site))
        case "not in":
            found = _truth(m, _ask(m, right, "__contains__", (left,), site))
            return conditions.negated(found) if found is not None else None
        case "is" | "is not":
            return None
    return _either(m, *ORDER[op], left, right, site)


def _either(m: Machine, name: str, reflected: str, left: Value, right: Value, site: Site) -> Value | None:
    made = _ask(m, left, name, (right,), site)
    return made if made is not None else _ask(m, right, reflected, (left,), site)


def _truth(m: Machine, value: Value | None) -> Value | None:
    if value is None:
        return None
    known, ident = conditions.truth(m, value)
    return Const(known) if known is not None else Unknown("a condition", ident)
