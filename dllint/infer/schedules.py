"""Schedules of learning rates that are made for so many epochs, and go on after each batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Disorder
from dllint.findings import Confidence
from dllint.values.value import Const, Library, Ref, Site, Step, Unknown, Value, atoms

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

LENGTHS = {
    "torch.optim.lr_scheduler.CosineAnnealingLR": "T_max",
    "torch.optim.lr_scheduler.LinearLR": "total_iters",
    "torch.optim.lr_scheduler.PolynomialLR": "total_iters",
    "torch.optim.lr_scheduler.OneCycleLR": "total_steps",
}
"""Schedulers that are told after how many steps they end, and by which argument."""
LAST = "#last advance"
"""The cell of an optimizer that says in which pass, and where, its schedule went on last, and how many loops were
around where the optimizer was made."""


def made(m: Machine, optimizer: Ref) -> None:
    """A new optimizer: no schedule has gone on yet."""
    m.context()
    m.store.set((optimizer.id, LAST), Const((m.passes, None, len(m.passes))))


def advanced(m: Machine, scheduler: Value, optimizer: int, site: Site) -> None:
    """A schedule goes on, as it did in the pass before: in each pass of a loop, inside one that counts its steps."""
    before = m.store.get((optimizer, LAST))
    around = before.value[2] if type(before) is Const and type(before.value) is tuple else None
    if around is None:
        return
    m.store.set((optimizer, LAST), Const((m.passes, site, around)))
    if before is None or type(before) is not Const or not _in_the_pass_before(m, before.value, site):  # type: ignore[arg-type]
        return
    lengths = [length for atom in atoms(scheduler) if (length := _length(m, atom)) is not None]
    for loop, _ in m.passes[around:-1]:
        if lengths and all(_same(length, m.turns_of.get(loop)) for length in lengths):  # type: ignore[call-overload]
            m.context()
            counts = Step(loop, "counts the epochs")  # type: ignore[arg-type]
            m.note(Disorder("schedule of batches", counts, m.where(site), Confidence.LIKELY))


def _in_the_pass_before(
    m: Machine, last: tuple[tuple[tuple[object, object], ...], Site | None, int], site: Site
) -> bool:
    """Whether a schedule went on here in another pass of the innermost loop, in the same passes of those around."""
    passes, at, _ = last
    if at != site or len(passes) != len(m.passes) or len(passes) < 2:
        return False
    return passes != m.passes and passes[:-1] == m.passes[:-1] and passes[-1][0] == m.passes[-1][0]


def _length(m: Machine, scheduler: Value) -> Value | None:
    """After how many steps a scheduler ends."""
    thing = m.thing(scheduler)
    name = LENGTHS.get(thing.cls.name) if thing is not None and type(thing.cls) is Library else None
    return dict(thing.bound).get(name) if thing is not None and name is not None else None


def _same(length: Value, turns: Value | None) -> bool:
    """Whether two numbers surely are one: a constant, or an unknown by its name."""
    if type(length) is Unknown and type(turns) is Unknown:
        return length.ident is not None and length.ident == turns.ident
    return type(length) is Const and length == turns
