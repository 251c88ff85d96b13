"""iter and next: items that are taken one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer import containers, loops, objects
from dllint.infer.state import Args
from dllint.values.value import NONE, Items, Many, Ref, Site, TupleOf, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

ITERATOR = "iterator"
"""The sort of an object that iter() makes of counted items; it holds those that are left."""


def made(m: Machine, args: Args, site: Site) -> Value:
    """iter(items); of what nobody counted, that itself."""
    given = args.get(0)
    if given is None:
        return Many(Unknown("an item"))
    if len(args.positional) > 1:
        return Many(m.call(given, Args(), site))
    items = loops.counted(m, given)
    if items is None or (type(given) is Ref and m.heap[given.id].sort == ITERATOR):
        return given
    return containers.new_list(m, items, site, sort=ITERATOR)


def following(m: Machine, args: Args, site: Site) -> Value:
    """next(items)."""
    given = args.get(0) or NONE
    if type(given) is Ref:
        if m.heap[given.id].sort == ITERATOR:
            return _taken(m, given.id, args.get(1))
        own = objects.special(m, given, "__next__")
        if own is not None:
            return m.call(own, Args(), site)
    items = loops.counted(m, given)
    if items:
        return items[0] if isinstance(given, TupleOf) else m.one_of(items)
    return loops.element(m, given)


def _taken(m: Machine, number: int, default: Value | None) -> Value:
    """The first item that is left. In a later pass of a loop, which stands for any, nobody knows which that is."""
    items = m.store.get((number, "[]"))
    if type(items) is not Items or not items.values:
        return default or Unknown("an item of an iterator at its end")
    if m.loops_later or items.open:
        return m.one_of(items.values)
    first, *rest = items.values
    m.store.set((number, "[]"), Items(tuple(rest)))
    return first
