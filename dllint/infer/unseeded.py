"""Whether anybody seeds the random numbers that a training begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Unseeded, Where
from dllint.lives import Turn
from dllint.program import ir

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def settle(m: Machine) -> None:
    """At the end of a run: an Unseeded for the first optimizer that steps, where no file that was read seeds."""
    first = next((number for number in m.optimizers if isinstance(number, int) and steps(m, number)), None)
    if first is not None and not any(map(_seeds, m.trees.values())):
        site = m.heap[first].site
        m.note(Unseeded(m.heap[first].name, Where(site)))


def steps(m: Machine, optimizer: int) -> bool:
    """Whether an optimizer, that no test made, surely steps."""
    turn = m.store.cells.get((optimizer, "#turn"))
    return type(turn) is Turn and turn.stepped and m.heap[optimizer].site.file not in m.tests


def _seeds(tree: object) -> bool:
    """Whether a file seeds, or leaves it to a library or a configuration to do so: some name in it speaks of that."""
    words = tree.mentions if isinstance(tree, ir.Module) else frozenset()
    return "random_state" in words or any("seed" in word.lower() for word in words)
