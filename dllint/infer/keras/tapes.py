"""tensorflow.GradientTape: models that are called in it, and the optimizer that is given what it recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dllint.events import Untold
from dllint.infer import conditions, loops
from dllint.infer.keras import modes
from dllint.infer.state import Args
from dllint.infer.store import Cell
from dllint.values.value import NONE, Const, Ref, Site, Step, TupleOf, Value, atoms, held

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

TAPES: Cell = ("keras tapes", "")
"""The tapes that record."""
GRADED: Cell = ("keras gradients", "")
"""The calls whose gradients were computed last, with respect to the weights of what was called."""
CALLED = "#called"
"""The calls that a tape recorded, of models that were told nothing."""
KNOWING = "#knowing"
"""The models that a tape saw called with `training`: whoever calls one without, too, means it."""


# ---------------------------------------------------------------- what is recorded


def enter(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """with tf.GradientTape() as tape: it records from here on."""
    tape = bound["self"]
    m.store.set(TAPES, TupleOf((*_items(m, TAPES), tape)))
    return tape


def leave(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """The end of its block."""
    rest = tuple(tape for tape in _items(m, TAPES) if tape != bound["self"])
    m.store.set(TAPES, TupleOf(rest) if rest else None)
    return NONE


def recorded(m: Machine, model: Ref, taken: bool, site: Site, run: Callable[[], Value]) -> Value:
    """What a model makes; each tape that records keeps the call, and the layers that would have to be told."""
    tapes = [tape for tape in _items(m, TAPES) if type(tape) is Ref]
    if not tapes:
        return run()
    if m.store.get(modes.TOLD) != NONE:
        for tape in tapes:
            _keep(m, (tape.id, KNOWING), model)
        return run()
    m.store.set(modes.SEEN, TupleOf(()))
    try:
        made = run()
        leaves = modes.seen(m)
    finally:
        m.store.set(modes.SEEN, None)
    if leaves:
        m.context()  # it holds for this call alone
        first = {key.name: key.site for key in reversed(leaves)}
        steps = tuple(Step(made_at, f"{name} is made") for name, made_at in sorted(first.items()))
        event = Untold(m.heap[model.id].name, tuple(sorted(first)), steps, taken, m.where(site))
        for tape in tapes:
            _keep(m, (tape.id, CALLED), TupleOf((model, Const(event))))
    return made


# ---------------------------------------------------------------- what becomes of it


def gradient(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> Value:
    """tape.gradient(loss, weights): of the calls that it recorded, those of the models whose weights these are."""
    tape, sources = bound["self"], bound.get("sources", NONE)
    owners = _owners(m, sources)
    found = [each for each in _recorded(m, tape) if _belongs(m, each.items[0], owners)]
    others = [each for each in _items(m, GRADED) if type(each) is TupleOf and not _belongs(m, each.items[0], owners)]
    m.store.set(GRADED, TupleOf((*others, *found)))
    return m.unknown("gradients", site, (sources, *_listed(m, sources)))


def applied(m: Machine, args: Args, site: Site) -> Value | None:
    """optimizer.apply_gradients(…): the calls that these gradients are of were there to train."""
    pending = _items(m, GRADED)
    if not pending:
        return None
    owners = frozenset().union(*(_owners(m, value) for value in args.all()))
    for each in pending:
        model, event = each.items  # type: ignore[union-attr]
        if not owners or _belongs(m, model, owners):
            m.note(event.value)
    return NONE


def _recorded(m: Machine, tape: Value) -> Iterator[TupleOf]:
    """What a tape recorded of models that nobody knowingly calls in two modes."""
    for one in atoms(tape):
        if type(one) is Ref:
            knowing = _items(m, (one.id, KNOWING))
            for each in _items(m, (one.id, CALLED)):
                if type(each) is TupleOf and each.items[0] not in knowing:
                    yield each


def _owners(m: Machine, weights: Value) -> frozenset[object]:
    """The objects whose weights these may be."""
    return held(weights).union(*map(held, _listed(m, weights)))


def _listed(m: Machine, value: Value) -> list[Value]:
    """What lists hold."""
    return [item for one in atoms(value) if type(one) is Ref for item in loops.counted(m, one) or ()]


def _belongs(m: Machine, model: Value, owners: frozenset[object]) -> bool:
    """Whether some of the weights are the model's, a part's of it, or of what it is a part of."""
    if type(model) is not Ref:
        return False
    return model.id in owners or any(
        isinstance(o, int) and (_parts(m, o, model.id) or _parts(m, model.id, o)) for o in owners
    )


def _parts(m: Machine, whole: int, part: int) -> bool:
    """Whether an object keeps another as an attribute."""
    return any(part in held(m.store.get((whole, name)) or NONE) for name in m.names(whole))


# ---------------------------------------------------------------- what is kept


def _keep(m: Machine, cell: Cell, value: Value) -> None:
    before = _items(m, cell)
    if value not in before:
        m.store.set(cell, TupleOf((*before, value)))


def _items(m: Machine, cell: Cell) -> tuple[Value, ...]:
    """What a cell keeps, on whatever path."""
    kept = m.store.get(cell)
    if kept is None:
        return ()
    found = [a.items for a in atoms(conditions.pruned(m, kept)) if type(a) is TupleOf]
    return tuple(dict.fromkeys(item for items in found for item in items))
