"""Frameworks that run the loop themselves: the trainer calls the hooks of the module that it is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from dllint import api
from dllint.api.entry import Function as Entry
from dllint.infer import classes, foreign, forwards, gradients, modules
from dllint.infer.state import Args
from dllint.lives import Mode
from dllint.values.value import NONE, TRUE, Bound, Ref, Site, Unknown, Value, atoms

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


FIT = "lightning.pytorch.Trainer.fit"
KEEPS_MODES = "2.2"
"""Lightning's version from which fit trains in the modes that it finds; before, it calls train() on the module."""
MAKES, TRAINS, EVALUATES = "configure_optimizers", "training_step", ("validation_step", "test_step", "predict_step")


def run(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """trainer.fit(module): its hooks run once each, in modes that are the trainer's business, then and afterwards.

    Of a known version of Lightning, the modes are known.
    """
    keeps = m.project.versions.of("lightning").at_least(KEEPS_MODES) if entry.name == FIT else None
    for ref in list(_given(m, bound)):
        found = _modes(m, ref) if keeps is not None else {}
        _unsettle(m, ref, forwards.BY_TRAINER)
        _set(m, found)
        _hooks(m, ref, site, keeps)
        if keeps is None:
            _unsettle(m, ref, "a trainer set it last")
    return m.unknown(f"what {entry.name.rpartition('.')[2]} reports", site) if entry.returns.how != "none" else NONE


def _modes(m: Machine, ref: Ref) -> dict[object, Value | None]:
    """The modes of a module and of all below it, as they were set; None where nobody did."""
    if not modules.is_module(m, ref):
        return {}
    return {owner: m.store.get((owner, "#mode")) for owner in modules.subtree(m, ref.id)}


def _set(m: Machine, modes: Mapping[object, Value | None]) -> None:
    for owner, mode in modes.items():
        m.store.set((owner, "#mode"), mode)


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


def _hooks(m: Machine, module: Ref, site: Site, keeps: bool | None) -> None:
    """Call those methods of a module that its framework would. keeps: whether in the modes it has; None: who knows."""
    cls = m.heap[module.id].cls
    base = classes.library_base(m, cls) if cls is not None else None
    names = api.attribute(base, "hooks") if base is not None and api.lookup(base) is not None else None
    optimizers: Value = NONE
    for name in names if isinstance(names, tuple) else ():
        found = classes.find(m, cls, name) if cls is not None else None
        before = _modes(m, module) if keeps is not None else {}
        if keeps is False and name == TRAINS:
            _switch(m, module, site)
        elif name in EVALUATES:
            _set(m, dict.fromkeys(before, Mode(False, site)))
        made = m.call(Bound(found, module), Args(), site) if found is not None else NONE
        m.dead = False  # a hook that only raises is one that is not meant to be called
        if name in EVALUATES:
            _set(m, before)
        elif name == MAKES:
            optimizers = made
        elif name == TRAINS and keeps is not None:
            _stepped(m, made, optimizers)


def _stepped(m: Machine, loss: Value, optimizers: Value) -> None:
    """What trains gives its loss: it goes backward, and the optimizer steps."""
    made = m.made_from((loss,))
    forwards.fed(m, made)
    for atom in atoms(optimizers):
        owners = gradients.targets(m, atom.id) if type(atom) is Ref else None
        if owners is not None:
            forwards.updated(m, made, owners)


def _switch(m: Machine, module: Ref, site: Site) -> None:
    """module.train(), by its own method where it has one."""
    cls = m.heap[module.id].cls
    own = classes.find(m, cls, "train") if type(cls) is Ref else None
    if own is not None:
        m.call(Bound(own, module), Args((TRUE,)), site)
    elif modules.is_module(m, module):
        modules.set_mode(m, module, TRUE, site)
