"""Loaders: what iterating one gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer import (
    objects,
)
from dllint.infer.state import Args
from dllint.values.kind import Kind
from dllint.values.value import (
    Case,
    Ref,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    atoms,
    united,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def batch_of(m: Machine, loader: Ref) -> Value:
    """What iterating a loader gives: what its data set's __getitem__ gives, as tensors nobody knows more of."""
    dataset = dict(m.heap[loader.id].bound).get("dataset")
    if dataset is None or not any(type(a) is Ref for a in atoms(dataset)):
        return Unknown("a batch of data")

    getter = next((g for a in atoms(dataset) if type(a) is Ref and (g := objects.special(m, a, "__getitem__"))), None)
    if getter is None:
        return Unknown("a batch of data")
    return _collated(m.call(getter, Args((Unknown("an index"),)), m.here.site))


def _collated(sample: Value) -> Value:
    """A batch has the structure of a sample; what the items are is not known beyond a tensor's kind."""
    match sample:
        case TupleOf(items=items):
            return TupleOf(tuple(_collated(i) for i in items))
        case Tensor(kind=Kind.DUMMY):
            return Unknown("a batch of data")
        case Union():
            return united(Case(g, _collated(a)) for g, a in sample.cases)  # type: ignore[arg-type]
        case Tensor():
            return sample
        case _:
            return Unknown("a batch of data")
