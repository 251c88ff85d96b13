"""What is minimised: a loss that is back-propagated for the one optimizer of the networks that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Call
from dllint.infer import gradients
from dllint.values.value import FALSE, Site, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def note(m: Machine, loss: Value, site: Site) -> None:
    """Write a backward down. Where several optimizers go, one network may well be another's adversary."""
    from dllint.infer.entries import given_as

    wants = "descended" if _descends(m) else "differentiable"
    given = tuple(given_as(m, "self", wants, loss))
    m.note(Call("backward", "torch.Tensor.backward", given, m.where(site)))


def _descends(m: Machine) -> bool:
    """Whether the only optimizer is one of networks, and makes what it is given small."""
    files = {activation.file for activation in m.stack}
    near = [one for one in m.optimizers if not isinstance(one, int) or m.heap[one].site.file in files]
    if len(near) != 1 or not isinstance(near[0], int):
        return False
    networks = gradients.targets(m, near[0])
    maximize = dict(m.heap[near[0]].bound).get("maximize", FALSE)
    return maximize == FALSE and bool(networks) and all(isinstance(one, int) for one in networks or ())
