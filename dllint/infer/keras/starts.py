"""What the weights of a layer of Keras start as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Unfilled
from dllint.values.value import Const, Library, Ref

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

ZEROS = ("zero", "zeros", "Zeros")
KERNELS = ("kernel_initializer", "init")


def met(m: Machine, layer: Ref) -> None:
    """Write down that a layer starts with zeros under relu: its output is 0, and relu has no gradient there."""
    thing = m.heap[layer.id]
    bound = dict(thing.bound)
    kernel = next((bound[name] for name in KERNELS if name in bound), None)
    zeros = type(kernel) is Const and kernel.value in ZEROS
    activation = bound.get("activation")
    relu = activation == Const("relu") or activation == Library("keras.activations.relu")
    if zeros and relu and "bias_initializer" not in bound and "weights" not in bound:
        m.note(Unfilled(thing.name, "kernel", m.where(thing.site), "relu"))
