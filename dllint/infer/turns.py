"""The order of a training step: backward, unscale, clip, update, clear, and the schedule after that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dllint.events import Disorder
from dllint.findings import Confidence
from dllint.infer import gradients, roles, schedules
from dllint.infer.state import Args
from dllint.lives import Pending, Turn
from dllint.plain import replace
from dllint.values.kind import Kind
from dllint.values.term import Term
from dllint.values.value import FALSE, NONE, TRUE, Atom, Const, Ref, Site, Step, Tensor, Unknown, Value, atoms, lift

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

HIDDEN = "#hidden"
"""The cell of an optimizer that says whether code nobody knows ran since its gradients were cleared: it may have
computed others."""
STEPPED = "#stepped"
"""The cell of an optimizer that says in which pass, and where, it stepped, while no gradients were computed since."""
COMPUTED = ("backward", "#pass")
"""The cell that says in which pass the last backward was."""
NO_LIMIT = 1e4
"""A largest norm by which nobody clips: it is called for the norm that it gives back."""


# ---------------------------------------------------------------- clipping


def clip(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    """Gradients are clipped: after the update that used them, or scaled still."""
    whose = bound.get("parameters")
    if not m.loops_later or whose is None or _measures(bound):
        return None
    owners = gradients.owners_of(m, whose)
    optimizers = [optimizer for optimizer in gradients.sharing(m, owners) if m.optimizers[optimizer]]
    m.context()
    used = [_stepped_at(m, optimizer) for optimizer in optimizers]
    if used and all(used):
        sure = Confidence.LIKELY if any(None in sites for sites in used) else Confidence.CERTAIN
        late = next(at for at in used[0] if at is not None)
        m.note(Disorder("late clip", Step(late, "the update has used the gradients"), m.where(site), sure))
    elif "self" not in bound:  # who clips by a method unscales in it
        _clip_scaled(m, optimizers, site)
    return None


def _stepped_at(m: Machine, optimizer: object) -> set[Site | None]:
    """Where an optimizer stepped in this pass, None for a path on which it did not; nothing where it did on none."""
    found: set[Site | None] = set()
    for atom in atoms(m.store.get((optimizer, STEPPED)) or FALSE):
        passes, at = atom.value if type(atom) is Const and type(atom.value) is tuple else (None, None)
        found.add(at if passes == m.passes else None)
    return found if found != {None} else set()


def _clip_scaled(m: Machine, optimizers: list[object], site: Site) -> None:
    """Gradients are clipped that are scaled on every path."""
    states = [state for optimizer in optimizers for state in atoms(gradients.pending(m, optimizer))]
    scaled = [state.scaled for state in states if type(state) is Pending and state.scaled is not None]
    if scaled and len(scaled) == len(states):
        m.note(Disorder("scaled clip", Step(scaled[0], "the loss is scaled"), m.where(site), m.scales[scaled[0]]))


def _measures(bound: dict[str, Value]) -> bool:
    """Whether a clip is called for the norm alone: `max_norm=inf`."""
    limit = bound.get("max_norm", bound.get("clip_value", NONE))
    return type(limit) is Const and isinstance(limit.value, (int, float)) and limit.value >= NO_LIMIT


def scale(m: Machine, bound: dict[str, Value], site: Site) -> None:
    """scaler.scale(loss): the gradients will be scaled, unless the scaler is told to do nothing."""
    scaler = bound.get("self")
    enabled = dict(m.heap[scaler.id].bound).get("enabled", TRUE) if type(scaler) is Ref else TRUE
    if enabled != FALSE:
        m.scales[site] = Confidence.CERTAIN if enabled == TRUE else Confidence.LIKELY


def scale_by_unknown(m: Machine, scaler: object, loss: Value, site: Site) -> Value | None:
    """unknown.scale(loss) of a loss; None of anything else."""
    if not all(type(atom) is Tensor and atom.kind is Kind.LOSS for atom in atoms(loss)):
        return None
    m.scales[site] = Confidence.LIKELY
    m.scalers.add(scaler)
    return lift(loss, lambda atom: _scaled(atom, site))


def _scaled(atom: Atom, site: Site) -> Value:
    return replace(atom, term=Term("scale", (atom.term,), (), site)) if type(atom) is Tensor else atom


def scaled_by(m: Machine, loss: Value) -> Site | None:
    """Where a loss was scaled; None where it was not on every path."""
    found = [atom.term.at if type(atom) is Tensor and atom.term.op == "scale" else None for atom in atoms(loss)]
    first = found[0] if found and None not in found else None
    return first if type(first) is Site and first in m.scales else None


def unscale(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """scaler.unscale_(optimizer): its gradients are as large as the loss makes them."""
    for atom in atoms(bound.get("optimizer", NONE)):
        owner = gradients.owner_of(atom)
        if owner is not None:
            gradients.unscaled(m, owner)
    return NONE


# ---------------------------------------------------------------- updates


def stepped(m: Machine, owner: object, site: Site) -> None:
    """An update, before it uses the gradients: there are none where they were cleared last, and nothing came since."""
    m.watched[owner] = None
    m.store.set((owner, STEPPED), Const((m.passes, site)))
    m.early.pop((owner, m.passes), None)
    _started(m, owner, site)
    states = list(atoms(gradients.pending(m, owner)))
    if not (m.loops_later and m.optimizers[owner]) or m.store.get((owner, HIDDEN)) != FALSE:
        return
    if not all(type(s) is Pending and s.fresh is s.stale is None for s in states):
        return
    wiped = [s.wiped for s in states if type(s) is Pending]
    if m.store.get(COMPUTED) != Const(m.passes):
        m.idle[owner] = (m.passes, m.where(site))
    elif wiped[0] is not None and None not in wiped:
        m.note(Disorder("cleared", Step(wiped[0], "gradients are computed, and cleared after"), m.where(site)))


def computed(m: Machine, site: Site) -> None:
    """Gradients are computed: too late for an update of the same pass that had none, unless another one follows."""
    for owner, (passes, where) in m.idle.items():
        if passes == m.passes and m.store.get((owner, STEPPED)) == Const((passes, where.site)):
            m.early[owner, passes] = Disorder("early step", Step(site, "gradients are computed after that"), where)
    for owner in m.watched:
        m.store.set((owner, STEPPED), FALSE)
    m.store.set(COMPUTED, Const(m.passes))


def settle(m: Machine) -> None:
    """At the end of a run: the updates that no other followed, behind the backward of their pass."""
    for disorder in m.early.values():
        m.note(disorder)


def hidden(m: Machine, given: Iterable[Value]) -> None:
    """Code nobody knows runs: it may back-propagate, what it is given above all."""
    if not m.watched:
        return
    trained = any(type(atom) is Tensor and atom.tracked for value in given for atom in atoms(value))
    for owner in m.watched:
        m.store.set((owner, HIDDEN), TRUE)
        if trained:
            m.store.set((owner, STEPPED), FALSE)


def cleared(m: Machine, owner: object) -> None:
    """Gradients are cleared: from here on, whoever may compute others is watched."""
    m.watched[owner] = None
    m.store.set((owner, HIDDEN), FALSE)


def forget(m: Machine) -> None:
    """Between two roots: nobody knows what runs between them."""
    for owner in m.watched:
        m.store.set((owner, HIDDEN), TRUE)
    m.watched.clear()


# ---------------------------------------------------------------- schedules


def made(m: Machine, optimizer: Ref) -> None:
    """A new optimizer has not stepped yet."""
    m.store.set((optimizer.id, "#turn"), Turn())
    schedules.made(m, optimizer)


def advance(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """scheduler.step() without an argument: where its optimizer never stepped before, it comes too early."""
    alone = not args.positional and not args.keywords and not args.open
    for given in () if alone else args.positional[:1]:
        roles.scheduled(m, m.made_from((given,)), site)
    if m.project.versions.of("torch").at_least("1.1") is False:
        return NONE  # the schedule came first then
    for optimizer in _scheduled(m, bound.get("self", NONE)) if alone else ():
        schedules.advanced(m, bound.get("self", NONE), optimizer, site)
        turn = m.store.get((optimizer, "#turn"))
        if type(turn) is Turn and not turn.stepped and turn.advanced is None and _known(m, optimizer):
            m.context()
            m.advances[site] = (m.passes, m.where(site))
            m.store.set((optimizer, "#turn"), Turn(site))
    return NONE


def _scheduled(m: Machine, scheduler: Value) -> Iterator[int]:
    """The optimizers of a scheduler."""
    for atom in atoms(scheduler):
        if type(atom) is Ref:
            for given in atoms(dict(m.heap[atom.id].bound).get("optimizer", NONE)):
                if type(given) is Ref:
                    yield given.id


def _known(m: Machine, optimizer: int) -> bool:
    """Whether nobody unknown may have stepped it."""
    return not any(type(state) is Unknown for state in atoms(gradients.pending(m, optimizer)))


def _started(m: Machine, owner: object, site: Site) -> None:
    """The first update: the schedule that went on before it, in a loop around both, has skipped its first value."""
    turn = m.store.get((owner, "#turn"))
    if type(turn) is Turn and not turn.stepped and turn.advanced is not None and _known(m, owner):  # type: ignore[arg-type]
        m.context()
        passes, where = m.advances[turn.advanced]
        if passes and m.passes[: len(passes)] == passes:
            after = Step(site, "the first update comes after that")
            m.note(Disorder("early schedule", after, where, Confidence.LIKELY))
    if turn is not None:
        m.store.set((owner, "#turn"), Turn(stepped=True))
