"""Networks of libraries: the head that users replace, and what comes out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint import api
from dllint.api.entry import Class
from dllint.api.entry import Function as Entry
from dllint.infer import entries, modules
from dllint.values.kind import Kind
from dllint.values.value import Items, Ref, Site, Tensor, Unknown, Value, atoms, deps

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def furnish(m: Machine, ref: Ref, name: str, site: Site) -> None:
    """Give a new network the parts that its class lists: a layer each, or a Sequential of several."""
    parts = api.attribute(name, "parts")
    if isinstance(parts, dict):
        for part, layers in parts.items():
            m.store.set((ref.id, part), _part(m, layers, site))


def _part(m: Machine, layers: str | tuple[str, ...] | dict[str, str], site: Site) -> Ref:
    if isinstance(layers, str):
        return _layer(m, layers, site)
    sequential = _layer(m, "torch.nn.Sequential", site)
    named = layers.items() if isinstance(layers, dict) else ((str(n), layer) for n, layer in enumerate(layers))
    made = {name: _layer(m, layer, site) for name, layer in named}
    m.store.set((sequential.id, "[]"), Items(tuple(made.values())))
    for name, layer in made.items():
        m.store.set((sequential.id, name), layer)  # readable by its name, registered once
    return sequential


def _layer(m: Machine, name: str, site: Site) -> Ref:
    entry = api.lookup(name)
    assert isinstance(entry, Class), f"{name} is no class of the table"
    return entries.made(m, entry, {}, site)


def output(m: Machine, entry: Entry, bound: dict[str, Value], site: Site) -> Value:
    """What the head makes of the features; raw scores, as it was made, when nobody replaced it."""
    receiver = bound.get("self")
    made = frozenset().union(*map(deps, bound.values()))
    features = Tensor(Kind.UNKNOWN, (), made, m.grad(), "the features of a network")
    head = _head(m, receiver.id) if type(receiver) is Ref else None
    if head is None:
        return entries.fresh(m, entry, Kind.RAW, bound, site)
    return modules.handed(m, head, features, site)


def replaced(m: Machine, network: Value) -> None:
    """A network gets a head of a kind that is not followed."""
    for atom in atoms(network):
        if type(atom) is Ref:
            for name in modules.heads(m, atom.id)[:1]:
                m.store.set((atom.id, name), Unknown("a new head"))


def _head(m: Machine, number: int) -> Value | None:
    """The part of a network that makes its output; None where it has the one it was made with, unseen."""
    parts = (m.store.get((number, name)) for name in modules.heads(m, number))
    return next((part for part in parts if part is not None), None)
