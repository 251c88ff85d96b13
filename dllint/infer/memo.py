"""Summaries: what a call did, kept with everything it read, so that the same call in the same state need not run again.

Without them most of a run is repetition. They are sound because a summary is used only when every cell
it read holds what it held then. Objects and unknowns that the call made are made anew at each replay.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dllint.infer.state import Thing
from dllint.infer.store import PATH
from dllint.plain import plain, replace
from dllint.values.value import (
    Bound,
    Case,
    Const,
    Entries,
    Function,
    Gradient,
    Items,
    Many,
    Method,
    Once,
    Parameters,
    Partial,
    Range,
    Record,
    Ref,
    Super,
    TupleOf,
    Union,
    Unknown,
    Value,
    Weights,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

CONTEXT = ("context", "")
STRUCTURE = ("structure", "")
MOST_A_KEY = 4


@plain
class Summary:
    """One run of a call. Ids from `first` up to `last` and the `idents` were made in it, in loop passes `passes`."""

    reads: dict[Any, Value | None]
    writes: dict[Any, Value | None]
    result: Value
    first: int
    last: int
    things: dict[int, Thing]
    idents: frozenset[object]
    passes: tuple[object, ...]
    makes: bool  # an object, or a frame that a closure keeps

    def as_it_is(self, passes: tuple[object, ...]) -> bool:
        """Whether nothing in it needs a new name: no object, and no unknown told from those of other passes."""
        return not self.makes and (not self.idents or self.passes == passes)


class Summaries:
    """Every summary of a run, by function and arguments."""

    def __init__(self) -> None:
        self.kept: dict[object, list[Summary]] = {}
        self.hits = 0

    def keep(self, key: object, summary: Summary) -> None:
        found = self.kept.setdefault(key, [])
        if len(found) < MOST_A_KEY:
            found.append(summary)

    def find(self, m: Machine, key: object) -> Summary | None:
        """A summary of this call that holds in the present state."""
        for summary in self.kept.get(key, ()):
            if _agrees(m, summary):
                self.hits += 1
                return summary
        return None

    def replay(self, m: Machine, summary: Summary) -> Value:
        """Do what the call did: the same writes and result, on objects of its own."""
        m.store.work += len(summary.writes)
        shift = m.next_id - summary.first
        m.next_id += summary.last - summary.first
        renamed = _Renaming(summary, shift, m.passes)
        m.read_below(summary.reads, summary.first + shift)
        if summary.as_it_is(m.passes):
            m.created.extend(summary.idents)  # type: ignore[arg-type]
            for cell, value in summary.writes.items():
                m.store.set(cell, value)
            return summary.result
        m.created.extend(renamed.ident(i) for i in summary.idents)
        for number, thing in summary.things.items():
            m.heap[number + shift] = renamed.thing(thing)
            if number in m.store.modules:
                m.store.modules.add(number + shift)
                m.store.structure += 1
                if m.assumed:
                    m.store.born[number + shift] = m.assumed
        for cell, value in summary.writes.items():
            m.store.set(renamed.cell(cell), None if value is None else renamed.value(value))
        return renamed.value(summary.result)


def _agrees(m: Machine, summary: Summary) -> bool:
    cells = m.store.cells
    for cell, value in summary.reads.items():
        if cell == CONTEXT:
            if value != Const((*m.present(),)):
                return False
            continue
        if cell == STRUCTURE:
            if value != Const(m.store.structure):
                return False
            continue
        now = cells.get(cell)
        if now is not value and now != value:
            return False
    return True


class _Renaming:
    """Maps what a summary made to what this replay makes."""

    def __init__(self, summary: Summary, shift: int, passes: tuple[object, ...]) -> None:
        self.first, self.last, self.shift = summary.first, summary.last, shift
        self.idents = summary.idents
        self.old, self.new = summary.passes, passes
        self.known: dict[object, object] = {}  # identity → its new name: one stands in many cells
        self.known_sets: dict[frozenset[object], frozenset[object]] = {}

    def number(self, owner: object) -> object:
        if isinstance(owner, int):
            return owner + self.shift if self.first <= owner < self.last else owner
        return self.ident(owner) if isinstance(owner, tuple) else owner

    def ident(self, ident: Any) -> Any:
        if not isinstance(ident, tuple):
            return ident
        found = self.known.get(ident)
        if found is None:
            found = self.known[ident] = self._ident(ident)
        return found

    def _ident(self, ident: tuple[Any, ...]) -> object:
        if ident in self.idents:
            _, site, passes = ident
            return ("at", site, self.new + passes[len(self.old) :])
        if len(ident) == 2 and ident[0] == "object":
            return ("object", self.number(ident[1]))
        return tuple(map(self.ident, ident))

    def cell(self, cell: Any) -> Any:
        owner, name = cell
        if isinstance(owner, tuple) and owner and owner[0] is PATH:
            return ((PATH, self.ident(owner[1])), name)
        return (self.number(owner), name)

    def numbers(self, owners: frozenset[object]) -> frozenset[object]:
        found = self.known_sets.get(owners)
        if found is None:
            found = self.known_sets[owners] = frozenset(self.number(o) for o in owners)
        return found

    def thing(self, thing: Thing) -> Thing:
        return replace(
            thing,
            cls=self.value(thing.cls) if thing.cls is not None else None,
            bound=tuple((name, self.value(value)) for name, value in thing.bound),
            bases=tuple(self.value(base) for base in thing.bases),
            frames=tuple(self.number(f) for f in thing.frames),  # type: ignore[misc]
        )

    def value(self, value: Value) -> Value:
        rename = _RENAME.get(type(value))
        return rename(self, value) if rename is not None else value

    def values(self, values: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(self.value(v) for v in values)


def _union(r: _Renaming, v: Any) -> Value:
    return Union(tuple(Case(frozenset((r.ident(f), t) for f, t in g), r.value(a)) for g, a in v.cases))  # type: ignore[arg-type]


def _unknown(r: _Renaming, v: Any) -> Value:
    ident = r.ident(v.ident) if v.ident is not None else None
    holds = r.numbers(v.holds) if v.holds else v.holds
    same: Value = v
    return same if ident == v.ident and holds == v.holds else Unknown(v.why, ident, holds, v.deps)


def _function(r: _Renaming, v: Any) -> Value:
    frames: Any = tuple(r.number(f) for f in v.frames)
    owner: Any = r.number(v.owner) if v.owner is not None else None
    defaults = tuple((n, r.value(d)) for n, d in v.defaults)
    return Function(v.node, v.file, frames, defaults, v.name, owner, v.traits)


_RENAME: dict[type, Callable[[_Renaming, Any], Value]] = {
    Ref: lambda r, v: Ref(v.id + r.shift) if r.first <= v.id < r.last else v,
    Union: _union,
    Unknown: _unknown,
    Function: _function,
    TupleOf: lambda r, v: TupleOf(r.values(v.items)),
    Record: lambda r, v: Record(r.values(v.items), v.names, r.value(v.cls) if v.cls is not None else None),  # type: ignore[arg-type]
    Items: lambda r, v: Items(r.values(v.values), v.open),
    Entries: lambda r, v: Entries(tuple((r.value(a), r.value(b)) for a, b in v.pairs), v.open),
    Many: lambda r, v: Many(r.value(v.item)),
    Once: lambda r, v: Once(r.value(v.item), v.site),
    Range: lambda r, v: Range(r.value(v.item), r.value(v.stop)),
    Bound: lambda r, v: Bound(r.value(v.function), r.value(v.self)),
    Method: lambda r, v: Method(r.value(v.self), v.name),
    Super: lambda r, v: Super(r.number(v.after), r.value(v.self)),  # type: ignore[arg-type]
    Partial: lambda r, v: Partial(r.value(v.function), r.values(v.args), tuple((n, r.value(x)) for n, x in v.keywords)),
    Parameters: lambda r, v: Parameters(r.numbers(v.owners) if v.owners else v.owners),
    Gradient: lambda r, v: Gradient(r.numbers(v.owners) if v.owners else v.owners),
    Weights: lambda r, v: Weights(r.number(v.owner), v.site, v.repeated),
}
