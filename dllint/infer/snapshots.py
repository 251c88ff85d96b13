"""State dicts over their lives: who keeps the weights of a module, what changes them, and who loads or saves them.

A state_dict holds the tensors of its module, no copies. Where it is made anew it shows what the weights are then, so
one place in the program stands for one state_dict.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dllint.events import Restore
from dllint.findings import Confidence
from dllint.infer import conditions, gradients, loops, modules, roles
from dllint.infer.state import Args
from dllint.infer.store import Cell
from dllint.lives import Kept
from dllint.values.value import (
    NONE,
    Entries,
    ForwardKey,
    Guards,
    Ref,
    Site,
    TupleOf,
    Unknown,
    Value,
    Weights,
    atoms,
    cases,
    contradict,
    lift,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

READS = frozenset({"keys", "values", "items", "get", "__len__", "__contains__", "__getitem__"})
DEEPEST = 2


def taken(m: Machine, module: Value, site: Site) -> Value:
    """module.state_dict(). Of one of several modules, it is made for all of them: which it is, does not matter here."""
    roles.kept(m, site)
    owner = gradients.owner_of(module)  # type: ignore[arg-type]
    weights = Weights(owner, site, bool(m.passes))
    m.snapshots[weights] = None
    for one in m.snapshots:
        if one.site == site:
            m.store.set(_cell(one), Kept())
    return weights


def _cell(weights: Weights) -> Cell:
    owner = weights.owner
    return (("weights", weights.site, ("object", owner) if isinstance(owner, int) else owner), "#kept")


def mixed(m: Machine, weights: Weights) -> None:
    """Something is written into the dict: nobody knows what of it is the module's own."""
    m.store.set(_cell(weights), NONE)


def method(m: Machine, weights: Weights, name: str, args: Args, site: Site) -> Value:
    """A method of the dict."""
    if name == "copy":
        return weights  # of the dict, not of the tensors
    if name not in READS:
        mixed(m, weights)
    return m.unknown("an item of weights", site, args.all())


def trained(m: Machine, optimizer: object, site: Site) -> None:
    """A step of an optimizer changes the weights that it may train, in every state_dict of them."""
    for weights in m.snapshots:
        sure = _trains(m, optimizer, weights.owner)
        if sure is not None:
            _change(m, weights, Kept(site, sure))


def _trains(m: Machine, optimizer: object, owner: object) -> bool | None:
    """Whether an optimizer trains a module: True where it does; None where it does not; False where it seems to."""
    tree = modules.subtree(m, owner) if isinstance(owner, int) else {owner: ""}
    targets = gradients.targets(m, optimizer)
    if targets is not None:
        return True if not targets.isdisjoint(tree) else None
    used = any(type(key) is ForwardKey and key.module in tree for key in m.trained)
    return False if used or (not isinstance(owner, int) and (owner, "#mode") in m.store.cells) else None


def _change(m: Machine, weights: Weights, changed: Kept) -> None:
    """What is as it was made is changed from here on."""
    before = m.store.get(_cell(weights))
    if before is not None:
        m.store.set(_cell(weights), lift(before, lambda atom: changed if atom == Kept() else atom))


def given(args: Args) -> bool:
    """Whether a call is given weights that are followed."""
    first = args.get(0, "state_dict")
    return first is not None and any(type(atom) is Weights for atom in atoms(first))


def loaded(m: Machine, module: Value, args: Args, site: Site) -> Value:
    """module.load_state_dict(given): what other state_dicts of it show is overwritten."""
    owner = gradients.owner_of(module)  # type: ignore[arg-type]
    found = list(_in(m, args.get(0, "state_dict") or NONE, DEEPEST))
    for guards, weights in found:
        _note(m, weights, guards, site, own=weights.owner == owner, saved=False)
    given = {weights for _, weights in found}
    for weights in m.snapshots:
        if weights.owner == owner and weights not in given:
            _change(m, weights, Kept(site, trained=False))
    return Unknown("which keys did not match")


def saved(m: Machine, what: Value, site: Site) -> None:
    """torch.save(what, …): weights in it are written as they are."""
    if modules.is_module(m, what):
        roles.kept(m, site)
    for guards, weights in _in(m, what, 0):
        roles.kept(m, site)
        _note(m, weights, guards, site, own=False, saved=True)


def _in(m: Machine, value: Value, depth: int) -> Iterator[tuple[Guards, Weights]]:
    """The weights in a value, in a dict or list of such too, each with the conditions under which they are there."""
    for guards, atom in cases(conditions.pruned(m, value)):
        if type(atom) is Weights:
            yield guards, atom
        elif depth < DEEPEST:
            for inner in _items(m, atom):
                yield from ((guards | below, weights) for below, weights in _in(m, inner, depth + 1))


def _items(m: Machine, atom: Value) -> tuple[Value, ...]:
    entries = m.store.get((atom.id, "{}")) if type(atom) is Ref else None
    if type(entries) is Entries:
        return tuple(value for _, value in entries.pairs)
    return loops.counted(m, atom) or () if isinstance(atom, (Ref, TupleOf)) else ()


def _note(m: Machine, weights: Weights, guards: Guards, site: Site, *, own: bool, saved: bool) -> None:
    """Write down that weights are taken for what they were, where they may have changed since they were made."""
    kept = m.store.get(_cell(weights))
    for when, atom in cases(conditions.pruned(m, kept)) if kept is not None else ():
        if type(atom) is Kept and atom.since is not None and not contradict(when, guards):
            how = (atom.since, atom.trained, own, weights.repeated, saved)
            sure = Confidence.CERTAIN if atom.sure else Confidence.LIKELY
            m.note(Restore(_name(m, weights.owner), weights.site, *how, m.where(site), sure))


def _name(m: Machine, owner: object) -> str:
    return m.heap[owner].name if isinstance(owner, int) else conditions.named(m, owner) or "the network"
