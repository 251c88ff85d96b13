"""Parameters that never reach an optimizer: groups left out, layers replaced afterwards, flags set for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from dllint.events import Untrained
from dllint.infer import gradients, modules, registration, supplies
from dllint.program import ir
from dllint.values.value import (
    FALSE,
    TRUE,
    Const,
    Entries,
    Items,
    Once,
    Parameters,
    Ref,
    Site,
    Step,
    TupleOf,
    Unknown,
    Value,
    atoms,
    held,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

FLAG = "requires_grad"
ALIKE = 0.85
"""How alike a name is that can only be a slip of the pen: `require_grad`, `requires_grads`."""
PARAMS = Const("params")


def clipped(m: Machine, given: Value, site: Site) -> None:
    """clip_grad_norm_(given, …)."""
    before = supplies.used(m, given, site) if type(given) is Once else None
    if before is not None:
        _note(m, "used up", "", site, Step(before, "goes through the generator"))


def _note(m: Machine, how: str, what: str, site: Site, because: Step | None = None) -> None:
    m.note(Untrained(how, what, m.where(site), because))


# ---------------------------------------------------------------- flags


def frozen(m: Machine, what: Value, flag: Value) -> None:
    """what.requires_grad_(flag): from here on, nothing records what a frozen network computes."""
    for atom in atoms(what) if flag != TRUE else ():
        match atom:
            case Ref(id=number):
                m.frozen.update(modules.subtree(m, number))
            case Unknown(ident=ident) if ident is not None:
                m.frozen.add(ident)
            case Parameters(owners=owners):
                m.frozen.update(owners or ())


def flagged(m: Machine, owner: Parameters, name: str, value: Value, site: Site) -> None:
    """parameter.name = value: torch reads `requires_grad` alone."""
    if name == FLAG:
        frozen(m, owner, value)
    elif name != "data" and SequenceMatcher(None, name, FLAG).ratio() >= ALIKE:
        _note(m, "unknown flag", name, site)


def only_trained(m: Machine, node: ir.If, owner: Value) -> None:
    """`if p.requires_grad: p.requires_grad = flag`: with a flag of True, which somebody may give, it does nothing."""
    here = m.here.node
    if type(owner) not in (Parameters, Unknown) or not isinstance(here, ir.FunctionDef) or node.orelse:
        return
    options = {parameter.name for parameter in (*here.params.posonly, *here.params.args, *here.params.kwonly)}
    for statement in node.body:
        match statement:
            case ir.Assign(targets=[ir.Attribute(attr=name)], value=ir.Name(id=given)) if name == FLAG:
                if given in options:
                    asked = Step(m.site(node.test), "only those are reached that are trained already")
                    _note(m, "trained already", given, m.site(statement), asked)


def attribute(m: Machine, number: int, name: str, value: Value, site: Site) -> None:
    """object.name = value, before it is set."""
    if name == FLAG:
        if value == FALSE and modules.is_module(m, Ref(number)):
            _note(m, "flag of a module", m.heap[number].name, site)
    elif m.optimizers and number in m.store.modules and modules.is_module(m, value):
        before = m.store.get((number, name))
        head = before is None and name in modules.heads(m, number)
        _replaced(m, number, Ref(number) if head else before, value, Step(site, name))


# ---------------------------------------------------------------- layers


def item(m: Machine, container: Value, index: Value, value: Value, site: Site) -> None:
    """container[index] = value, before it is set."""
    if m.optimizers and type(container) is Ref and container.id in m.store.modules and modules.is_module(m, value):
        layers = m.store.get((container.id, "[]"))
        before = layers.values if type(layers) is Items else ()
        place = index.value if type(index) is Const and isinstance(index.value, int) else len(before)
        if -len(before) <= place < len(before):
            _replaced(m, container.id, before[place], value, Step(site, f"layer {place}"))


def _replaced(m: Machine, number: int, before: Value | None, layer: Value, place: Step) -> None:
    """A layer takes the place of one whose parameters an optimizer has."""
    if type(layer) is not Ref or type(before) is not Ref or not registration.has_parameters(m, layer.id):
        return
    for optimizer in m.optimizers:
        targets = gradients.targets(m, optimizer)
        if targets and {number, before.id} <= targets and not _given(m, layer.id):
            m.store.set((optimizer, "#replaced"), TupleOf((Const(place), layer)))


def _given(m: Machine, layer: int) -> bool:
    """Whether an optimizer has the parameters of a layer."""
    return any(layer in (gradients.targets(m, optimizer) or ()) for optimizer in m.optimizers)


def updated(m: Machine, optimizer: object) -> None:
    """optimizer.step(): whether a layer that it knows nothing of was put into a network it trains."""
    for atom in atoms(m.store.get((optimizer, "#replaced")) or Const(None)):
        match atom:
            case TupleOf(items=(Const(value=Step() as place), Ref(id=layer))):
                if isinstance(optimizer, int) and not _given(m, layer):
                    made = Step(m.heap[optimizer].site, f"{m.heap[optimizer].name} is given the parameters of before")
                    _note(m, "replaced", place.text, place.site, made)


# ---------------------------------------------------------------- groups


def given(m: Machine, optimizer: Ref, params: Value) -> None:
    """A new optimizer is given these: groups that stand beside them, and are not among them, may be forgotten."""
    if type(params) is Once:
        supplies.used(m, params, m.heap[optimizer.id].site)
    theirs = dict(_groups(m, params, 0))
    for number in theirs:
        m.left_out.pop(number, None)
    if not theirs or m.here.names is None:
        return
    for name in m.names(m.here.frame):
        group = m.store.get((m.here.frame, name))
        kept = _params(m, group) if type(group) is Ref else None
        if kept is not None and type(group) is Ref and group.id not in theirs and kept not in theirs.values():
            made = Step(m.heap[group.id].site, "the group is made")
            m.left_out[group.id] = Untrained("left out", name, m.where(m.heap[optimizer.id].site), made)


def handed_on(m: Machine, value: Value) -> None:
    """Somebody nobody knows gets a value: groups in it are his business."""
    if m.left_out:
        for number in held(value):
            m.left_out.pop(number, None)  # type: ignore[call-overload]


def _groups(m: Machine, value: Value, depth: int) -> Iterator[tuple[int, Value]]:
    """The groups in what an optimizer is given: the dict, and its parameters."""
    for atom in atoms(value):
        if type(atom) is Ref and (kept := _params(m, atom)) is not None:
            yield atom.id, kept
        elif depth < 2:
            for inner in gradients.inner(m, atom) or ():
                yield from _groups(m, inner, depth + 1)


def _params(m: Machine, group: Ref) -> Value | None:
    """What a dict has as its "params", where there are parameters among them."""
    entries = m.store.get((group.id, "{}"))
    if type(entries) is not Entries:
        return None
    kept = next((value for key, value in entries.pairs if key == PARAMS), None)
    if kept is None:
        return None
    items = [kept, *(gradients.inner(m, kept) or ())] if type(kept) is not Const else []  # type: ignore[arg-type]
    return kept if any(type(atom) is Parameters for item in items for atom in atoms(item)) else None


def settle(m: Machine) -> None:
    """At the end of a run: the groups that are kept nowhere, so that nobody can give them to an optimizer later."""
    if not m.left_out:
        return
    kept = frozenset(owner for value in m.store.cells.values() for owner in held(value))
    for number, event in m.left_out.items():
        if number not in kept:
            m.note(event)
