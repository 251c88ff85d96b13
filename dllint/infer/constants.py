"""Values that are Python objects through and through: numbers, text, and lists, tuples and dicts of those."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from dllint.infer import containers, loops
from dllint.infer.state import Args
from dllint.values.value import (
    ALWAYS,
    FALSE,
    MOST_ALTERNATIVES,
    Atom,
    Case,
    Const,
    Entries,
    Guards,
    Items,
    Record,
    Ref,
    Site,
    TupleOf,
    Unknown,
    Value,
    cases,
    contradict,
    guarded,
    united,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

LONGEST = 10_000
"""Characters and items up to which a computed constant is worth having."""


class NotConstant(Exception):
    """A value, or a part of it, is not known as a Python object."""


def python_object(m: Machine, value: Value) -> Any:
    """The object that a value is in Python. NotConstant where some of it is not known, or its order: of a set."""
    match value:
        case Const(value=constant):
            return constant
        case TupleOf(items=items) if type(value) is not Record:
            return tuple(python_object(m, item) for item in items)
        case Ref(id=number) if m.heap[number].sort in ("list", "dict"):
            return _contents(m, number)
    raise NotConstant


def _contents(m: Machine, number: int) -> Any:
    match m.store.get((number, "[]")) or m.store.get((number, "{}")):
        case Items(values=values, open=False):
            return [python_object(m, value) for value in values]
        case Entries(pairs=pairs, open=False):
            return {python_object(m, key): python_object(m, value) for key, value in pairs}
    raise NotConstant


def members(m: Machine, value: Value) -> list[Any]:
    """The items of anything that can be iterated, for a use in which their order does not matter."""
    items = loops.counted(m, value)
    if items is None:
        raise NotConstant
    return [python_object(m, item) for item in items]


def value_of(m: Machine, thing: object, site: Site) -> Value:
    """A Python object as a value; a container is made anew."""
    match thing:
        case tuple():
            return TupleOf(tuple(value_of(m, part, site) for part in thing))
        case list():
            return containers.new_list(m, [value_of(m, part, site) for part in thing], site)
        case _:
            return Const(thing)


def computed(m: Machine, function: Callable[[], object], site: Site) -> Value | None:
    """What a function of constants gives; unknown where the program fails there, None where one is not constant."""
    try:
        found = function()
    except NotConstant:
        return None
    except Exception:  # the program's own error: what it computes is nobody's business
        return Unknown("a call that fails")
    if isinstance(found, (str, bytes, list, tuple)) and len(found) > LONGEST:
        return Unknown("a long constant")
    return value_of(m, found, site)


def in_order(m: Machine, items: Value, args: Args, site: Site) -> Value | None:
    """A list of constants, sorted as the arguments of sort() say; None where the order is not known."""
    backwards = args.keywords.get("reverse", FALSE)
    if args.keywords.keys() - {"reverse"} or type(backwards) is not Const:
        return None
    return computed(m, lambda: sorted(members(m, items), reverse=bool(backwards.value)), site)


def each(values: Sequence[Value], make: Callable[[Sequence[Atom]], Value]) -> Value:
    """What is made of several values, alternative by alternative: `f"{a}_{b}"` of two names each gives up to four."""
    ways: Iterable[tuple[Guards, tuple[Atom, ...]]] = [(ALWAYS, ())]
    for value in values:
        ways = [
            (guards | own, (*chosen, atom))
            for guards, chosen in ways
            for own, atom in cases(value)
            if not contradict(own, guards)
        ]
        if len(ways) > MOST_ALTERNATIVES:
            return Unknown("more alternatives than are followed")
    found: list[Case] = [new for guards, chosen in ways for new in guarded(make(chosen), guards)]
    return united(found)
