"""The optimizer that a model is compiled with: at which rate it steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint import api
from dllint.events import Rate
from dllint.infer import loops
from dllint.values.value import NONE, Const, Library, Ref, TupleOf, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

OPTIMIZER = "#optimizer"
"""The optimizer that a model was compiled with."""
FEWEST = 2
"""Layers with weights that make a network: a linear model learns at any rate."""


def compiled(m: Machine, model: Ref, optimizer: Value) -> None:
    """model.compile(optimizer=…)."""
    m.store.set((model.id, OPTIMIZER), optimizer)


def fitted(m: Machine, model: Ref, layers: tuple[Value, ...] | None, callbacks: Value) -> None:
    """model.fit(…): its optimizer steps at the rate it was made with, unless a callback may set another."""
    optimizer = m.store.get((model.id, OPTIMIZER)) or NONE
    thing = m.thing(optimizer)
    if (
        thing is None
        or type(thing.cls) is not Library
        or not api.subclass(thing.cls.name, "keras.optimizers.Optimizer")
    ):
        return
    bound = dict(thing.bound)
    rate = bound.get("lr") or bound.get("learning_rate", NONE)
    if type(rate) is not Const or not isinstance(rate.value, (int, float)) or not _leaves(m, callbacks):
        return
    if sum(_weighted(m, layer) for layer in layers or ()) >= FEWEST:
        m.note(Rate(thing.name, float(rate.value), m.where(thing.site)))


def _weighted(m: Machine, layer: Value) -> bool:
    """Whether a layer is one of those that map all they are given by weights."""
    thing = m.thing(layer)
    return thing is not None and (thing.name == "Dense" or thing.name.startswith(("Conv", "LSTM", "GRU")))


def _leaves(m: Machine, callbacks: Value) -> bool:
    """Whether callbacks surely leave the rate as it is, or lower it only where nothing is learnt any more."""
    if callbacks == NONE:
        return True
    items = loops.counted(m, callbacks) if type(callbacks) in (Ref, TupleOf) else None
    things = [m.thing(item) for item in items or ()]
    return items is not None and all(thing is not None and type(thing.cls) is Library for thing in things)
