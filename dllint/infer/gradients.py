"""Gradients over an optimizer's life: what a backward adds, an update uses, and zero_grad clears."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dllint.events import Update
from dllint.findings import Confidence
from dllint.infer import (
    accumulating,
    carrying,
    conditions,
    containers,
    forwards,
    keeping,
    minimised,
    modules,
    rates,
    searches,
    snapshots,
    trainees,
    turns,
)
from dllint.infer.state import Args
from dllint.lives import Pending, after_backward, after_update
from dllint.plain import replace
from dllint.values.value import (
    NONE,
    Atom,
    Bound,
    Const,
    Entries,
    Function,
    Gradient,
    Ident,
    Items,
    Many,
    Parameters,
    Ref,
    Site,
    TupleOf,
    Unknown,
    Value,
    atoms,
    cases,
    deps,
    lift,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def backward(m: Machine, loss: Value, site: Site, *, retained: bool = False) -> None:
    """Gradients reach every optimizer that the loss may reach."""
    accumulating.backed(m, loss, site)
    carrying.backed(m, loss, site, retained=retained)
    keeping.backed(m, keeping.refined(m, loss), site, retained=retained)
    turns.computed(m, site)
    scaled = turns.scaled_by(m, loss)
    forwards.fed(m, deps(loss))
    minimised.note(m, loss, site)
    m.started.setdefault(site, set()).update(deps(loss))
    m.context()
    for owner in m.training:
        _move(m, owner, lambda state: after_backward(state, site, scaled))
    m.store.set(("backward", "#grads"), Pending(fresh=site, scaled=scaled))


def meet(m: Machine, owner: object, *, sure: bool = True) -> None:
    """An optimizer is made or used: from here on, the root that is run trains with it. sure: it is surely one."""
    m.optimizers[owner] = sure or m.optimizers.get(owner, False)
    m.training[owner] = None


def rest(m: Machine) -> None:
    """Between two roots: whoever trains with these optimizers again begins anew."""
    for owner in (*m.training, "backward"):
        m.store.set((owner, "#grads"), None)
    m.training.clear()


def pending(m: Machine, owner: object) -> Value:
    """The gradient state of an optimizer; one never met before has what the last backward left."""
    value = m.store.get((owner, "#grads"))
    if value is None:
        value = m.store.get(("backward", "#grads"))
    return conditions.pruned(m, value) if value is not None else Pending()


def _move(m: Machine, owner: object, change: object) -> None:
    value = pending(m, owner)
    m.store.set((owner, "#grads"), lift(value, lambda a: change(a) if type(a) is Pending else a))  # type: ignore[operator]


def update(m: Machine, receiver: Value, args: Args, site: Site) -> Value:
    """optimizer.step(): an Update for each alternative of what is pending."""
    closure = args.get(0, "closure")
    if closure is not None and closure != NONE:
        return _stepped_with(m, receiver, closure, args, site)
    for atom in atoms(receiver):
        owner = owner_of(atom)
        if owner is None:
            continue
        known = type(atom) is Ref
        meet(m, owner, sure=known)
        _note_update(m, owner, m.optimizers[owner], site)
        snapshots.trained(m, owner, site)
        trainees.updated(m, owner)
        turns.stepped(m, owner, site)
        _move(m, owner, lambda state: after_update(state, site))
    return NONE


def owner_of(atom: Atom) -> object:
    """What an object is followed by: its id, or the identity of an unknown."""
    match atom:
        case Ref(id=number):
            return number
        case Unknown(ident=ident):
            return ident
        case _:
            return None


def _note_update(m: Machine, owner: object, sure: bool, site: Site) -> None:
    m.context()
    states = cases(pending(m, owner))
    known = all(type(atom) is Pending for _, atom in states)
    why = next((atom.why for _, atom in states if type(atom) is Unknown), "")
    m.subject("training step", site, known, why)
    waiting = [atom for _, atom in states if type(atom) is Pending and atom.fresh is not None]
    never = any(atom.stale is not None for atom in waiting) and not any(_cleared_in_turn(m, atom) for atom in waiting)
    accumulating.updated(m, owner, frozenset(state.fresh for state in waiting if state.fresh is not None), site)
    name = m.heap[owner].name if isinstance(owner, int) else conditions.said(m, owner)
    for guards, atom in states:
        if type(atom) is Pending:
            forwards.updated(m, m.started.get(atom.fresh, ()), targets(m, owner))  # type: ignore[arg-type]
            others = [(g, a == atom or (never and known and type(a) is Pending)) for g, a in states]
            confidence = conditions.sureness(guards, others)
            when = "" if confidence is Confidence.CERTAIN else conditions.when(m, guards)
            if not sure and confidence is Confidence.CERTAIN:
                confidence = Confidence.LIKELY
            m.note(Update(name, (atom,), m.where(site), confidence, when))


def unscaled(m: Machine, owner: object) -> None:
    """The gradients of an optimizer are scaled no more."""
    _move(m, owner, lambda state: replace(state, scaled=None))


def cleared_here(m: Machine) -> Pending:
    """No gradients wait, since a place inside these loops."""
    m.context()
    return Pending(cleared=tuple(loop for loop, _ in m.passes))


def _cleared_in_turn(m: Machine, pending: Pending) -> bool:
    """Whether the clear is made again in each pass of a loop that is in a later pass; one before the loop is not."""
    again = {loop for loop, label in m.passes if label not in ("first", 0)}
    return pending.cleared is not None and not again.isdisjoint(pending.cleared)


def _stepped_with(m: Machine, receiver: Value, closure: Value, args: Args, site: Site) -> Value:
    """step(closure) runs the closure, which clears and back-propagates as it likes; step(anything else) is none."""
    if isinstance(closure, (Function, Bound)):
        m.call(closure, Args(), site)
        m.subject("training step", site, False, "it steps with a closure, which is not followed")
    elif type(closure) is not Unknown:
        return m.unknown("a step with an argument", site, args.all())
    for owner in m.training:
        m.store.set((owner, "#grads"), Unknown("a closure steps"))
    return m.unknown("the loss of a closure", site, args.all())


def clear(m: Machine, receiver: Value, site: Site) -> Value:
    """zero_grad() of an optimizer, a module, or nobody knows which."""
    for atom in atoms(receiver):
        if type(atom) is Ref and not modules.is_module(m, atom):
            meet(m, atom.id)
            _clear_one(m, atom.id)
            _clear_sharing(m, targets(m, atom.id), but=atom.id)
        elif type(atom) is Ref:
            _clear_sharing(m, modules.whole(m, atom.id))
        elif type(atom) is Unknown:
            _clear_of_unknown(m, atom.ident)
    return NONE


def _clear_of_unknown(m: Machine, ident: Ident | None) -> None:
    """zero_grad() of an unknown: an optimizer that steps clears its own, anything else may be a model: all."""
    if ident is not None and ident in m.optimizers:
        meet(m, ident)
        _clear_one(m, ident)
        for owner in m.training:
            if not m.optimizers[owner]:
                _clear_one(m, owner)
    else:
        clear_unknown(m)


def clear_unknown(m: Machine) -> None:
    """Gradients of something unknown are cleared: every optimizer may have them."""
    for owner in m.training:
        _clear_one(m, owner)
    m.store.set(("backward", "#grads"), cleared_here(m))


def clear_owner(m: Machine, owner: Value) -> None:
    """`parameter.grad = None`, `parameter.grad.zero_()`."""
    if isinstance(owner, (Parameters, Gradient)) and owner.owners:
        _clear_sharing(m, owner.owners)
    else:
        clear_unknown(m)


def _clear_one(m: Machine, owner: object) -> None:
    here = cleared_here(m)
    turns.cleared(m, owner)
    accumulating.cleared(m, owner)
    unused = [state.fresh for state in atoms(pending(m, owner)) if type(state) is Pending]
    wiped = unused[0] if unused and None not in unused else None
    m.store.set((owner, "#grads"), replace(here, wiped=wiped))


def _clear_sharing(m: Machine, owners: frozenset[object] | None, but: object = None) -> None:
    """Clear every optimizer that may hold parameters of these."""
    for optimizer in sharing(m, owners):
        if optimizer != but:
            _clear_one(m, optimizer)
    if but is None:
        m.store.set(("backward", "#grads"), cleared_here(m))


def sharing(m: Machine, owners: frozenset[object] | None) -> list[object]:
    """Every optimizer that may hold parameters of these, or of anybody."""
    return [
        optimizer
        for optimizer in m.training
        if owners is None or not m.optimizers[optimizer] or (theirs := targets(m, optimizer)) is None or owners & theirs
    ]


def given_by_hand(m: Machine, *, added: bool = False) -> None:
    """Gradients are written by hand: nobody knows from what. added: to those of a backward, which stay."""
    for owner in (*m.training, "backward"):
        if not (added and _waiting(m.store.get((owner, "#grads")))):
            m.store.set((owner, "#grads"), Unknown("gradients are written by hand"))


def _waiting(state: Value | None) -> bool:
    """Whether gradients of a backward surely wait for an update."""
    return state is not None and all(type(atom) is Pending and atom.fresh is not None for atom in atoms(state))


def targets(m: Machine, optimizer: object) -> frozenset[object] | None:
    """Whose parameters an optimizer was given; None where nobody knows."""
    value = m.store.get((optimizer, "#parameters"))
    return value.owners if type(value) is Parameters else None


def optimized(m: Machine, ident: Ident | None) -> bool:
    """Whether an unknown is a network: some optimizer has its parameters."""
    return ident is not None and any(ident in (targets(m, optimizer) or ()) for optimizer in m.training)


def made_optimizer(m: Machine, ref: Ref, given: Value | None) -> None:
    """A new optimizer: nothing is pending, and these are its parameters."""
    meet(m, ref.id)
    m.store.set((ref.id, "#grads"), Pending())
    turns.made(m, ref)
    searches.made(m, ref)
    m.store.set((ref.id, "#parameters"), Parameters(owners_of(m, given) if given is not None else None))
    if given is not None:
        trainees.given(m, ref, given)


def added(m: Machine, optimizer: Value, group: Value) -> Value:
    """optimizer.add_param_group(group)."""
    for atom in atoms(optimizer):
        if type(atom) is Ref and atom.id in m.optimizers:
            both = (targets(m, atom.id), owners_of(m, group))
            owners = None if None in both else frozenset().union(*(owners for owners in both if owners is not None))
            m.store.set((atom.id, "#parameters"), Parameters(owners))
            trainees.given(m, atom, group)
    return NONE


def owners_of(m: Machine, value: Value, depth: int = 0) -> frozenset[object] | None:
    """The modules whose parameters a value holds, through lists, groups and generators; None where nobody knows."""
    found: set[object] = set()
    for atom in atoms(value):
        owners: frozenset[object] | None
        if type(atom) is Parameters:
            owners = atom.owners
        elif depth < 4 and (within := inner(m, atom)) is not None:
            parts = [owners_of(m, v, depth + 1) for v in within]
            owners = None if None in parts else frozenset().union(*(p for p in parts if p is not None))
        else:
            owners = None
        if owners is None:
            return None
        found |= owners
    return frozenset(found)


def inner(m: Machine, atom: Atom) -> Iterable[Value] | None:

    match atom:
        case Many(item=item):
            return (item,)
        case TupleOf(items=items):
            return items
        case Ref(id=number):
            contents = m.store.get((number, "[]"))
            if type(contents) is Items:
                return contents.values
            entries = m.store.get((number, "{}"))
            if type(entries) is Entries:
                return tuple(v for k, v in entries.pairs if k == Const("params"))
    return None


def groups(m: Machine, optimizer: Ref) -> Value:
    """optimizer.param_groups: dicts whose "params" are its parameters and whose other entries are unknown."""
    rates.lend(m, optimizer)
    owners = targets(m, optimizer.id)
    group = containers.new_dict(m, [(Const("params"), Many(Parameters(owners)))], m.here.site, open=True)
    return Many(group)
