"""Frameworks that run the loop themselves: the trainer calls the hooks of the module that it is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dllint import api
from dllint.api.entry import Function as Entry
from dllint.infer import classes, foreign, forwards, modules
from dllint.infer.state import Args
from dllint.values.value import NONE, Bound, Ref, Site, Unknown, Value, atoms

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def run(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """trainer.fit(module): its hooks run once each, in modes that are the trainer's business, then and afterwards."""
    for ref in list(_given(m, bound)):
        _unsettle(m, ref, forwards.BY_TRAINER)
        _hooks(m, ref, site)
        _unsettle(m, ref, "a trainer set it last")
    return m.unknown(f"what {entry.name.rpartition('.')[2]} reports", site) if entry.returns.how != "none" else NONE


def _unsettle(m: Machine, ref: Ref, why: str) -> None:
    """The mode and the gradients of an object are its trainer's business."""
    foreign.forget(m, ref, why)
    if modules.is_module(m, ref):
        for owner in modules.switched(m, ref.id):
            m.store.set((owner, "#mode"), Unknown(why))


def _given(m: Machine, bound: dict[str, Value]) -> Iterator[Ref]:
    """The objects that a trainer is given, now or when it was made."""
    for value in bound.values():
        for atom in atoms(value):
            if type(atom) is Ref:
                yield atom
                thing = m.heap[atom.id]
                if thing.sort == "library" and atom == bound.get("self"):
                    yield from _given(m, dict(thing.bound))


def _hooks(m: Machine, module: Ref, site: Site) -> None:
    """Call those methods of a module that its framework would."""
    cls = m.heap[module.id].cls
    base = classes.library_base(m, cls) if cls is not None else None
    names = api.attribute(base, "hooks") if base is not None and api.lookup(base) is not None else None
    for name in names if isinstance(names, tuple) else ():
        found = classes.find(m, cls, name) if cls is not None else None
        if found is not None:
            m.call(Bound(found, module), Args(), site)
            m.dead = False  # a hook that only raises is one that is not meant to be called
