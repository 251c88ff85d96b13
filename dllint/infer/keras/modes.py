"""Layers of Keras that behave differently in training, called while nobody says whether this is training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint import api
from dllint.infer import classes, conditions
from dllint.infer.store import Cell
from dllint.plain import replace
from dllint.values.value import (
    NONE,
    Atom,
    Const,
    Deps,
    LeafKey,
    Ref,
    Tensor,
    TupleOf,
    Unknown,
    Value,
    atoms,
    lift,
    with_deps,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

TOLD: Cell = ("keras training", "")
"""What the layers that are being called are told of `training`: None where nobody says. Unset outside of calls."""
SEEN: Cell = ("keras leaves", "")
"""The layers met that would have to be told, while somebody looks for them."""


def met(m: Machine, layer: Ref, made: Value) -> Value:
    """What a layer makes, with the layer as what it was made by where that depends on what nobody said."""
    if m.store.get(TOLD) != NONE or not (name := depends(m, layer)):
        return made
    key = LeafKey(m.heap[layer.id].site, name)
    see(m, frozenset((key,)))
    return with_deps(made, frozenset((key,)))


def depends(m: Machine, layer: Ref) -> str:
    """How a layer of the library depends on the mode: "dropout", "batchnorm"; "" where it does not, or is frozen."""
    thing = m.heap[layer.id]
    base = classes.library_base(m, thing.cls) if thing.cls is not None else None
    name = api.attribute(base, "leaf") if base is not None else None
    if not isinstance(name, str) or frozen(m, layer):
        return ""
    rate = api.attribute(str(base), "leaf_argument")
    if rate is None:
        return name
    return name if _given(str(base), dict(thing.bound), str(rate)) else ""


def _given(base: str, bound: dict[str, Value], parameter: str) -> bool:
    """Whether a layer was made with more than nothing of this."""
    made = api.method(base, "__init__")
    default = next((p.default for p in made.parameters if p.name == parameter), 0) if made is not None else 0
    value = bound.get(parameter, Const(default))
    return type(value) is Const and bool(value.value)


def frozen(m: Machine, layer: Ref) -> bool:
    """Whether somebody set, or may have set, `trainable` to False."""
    said = m.store.get((layer.id, "trainable")) or dict(m.heap[layer.id].bound).get("trainable")
    return said is not None and said != Const(True)


def see(m: Machine, keys: Deps) -> None:
    """Somebody who looks for such layers sees these."""
    before = m.store.get(SEEN)
    if before is not None and keys:
        known = seen(m)
        m.store.set(SEEN, TupleOf(tuple(map(Const, dict.fromkeys((*known, *sorted(keys)))))))


def seen(m: Machine) -> tuple[LeafKey, ...]:
    """The layers that were surely met."""
    found = [a.items for a in atoms(conditions.pruned(m, m.store.get(SEEN) or NONE)) if type(a) is TupleOf]
    sure = (item for item in found[0] if all(item in other for other in found)) if found else ()
    return tuple(item.value for item in sure if type(item) is Const)  # type: ignore[misc]


def waiting(m: Machine, value: Value) -> Deps:
    """The layers that a value was made by, and that were told nothing."""
    return frozenset(key for key in m.made_from((value,)) if type(key) is LeafKey)


def without(value: Value, keys: Deps) -> Value:
    """The value as made by layers that were told."""

    def less(atom: Atom) -> Value:
        if isinstance(atom, TupleOf):
            return TupleOf(tuple(without(item, keys) for item in atom.items))
        return replace(atom, deps=atom.deps - keys) if isinstance(atom, (Tensor, Unknown)) else atom

    return lift(value, less) if keys else value
