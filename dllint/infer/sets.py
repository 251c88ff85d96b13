"""Sets: each item once, where it is known which are equal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dllint.infer import containers, loops
from dllint.infer.state import Args
from dllint.values.value import NONE, Const, Function, Items, Library, Ref, Site, TupleOf, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

DECIDED = (Const, Ref, Function, Library)
"""What equals another of its kind just when it looks the same."""


def distinct(values: Iterable[Value], *, open: bool = False) -> Items:
    """The contents of a set of these; open where some may be equal that do not look it."""
    each: dict[object, Value] = {}
    for value in values:
        each.setdefault(value.value if type(value) is Const else value, value)
    unsure = len(each) > 1 and not all(type(value) in DECIDED for value in each.values())
    return Items(tuple(each.values()), open or unsure)


def new_set(m: Machine, values: Iterable[Value], site: Site, *, open: bool = False) -> Ref:
    """A new set of these."""
    contents = distinct(values, open=open)
    return containers.new_list(m, contents.values, site, open=contents.open, sort="set")


def made(m: Machine, args: Args, site: Site) -> Value:
    """set(items), frozenset(items)."""
    values, open_ = _given(m, args.get(0) or TupleOf(()))
    return new_set(m, values, site, open=open_)


def _given(m: Machine, value: Value) -> tuple[tuple[Value, ...], bool]:
    """What a set is made of, and whether there may be more."""
    items = loops.counted(m, value)
    return (items, False) if items is not None else ((*loops.seen(m, value), loops.element(m, value)), True)


def add(m: Machine, number: int, args: Args, site: Site) -> Value:
    """set.add(item)."""
    return _grown(m, number, tuple(args.positional[:1]), open=args.open)


def update(m: Machine, number: int, args: Args, site: Site) -> Value:
    """set.update(*others), set |= other."""
    for other in args.positional:
        values, open_ = _given(m, other)
        _grown(m, number, values, open=open_)
    return NONE


def _grown(m: Machine, number: int, values: tuple[Value, ...], *, open: bool) -> Value:
    items = m.store.get((number, "[]"))
    if type(items) is not Items:
        return NONE
    if len(items.values) > MOST_COMPARED:
        grown = Items((*items.values, *values), open=True)
    else:
        grown = distinct((*items.values, *values), open=items.open or open)
    m.store.set((number, "[]"), grown)
    return NONE


MOST_COMPARED = 64
"""Items up to which a new one is compared with each; a larger set is open, and may hold one twice."""
