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
WIDE = 16
"""Units from which on weights start well below 1, so that steps of 0.1 throw them away; those of a toy do not."""


def compiled(m: Machine, model: Ref, optimizer: Value) -> None:
    """model.compile(optimizer=…)."""
    m.store.set((model.id, OPTIMIZER), optimizer)


def fitted(m: Machine, model: Ref, layers: tuple[Value, ...], callbacks: Value) -> None:
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
    sizes = [size for layer in layers if (size := _width(m, layer)) is not None]
    if len(sizes) >= FEWEST and max(sizes) >= WIDE:
        m.note(Rate(thing.name, float(rate.value), m.where(thing.site)))


def _width(m: Machine, layer: Value) -> int | None:
    """How many units a layer with weights has, 0 where nobody knows; None of any other layer."""
    thing = m.thing(layer)
    if thing is None or not (thing.name == "Dense" or thing.name.startswith(("Conv", "LSTM", "GRU"))):
        return None
    units = dict(thing.bound).get("units") or dict(thing.bound).get("filters", NONE)
    return units.value if type(units) is Const and isinstance(units.value, int) else 0


def _leaves(m: Machine, callbacks: Value) -> bool:
    """Whether callbacks surely leave the rate as it is, or lower it only where nothing is learnt any more."""
    if callbacks == NONE:
        return True
    items = loops.counted(m, callbacks) if type(callbacks) in (Ref, TupleOf) else None
    things = [m.thing(item) for item in items or ()]
    return items is not None and all(thing is not None and type(thing.cls) is Library for thing in things)
