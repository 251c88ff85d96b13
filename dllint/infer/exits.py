"""The ways out of a call: what each leaves behind, and where the caller goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer.state import Activation
from dllint.infer.store import Delta, conditions_of, is_path, meeting
from dllint.values.value import NONE, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def take(m: Machine, value: Value) -> None:
    """A way out of the call being run: `return value`, or its end."""
    unwind(m, 0)
    here = m.here
    here.exits.append((m.store.delta(here.mark), value))
    here.left = m.store.moment()


def unwind(m: Machine, depth: int) -> None:
    """Do what leaving the `with` and `try` statements around undoes, down to the outer ones that stay.

    The actions stay listed: other ways out of the same statements do them again, from their own state.
    """
    here = m.here
    leaving = here.leaving
    while len(here.leaving) > depth:
        action = here.leaving[-1]
        here.leaving = here.leaving[:-1]
        action()
    here.leaving = leaving


def result(here: Activation) -> Value:
    """What a call comes back with, by any of its ways out."""
    if len(here.exits) == 1:
        return here.exits[0][1]
    met = meeting([(conditions_of(delta), value) for delta, value in here.exits])
    return met if met is not None else NONE


def meet(m: Machine, here: Activation) -> Delta:
    """Go on where the ways out meet, without the call's own names; what the call wrote."""
    own = None if here.kept else here.frame
    if len(here.exits) == 1 and here.left == m.store.moment():
        return m.store.left(here.mark, own)
    m.store.rollback(here.mark)
    deltas = [{c: v for c, v in delta.items() if c[0] != own} for delta, _ in here.exits]
    if len(deltas) == 1:
        m.store.apply({c: v for c, v in deltas[0].items() if not is_path(c)})
    elif deltas:
        m.store.merge(deltas, keep_path=False)
    return m.store.delta(here.mark)
