"""copy.deepcopy: an object and everything below it, made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.plain import replace
from dllint.values.value import Entries, Items, Ref, Site, TupleOf, Unknown, Value, Weights

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

INNER = ("[]", "{}", "#mode")


def deep(m: Machine, value: Value, site: Site, made: dict[int, Ref] | None = None) -> Value:
    """A copy of a value; objects met twice are copied once."""
    made = {} if made is None else made
    match value:
        case Ref(id=number) if m.heap[number].sort != "class":
            return made[number] if number in made else _object(m, number, site, made)
        case TupleOf(items=items):
            return replace(value, items=tuple(deep(m, item, site, made) for item in items))
        case Items(values=values):
            return Items(tuple(deep(m, v, site, made) for v in values), value.open)
        case Entries(pairs=pairs):
            return Entries(tuple((k, deep(m, v, site, made)) for k, v in pairs), value.open)
        case Weights():
            return Unknown("a copy of weights")
        case _:
            return value


def _object(m: Machine, number: int, site: Site, made: dict[int, Ref]) -> Ref:
    copy = m.new(m.heap[number])
    made[number] = copy
    if number in m.store.modules:
        m.store.modules.add(copy.id)
    for name in m.names(number):
        value = m.store.get((number, name))
        if value is not None:
            m.store.set((copy.id, name), deep(m, value, site, made))
    for name in INNER:
        value = m.store.get((number, name))
        if value is not None:
            m.store.set((copy.id, name), deep(m, value, site, made))
    return copy
