"""Loops: what can be counted is unrolled; anything else runs twice, a first pass and a later one.

A later pass starts where the first ended, with every number that the first changed made unknown, so it
stands for any later pass. A loop over something uncounted is taken to run at least once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dllint.infer import assign, conditions, samplers, shapes, supplies
from dllint.infer.state import Loop
from dllint.infer.store import Delta, longest, meeting, widened
from dllint.plain import replace
from dllint.program import ir
from dllint.values.term import moved
from dllint.values.value import (
    ALWAYS,
    BatchKey,
    Const,
    Entries,
    Items,
    Many,
    Once,
    Parameters,
    Range,
    Ref,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    atoms,
    deps,
    lift,
    united,
    with_deps,
)
from dllint.values.value import Case as Alternative

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

LONGEST_ROW = 4
"""Like blocks of a network that are run one by one."""
MOST_UNROLLED = 64


def run_for(m: Machine, node: ir.For) -> bool:
    drawn = len(m.drawn)
    iterable = m.eval(node.iter)
    items = counted(m, iterable)
    if m.optimizers:
        m.turns_of[m.site(node)] = _turns(iterable)
    if items is not None and len(items) <= MOST_UNROLLED:
        return _unrolled(m, node, items)
    if type(iterable) is Once:
        supplies.used(m, iterable, m.site(node))
    key = BatchKey(m.site(node), m.present())
    item = with_deps(element(m, iterable), frozenset((key,)))
    if len(m.drawn) > drawn:
        samplers.looped(m, m.drawn[drawn:], key)
    return _twice(m, node, lambda: assign.assign(m, node.target, item))


def _turns(iterable: Value) -> Value | None:
    """How many passes a loop over numbers has; None of any other, or where nobody can say."""
    match iterable:
        case Range(stop=stop):
            return stop
        case TupleOf(items=(Const(value=0 | 1), *_, Const(value=int())) as items):
            return Const(len(items))
    return None


def run_while(m: Machine, node: ir.While) -> bool:
    known, _ = conditions.truth(m, m.eval(node.test))
    if known is False:
        return m.block(node.orelse)
    return _twice(m, node, lambda: None, endless=known is True and isinstance(node.test, ir.Constant))


def told(m: Machine, items: tuple[Value, ...]) -> list[tuple[Value, bool]]:
    """The items, of a long row of like blocks of a network the first two and the last: those between do the same.

    Each with whether some were left out before it: they may do the same to tensors of other sizes.
    """
    if len(items) <= LONGEST_ROW or m.store.get(("inside", "")) is None:
        return [(item, False) for item in items]
    makes = [_make(m, item) for item in items]
    after = (*makes[1:], None)
    kept = [
        makes[i] is None or i < 2 or not (makes[i] == makes[i - 1] == makes[i - 2] and makes[i] == after[i])
        for i in range(len(items))
    ]
    return [(item, i > 0 and not kept[i - 1]) for i, item in enumerate(items) if kept[i]]


def _make(m: Machine, item: Value) -> object:
    """What makes blocks alike: their class, and the place where they were made."""
    thing = m.thing(item)
    return (thing.cls, thing.site) if thing is not None and thing.sort == "instance" else None


def _unrolled(m: Machine, node: ir.For, items: tuple[Value, ...]) -> bool:
    """One pass an item, in order."""
    start = m.store.mark()
    left: list[Delta] = []
    comes_out = True
    for number, (item, after_others) in enumerate(told(m, items)):
        if after_others:
            shapes.forget(m)
        with _pass(m, node, number, later=number > 0) as loop:
            assign.assign(m, node.target, item)
            comes_out = _ended(m, loop, m.block(node.body), start, left)
        if not comes_out:
            break
    return _after(m, node, comes_out, start, left)


def _twice(m: Machine, node: ir.For | ir.While, bind: Callable[[], None], *, endless: bool = False) -> bool:
    """A first pass, then a later one from where it ended.

    In a later pass of a loop around, the first pass of this one is told already: one pass stands for all.
    """
    start = m.store.mark()
    left: list[Delta] = []
    if m.loops_later:
        return _once(m, node, bind, start, endless=endless)
    with _pass(m, node, "first", later=False) as loop:
        bind()
        comes_out = _ended(m, loop, m.block(node.body), start, left)
    if comes_out:
        first = m.store.delta(start)
        _widen(m, start, first)
        with _pass(m, node, "later", later=True) as loop:
            bind()
            comes_out = _ended(m, loop, m.block(node.body), start, left)
        if comes_out:
            _join_passes(m, first)
        else:
            comes_out = True
            m.store.apply(first)
    return _after(m, node, comes_out and not endless, start, left)


def _once(m: Machine, node: ir.For | ir.While, bind: Callable[[], None], start: int, *, endless: bool) -> bool:
    """One pass, after which a number that it changed can be any."""
    left: list[Delta] = []
    with _pass(m, node, "any", later=True) as loop:
        bind()
        comes_out = _ended(m, loop, m.block(node.body), start, left)
    if comes_out:
        _widen(m, start, m.store.delta(start))
    return _after(m, node, comes_out and not endless, start, left)


@contextmanager
def _pass(m: Machine, node: ir.Stmt, label: object, *, later: bool) -> Iterator[Loop]:
    """One pass of a loop: what is made in it is told from what other passes make."""
    loop = Loop(m.store.mark(), len(m.here.leaving))
    m.here.loops.append(loop)
    passes = m.passes
    m.passes = (*passes, (m.site(node), label))
    m.loops_later += later
    try:
        yield loop
    finally:
        m.loops_later -= later
        m.passes = passes
        m.here.loops.pop()


def _ended(m: Machine, loop: Loop, falls: bool, start: int, left: list[Delta]) -> bool:
    """Meet at the end of a pass; keep, from the start of the loop, every way it was broken out of."""
    if falls and not loop.continues and not loop.breaks:
        return True
    ends = list(loop.continues)
    if falls:
        ends.append(m.store.delta(loop.mark))
    m.store.rollback(loop.mark)
    if loop.breaks:
        before = m.store.delta(start)
        left.extend({**before, **broken} for broken in loop.breaks)
    if not ends:
        return False
    m.store.merge(ends)
    return True


def _after(m: Machine, node: ir.For | ir.While, comes_out: bool, start: int, left: list[Delta]) -> bool:
    """Behind the loop: its usual end, through `else`, meets the ways it was broken out of."""
    if comes_out:
        comes_out = m.block(node.orelse)
    if not left:
        return comes_out
    if comes_out:
        left.append(m.store.delta(start))
    m.store.rollback(start)
    m.store.merge(left)
    return True


def _widen(m: Machine, start: int, first: Delta) -> None:
    before: dict[object, Value | None] = {}
    for cell, old in m.store.trail[start:]:
        before.setdefault(cell, old)
    for cell, value in first.items():
        wider = widened(before.get(cell), value)
        if wider is not value:
            m.store.set(cell, wider)


def _join_passes(m: Machine, first: Delta) -> None:
    """Behind a loop nobody counted, one pass or several may have run; list contents are those of several."""
    for cell, value in first.items():
        now = m.store.cells.get(cell)
        if now == value:
            continue
        if type(now) is Items or type(now) is Entries:
            joined: Value | None = longest(value, now)
        elif value is None or now is None:
            joined = now
        else:
            joined = meeting([(ALWAYS, value), (ALWAYS, now)])
        if joined is not now:
            m.store.set(cell, joined)


# ---------------------------------------------------------------- what iterating gives


def counted(m: Machine, value: Value) -> tuple[Value, ...] | None:
    """The items of something that can be iterated, one by one; None where nobody can count them."""
    match value:
        case TupleOf(items=items):
            return items
        case Const(value=str() as text) if len(text) <= MOST_UNROLLED:
            return tuple(Const(c) for c in text)
        case Ref(id=number):
            return _counted_object(m, number)
        case _:
            return None


def _counted_object(m: Machine, number: int) -> tuple[Value, ...] | None:
    items = m.store.get((number, "[]"))
    if type(items) is Items:
        return None if items.open else items.values
    entries = m.store.get((number, "{}"))
    if type(entries) is Entries and not entries.open:
        return tuple(key for key, _ in entries.pairs)
    return None


def seen(m: Machine, value: Value) -> tuple[Value, ...]:
    """The items that a list of unknown length is known to have, in order: there may be more between them."""
    contents = m.store.get((value.id, "[]")) if type(value) is Ref else None
    return contents.values if type(contents) is Items else ()


def element(m: Machine, value: Value) -> Value:
    """What one item of it is, whichever."""
    match value:
        case Union():
            return lift(value, lambda atom: element(m, atom))
        case Many(item=item):
            return item
        case TupleOf(items=items):
            return m.one_of(items) if items else Unknown("an item of nothing")
        case Tensor():
            return replace(value, term=moved(value.term), shape=shapes.dropped(value.shape))
        case Parameters():
            return value
        case Ref(id=number):
            return _element_of_object(m, number)
        case Unknown(why=why, holds=holds):
            return Unknown(why, None, holds, value.deps)
        case _:
            return Unknown("an item of something unknown", deps=deps(value))


def _element_of_object(m: Machine, number: int) -> Value:
    from dllint.infer.objects import iterated

    items = m.store.get((number, "[]"))
    if type(items) is Items and items.values:
        return united(Alternative(ALWAYS, atom) for v in items.values for atom in atoms(v))
    entries = m.store.get((number, "{}"))
    if type(entries) is Entries and entries.pairs:
        return m.one_of([key for key, _ in entries.pairs])
    return iterated(m, Ref(number))


def numbers(start: int, stop: int, step: int) -> Value | None:
    """range(): its numbers when they are few."""
    found = range(start, stop, step) if step else range(0)
    return TupleOf(tuple(Const(n) for n in found)) if len(found) <= MOST_UNROLLED else None
