"""Rows of the arrays that a model is fitted to: it takes arrays of rows, never a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer import shapes
from dllint.values.value import NONE, Const, Ref, Site, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

FITTED = "#fitted to"
"""The array of inputs that a model was fitted to."""


def fitted(m: Machine, model: Ref, inputs: Value, target: Value) -> None:
    """model.fit(x, y): with labels beside it, x is an array; a generator or a data set brings its own."""
    known = type(inputs) is Unknown and inputs.ident is not None and target != NONE
    m.store.set((model.id, FITTED), inputs if known else NONE)


def run(m: Machine, model: Ref, inputs: Value, site: Site) -> None:
    """model.predict(x[0]): write down that what is given is one row of what the model was fitted to."""
    array = m.store.get((model.id, FITTED))
    if type(array) is not Unknown or type(inputs) is not Unknown:
        return
    match inputs.ident:
        case ("key", whole, Const(value=int(place))) if whole == array.ident:
            text = (
                f"the model is fitted to an array of rows, and gets row {place} of it without a dimension for the batch"
            )
            shapes.clashed(m, "keras.models.Model.predict", text, site)
