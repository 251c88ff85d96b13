"""What is minimised: a loss that is back-propagated for the one optimizer of the networks that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Call
from dllint.infer import entries, gradients
from dllint.values.value import FALSE, Const, Site, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def note(m: Machine, loss: Value, site: Site) -> None:
    """Write a backward down. Where several optimizers go, one network may well be another's adversary."""
    wants = "descended" if _descends(m) else "differentiable"
    given = tuple(entries.given_as(m, "self", wants, loss))
    m.note(Call("backward", "torch.Tensor.backward", given, m.where(site)))


def _descends(m: Machine) -> bool:
    """Whether the only optimizer is surely one of networks, and makes what it is given small."""
    if len(m.optimizers) != 1:
        return False
    (owner, sure), *_ = m.optimizers.items()
    networks = gradients.targets(m, owner)
    if not sure or not isinstance(owner, int) or not networks:
        return False
    maximize = dict(m.heap[owner].bound).get("maximize", FALSE)
    return maximize == Const(False) and all(isinstance(one, int) for one in networks)
