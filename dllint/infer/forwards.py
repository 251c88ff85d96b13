"""Calls of outermost modules: which layers they run in which mode, and what becomes of their results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from dllint.events import Bypass, Forward, Leaf, Where
from dllint.findings import Confidence
from dllint.infer import carrying, conditions, modules
from dllint.infer.state import Args
from dllint.infer.store import GRAD
from dllint.lives import Mode
from dllint.values.kind import Kind
from dllint.values.value import (
    TRUE,
    BatchKey,
    Bound,
    Const,
    Deps,
    DrawKey,
    FitKey,
    ForwardKey,
    Guards,
    LabelKey,
    LoaderKey,
    Method,
    PartKey,
    Ref,
    RiskKey,
    Site,
    Step,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    atoms,
    cases,
    deps,
    with_deps,
)

MOST_INSIDE = 40
BY_TRAINER = "the trainer sets it"
"""Why nobody knows the mode of a module in the hooks of its framework: there is nothing to judge."""

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def outermost(m: Machine, ref: Ref, args: Args, site: Site, run: Callable[[], Value]) -> Value:
    """Run a module's forward; when no other forward is around, write it down as an event."""
    if inside(m):
        return _inner(m, args, site, run)
    key = ForwardKey(site, m.context(), ref.id)
    event = m.forwards.get(key) or _begin(m, ref, args, site)
    m.forwards[key] = event
    m.inside, m.running = 1, key
    m.store.set(("inside", ""), Const(True))
    try:
        result = run()
    finally:
        m.inside, m.running = 0, None
        m.store.set(("inside", ""), None)
    m.note(event)
    _count(m, event, site)
    return with_deps(result, frozenset((key,)))


def bypassed(m: Machine, method: Value, site: Site) -> None:
    """module.forward(…), by name: of another module than the one whose method this stands in."""
    module = method.self if isinstance(method, (Bound, Method)) else None
    if type(module) is Ref and module != m.here.self and modules.is_module(m, module):
        m.note(Bypass(m.heap[module.id].name, m.where(site)))


def inside(m: Machine) -> bool:
    """Whether the forward of a network is being run."""
    if m.store.logs:
        m.store.logs[-1].setdefault(("inside", ""), m.store.cells.get(("inside", "")))
    return m.inside > 0


def _inner(m: Machine, args: Args, site: Site, run: Callable[[], Value]) -> Value:
    """A forward inside another; a network that holds itself goes round for ever."""
    if m.inside > MOST_INSIDE:
        return m.unknown("networks too deep inside one another", site, args.all())
    m.inside += 1
    try:
        return run()
    finally:
        m.inside -= 1


def of_unknown(m: Machine, callee: Unknown, args: Args, site: Site) -> Value:
    """A call of something nobody knows whose mode somebody sets: a network."""
    key = ForwardKey(site, m.context(), callee.ident)
    event = m.forwards.get(key)
    if event is None:
        given = frozenset().union(*map(deps, args.all()))
        name = conditions.named(m, callee.ident) or "the network"
        event = Forward(
            name,
            (),
            m.where(site),
            None,
            _made_up(args),
            given=given,
            looped=_looped(m, given),
            states=_states(m, callee.ident),
            opaque=True,
            graph=_records(m),
        )
        m.forwards[key] = event
    m.note(event)
    return with_deps(m.unknown(callee.why, site, args.all()), frozenset((key,)))


def _states(m: Machine, owner: object) -> tuple[tuple[Mode, Confidence, str], ...]:
    """The modes a module itself may be in; none when nobody knows. Whatever a loop asks anew comes true some time."""
    found = cases(conditions.pruned(m, modules.mode(m, owner)))
    if not all(type(atom) is Mode for _, atom in found):
        return ()
    return tuple((atom, *_surely(m, guards)) for guards, atom in found if type(atom) is Mode)


def _surely(m: Machine, guards: Guards) -> tuple[Confidence, str]:
    stable = conditions.stable(guards)
    return (conditions.confidence(stable), conditions.when(m, stable)) if stable else (Confidence.CERTAIN, "")


def _begin(m: Machine, ref: Ref, args: Args, site: Site) -> Forward:
    thing = m.heap[ref.id]
    asked = m.store.get((ref.id, "#asked"))
    asker = m.store.get((ref.id, "#asker"))
    if not any(Const(activation.frame) == asker for activation in m.stack):
        asked = None  # whoever called train() has returned: it was not for this call
    given = frozenset().union(*map(deps, args.all()))
    return Forward(
        module=thing.name,
        leaves=tuple(leaves(m, ref.id)),
        where=m.where(site),
        built=thing.site,
        dummy=_made_up(args),
        states=_states(m, ref.id),
        opaque=not m.called.isdisjoint(modules.subtree(m, ref.id)),
        asked=asked.site if type(asked) is Mode else None,
        given=given,
        looped=_looped(m, given),
        carried=carrying.given(m, args.all()),
        drawn=_drawn(args),
        graph=_records(m),
    )


def _looped(m: Machine, given: Deps) -> bool:
    """Whether something that one of the loops around gives is among what an input is made from."""
    around = {site for site, _ in m.passes}
    return any(type(key) is BatchKey and key.loop in around for key in given)


def _records(m: Machine) -> bool:
    """Whether autograd surely records: nothing switched it off, and no flag decides."""
    return (m.store.get(GRAD) or TRUE) == TRUE


def _drawn(args: Args) -> frozenset[DrawKey]:
    """The random transforms that surely were applied to what goes in."""
    found = [
        frozenset.intersection(*(frozenset(key for key in deps(atom) if type(key) is DrawKey) for atom in atoms(value)))
        for value in args.all()
    ]
    return frozenset().union(*found)


def _made_up(args: Args) -> bool:
    """Only made-up data goes in: a demonstration, which proves nothing about modes."""
    given = list(args.all())
    return bool(given) and all(
        (isinstance(a, Tensor) and a.kind is Kind.DUMMY) or type(a) is Const for v in given for a in atoms(v)
    )


def leaves(m: Machine, number: int) -> Iterator[Leaf]:
    """The layers below a module that behave differently in train and eval mode."""
    for leaf, path, sure in _found_leaves(m, number):
        modes, why = _modes(m, leaf)
        yield Leaf(modules.leaf(m, leaf), path, modes, sure, why, m.heap[leaf].site)


FoundLeaf = tuple[int, str, Confidence]
"""A layer, its dotted path, and how sure it is that the network has it."""


def _found_leaves(m: Machine, number: int) -> list[FoundLeaf]:
    """The same without their modes: looked for once, as long as no network changes and none has alternatives."""
    m.read_structure()
    kept = m.found_leaves.get(number)
    if kept is not None and kept[0] == m.store.structure:
        return kept[1]
    found: list[FoundLeaf] = []
    if _find_leaves(m, number, "", Confidence.CERTAIN, found, set(), 0):
        m.found_leaves[number] = (m.store.structure, found)
    return found


def _find_leaves(
    m: Machine, number: int, path: str, sure: Confidence, found: list[FoundLeaf], seen: set[int], depth: int
) -> bool:
    """Look below a module; whether that holds on every path, since nothing has alternatives."""
    if number in seen or depth > modules.DEEPEST:
        return True
    seen.add(number)
    if modules.leaf(m, number):
        found.append((number, path, sure))
    always = True
    for child, value in modules.children(m, number):
        always = always and type(value) is not Union
        value = conditions.pruned(m, value)
        for guards, atom in cases(value):
            if type(atom) is Ref and modules.is_module(m, atom):
                held = Confidence.CERTAIN if type(value) is not Union else conditions.confidence(guards)
                inner = f"{path}.{child}" if path else child
                always = _find_leaves(m, atom.id, inner, min(sure, held), found, seen, depth + 1) and always
    return always


def _modes(m: Machine, number: int) -> tuple[tuple[Mode, ...], str]:
    """Every mode a layer may be in; none, and why, when nobody knows."""
    found = tuple(atoms(conditions.pruned(m, modules.mode(m, number))))
    unknown = next((a for a in found if type(a) is not Mode), None)
    if unknown is not None:
        return (), unknown.why if type(unknown) is Unknown else "nobody knows"
    return found, ""  # type: ignore[return-value]


def _count(m: Machine, event: Forward, site: Site) -> None:
    """Count what missing-eval has to judge: nets with such layers, whose mode is known or not."""
    if event.leaves and not event.dummy:
        why = next((leaf.why for leaf in event.leaves if not leaf.modes), "")
        if why != BY_TRAINER:
            m.subject("forward", site, not why, f"the mode of {event.module}: {why}")


def fed(m: Machine, made: Deps) -> None:
    """The forwards a backward starts from."""
    for key in made:
        m.trained.add(key)
        if (event := m.forwards.get(key)) is not None:
            event.feeds = True


def updated(m: Machine, made: Iterable[object], targets: frozenset[object] | None) -> None:
    """An optimizer with these parameters steps on the gradients of these forwards."""
    for key in made:
        event = m.forwards.get(key)
        if event is not None and event.where.grad and _trains(m, event, key.module, targets):  # type: ignore[attr-defined]
            event.updates = True


def _trains(m: Machine, event: Forward, module: object, targets: frozenset[object] | None) -> bool:
    """Whether they are its parameters; of an optimizer of nobody knows what, whether it is in train mode at times."""
    if targets is None:
        return any(mode.train for mode, _, _ in event.states)
    tree = modules.subtree(m, module) if isinstance(module, int) else (module,)
    return not targets.isdisjoint(tree)


def scored(m: Machine, made: Deps, site: Site, how: str) -> None:
    """The result of these forwards is measured here."""
    for key in made:
        event = m.forwards.get(key)
        if event is not None and event.scored is None:
            event.scored = Step(site, how)


NO_DATA = (LoaderKey, LabelKey, DrawKey, PartKey, FitKey, RiskKey)
"""What tells where data comes from, and not which batch it is."""


def settle(m: Machine) -> None:
    """At the end of a run: what the rest of the program says of each forward.

    A forward on what is trained on is part of training, whatever becomes of its result. A train() that no training
    follows is meant: Monte Carlo dropout, a recalibration of batch norm.
    """
    trains = {event.where.site for event in m.forwards.values() if event.feeds}
    for key, event in m.forwards.items():
        data = {made for made in event.given if type(made) not in NO_DATA}
        event.feeds = event.feeds or _trained_on(m, data)
        needed = event.where.site in trains or key.module in m.frozen  # type: ignore[attr-defined]
        event.graph = event.graph and not needed
    training = {event.asked for event in m.forwards.values() if event.feeds}
    for event in m.forwards.values():
        event.meant = event.asked is not None and event.asked not in training
    _find_evaluations(m)


def _trained_on(m: Machine, data: set[object]) -> bool:
    """Whether something was trained on what goes in: batch by batch, not only on files that both come from."""
    return not m.trained.isdisjoint(data) and all(made in m.trained for made in data if type(made) is BatchKey)


def _find_evaluations(m: Machine) -> None:
    """For each forward that trains in eval mode, the evaluation that the eval() was for: of several, the closest."""
    serving: dict[Site, list[Where]] = {}
    for event in m.forwards.values():
        if not event.feeds:
            for mode, _, _ in event.in_eval_mode():
                serving.setdefault(mode.site, []).append(event.where)
    for event in m.forwards.values():
        if event.updates:
            near = event.where
            found = [where for mode, _, _ in event.in_eval_mode() for where in serving.get(mode.site, ())]
            event.evaluation = max(found, key=lambda where: len(near.shared(where)), default=None)


def abandoned(m: Machine, first: int) -> None:
    """The run is cut short in what began when there were so many forwards: who knows what trains on the later ones."""
    for event in islice(m.forwards.values(), first, None):
        event.escapes = event.where.grad


def escaped(m: Machine, value: Value) -> None:
    """A tracked result goes to code nobody knows: it may be trained on there."""
    for atom in atoms(value):
        if isinstance(atom, TupleOf):
            for item in atom.items:
                escaped(m, item)
        elif (isinstance(atom, Tensor) and atom.tracked) or type(atom) is Unknown:
            for key in atom.deps:
                if (event := m.forwards.get(key)) is not None:
                    event.escapes = event.where.grad  # without a graph there is nothing to train on
