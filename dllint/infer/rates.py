"""Learning rates: what an optimizer was made with, as long as nobody may have changed it since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Rate, Where
from dllint.infer import registration
from dllint.values.value import TRUE, Const, Items, Parameters, Ref, Value, atoms

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

TUNED = "#tuned"
"""The cell of an optimizer that a scheduler, or somebody who asked for its groups, may set another rate for."""
FEWEST_LAYERS = 2
"""Layers with parameters that make a network: of a single one, a pixel or a prompt, rates are another matter."""


def lend(m: Machine, given: Value) -> None:
    """Somebody is given an optimizer, and may change its rate."""
    for atom in atoms(given):
        if type(atom) is Ref and atom.id in m.optimizers:
            m.store.set((atom.id, TUNED), TRUE)


def settle(m: Machine) -> None:
    """At the end of a run: a Rate for each optimizer of a network that keeps the one it was made with."""
    for owner in m.optimizers:
        if isinstance(owner, int) and (owner, TUNED) not in m.store.cells and _of_network(m, owner):
            thing = m.heap[owner]
            rate = dict(thing.bound).get("lr")
            if type(rate) is Const and isinstance(rate.value, (int, float)):
                where = Where(thing.site, test=thing.site.file in m.tests)
                m.note(Rate(thing.name, float(rate.value), where))


def _of_network(m: Machine, optimizer: int) -> bool:
    """Whether it has the parameters of a network, in one group."""
    owned = m.store.cells.get((optimizer, "#parameters"))
    owners = owned.owners if type(owned) is Parameters else None
    if not owners or not all(isinstance(owner, int) for owner in owners):
        return False
    given = dict(m.heap[optimizer].bound).get("params")
    if given is None or any(type(a) is Ref and type(m.store.cells.get((a.id, "[]"))) is Items for a in atoms(given)):
        return False
    return sum(registration.layer_with_parameters(m, owner) for owner in owners) >= FEWEST_LAYERS
