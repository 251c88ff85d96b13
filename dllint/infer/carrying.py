"""State of a network that goes from pass to pass of a loop with the graph that made it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dllint.events import Carry
from dllint.values.value import (
    NO_DEPS,
    Atom,
    Deps,
    ForwardKey,
    Site,
    Step,
    Tensor,
    TupleOf,
    Value,
    atoms,
    deps,
    with_deps,
)
from dllint.values.weighted import weighted

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

Spent = tuple[Site, bool]
"""A backward that went through a forward, and whether it kept the graph."""


def given(m: Machine, values: Iterable[Value]) -> frozenset[ForwardKey]:
    """The forwards of earlier passes whose graphs come along with what a forward is given, and are used up."""
    return (
        frozenset(key for value in values for key in _graphs(value) if type(key) is ForwardKey and key in m.drained)
        if m.drained
        else frozenset()
    )


def _graphs(value: Value) -> Deps:
    """The forwards that autograd surely follows a value back to, whichever alternative it is."""
    return frozenset.intersection(*map(_of_atom, atoms(value)))


def _of_atom(atom: Atom) -> Deps:
    if type(atom) is TupleOf:
        return NO_DEPS.union(*map(_graphs, atom.items))
    return atom.deps if type(atom) is Tensor and atom.tracked else NO_DEPS


def kept(m: Machine, value: Value) -> Value:
    """What a network keeps as an attribute while it runs: the next forward may start from it."""
    if m.running is None or not any(
        type(atom) is Tensor and atom.tracked and weighted(atom.term) for atom in _inside(value)
    ):
        return value
    m.context()
    return with_deps(value, frozenset((m.running,)))


def _inside(value: Value) -> Iterable[Atom]:
    for atom in atoms(value):
        yield from (inner for item in atom.items for inner in atoms(item)) if type(atom) is TupleOf else (atom,)


def read(m: Machine, value: Value) -> None:
    """A network reads an attribute while it runs."""
    if m.running is not None and (graphs := given(m, (value,))):
        m.forwards[m.running].carried |= graphs


def backed(m: Machine, loss: Value, site: Site, *, retained: bool) -> None:
    """A backward: it goes through the forwards of this pass, and through those that their state came from."""
    made = [key for key in deps(loss) if type(key) is ForwardKey]
    for key in made:
        if (event := m.forwards.get(key)) is not None and event.carried:
            for earlier in filter(lambda other: _in_another_pass(m, key, other), event.carried):
                spent, kept_graph = m.drained[earlier]
                if event.looped or not kept_graph:
                    after = Step(spent, "then the backward of an earlier pass has gone through that graph")
                    m.note(Carry(event.module, event.where, after, kept_graph))
    for key in made:
        m.drained[key] = (site, retained)


def _in_another_pass(m: Machine, key: ForwardKey, earlier: ForwardKey) -> bool:
    """Whether the same forward ran before in another pass of a loop that is still running."""
    if key.site != earlier.site or key.module != earlier.module:
        return False
    before = dict(earlier.context[1])  # type: ignore[call-overload]  # the passes of a context
    return any(loop in before and before[loop] != label for loop, label in m.passes)
