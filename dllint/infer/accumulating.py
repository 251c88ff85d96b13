"""Gradients that are gathered over several passes of a loop on purpose: a condition counts the passes to an update."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dllint.events import Accumulate, Where
from dllint.findings import Confidence
from dllint.program import ir
from dllint.values.kind import Kind
from dllint.values.term import Operand, Term, cut_off
from dllint.values.value import Atom, Const, Site, Step, Tensor, Value, atoms

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

Passes: TypeAlias = tuple[tuple[object, object], ...]
"""The loops around, each with which of its passes it is."""


class Period(NamedTuple):
    """A condition that is true once in so many passes of the loops around it, and being asked."""

    site: Site
    passes: Passes
    number: Value


@dataclass(frozen=True, slots=True)
class Gathered:
    """An update, or a clear, and how often it comes."""

    owner: object
    passes: Passes
    period: Period | None
    where: Where
    fresh: frozenset[Site] = frozenset()  # the backwards whose gradients it uses


def period(m: Machine, test: ir.Expr) -> Period | None:
    """What a condition counts: `(step + 1) % 4 == 0`, perhaps among others."""
    match test:
        case ir.BinOp(op="%", right=count):
            return Period(m.site(test), m.passes, m.eval(count))
        case ir.Compare(left=left):
            return period(m, left)
        case ir.UnaryOp(op="not", operand=operand):
            return period(m, operand)
        case ir.BoolOp(values=values):
            return next(filter(None, (period(m, value) for value in values)), None)
    return None


def backed(m: Machine, loss: Value, site: Site) -> None:
    """A backward in a loop: whether it starts from a mean that nothing has divided."""
    if m.passes:
        whole = all(_is_whole_mean(atom) for atom in atoms(loss))
        m.gathering.setdefault(site, []).append((m.passes, m.periods, whole))


def _is_whole_mean(atom: Atom) -> bool:
    return type(atom) is Tensor and atom.kind is Kind.LOSS and _is_mean(atom.term)


def _is_mean(found: Operand) -> bool:
    """Whether a loss is the mean over its batch, or a sum of such means, and nothing more was done to it."""
    if not isinstance(found, Term) or cut_off(found):
        return False
    match found:
        case Term(op="moved" | "scale", of=(inner, *_)):
            return _is_mean(inner)
        case Term(op="+" | "add", of=of) if of:
            return all(map(_is_mean, of))
        case Term(op="mean"):
            return True
    sized = (found.option(name) for name in ("size_average", "reduce"))
    by_library = found.op.endswith(("loss", "entropy", "_logits", "kl_div"))
    return by_library and found.option("reduction") in (None, "mean") and all(said is None for said in sized)


def updated(m: Machine, owner: object, fresh: frozenset[Site], site: Site) -> None:
    """An update: that which comes once in so many passes uses what all of them gathered."""
    if m.passes and m.periods and m.periods[-1].passes == m.passes and _several(m.periods[-1].number):
        m.gathered.append(Gathered(owner, m.passes, m.periods[-1], m.where(site), fresh))


def cleared(m: Machine, owner: object) -> None:
    """A clear: one in each pass leaves nothing to gather."""
    if m.passes:
        m.clears.setdefault(owner, []).append((m.passes, m.periods))


def settle(m: Machine) -> None:
    """At the end of a run: the updates from gradients of several batches, each of a whole mean."""
    for update in m.gathered:
        clears = [periods for passes, periods in m.clears.get(update.owner, ()) if _same_loop(passes, update)]
        if update.period is not None and clears and all(clears):
            for site in sorted(update.fresh):
                if _whole_in_each_pass(m, site, update):
                    name, sure = _optimizer(m, update)
                    m.note(Accumulate(name, Step(update.where.site, "then the update"), site, update.where, sure))


def _same_loop(passes: Passes, update: Gathered) -> bool:
    """Whether something happens in the same loop as an update, in whichever pass."""
    return [one[0] for one in passes] == [one[0] for one in update.passes]


def _whole_in_each_pass(m: Machine, site: Site, update: Gathered) -> bool:
    found = [(periods, whole) for passes, periods, whole in m.gathering.get(site, ()) if _same_loop(passes, update)]
    return bool(found) and all(whole and not periods for periods, whole in found)


SCALE_FREE = frozenset(
    {"Adam", "AdamW", "NAdam", "RAdam", "Adamax", "RMSprop", "Adagrad", "Adadelta", "Rprop", "LBFGS"}
)
"""Optimizers whose update is the same for gradients that are several times as large."""


def _optimizer(m: Machine, update: Gathered) -> tuple[str, Confidence]:
    """The name of the optimizer, and how sure it is that larger gradients change what it does."""
    known = isinstance(update.owner, int)
    name = m.heap[update.owner].name if known else "the optimizer"  # type: ignore[index]
    if name in SCALE_FREE:
        return name, Confidence.POSSIBLE
    counted = update.period is not None and type(update.period.number) is Const
    return name, Confidence.CERTAIN if known and counted else Confidence.LIKELY


def _several(found: Value) -> bool:
    """Whether a number may be above 1."""
    return any(type(atom) is not Const or _above_one(atom.value) for atom in atoms(found))


def _above_one(number: object) -> bool:
    return isinstance(number, int) and number > 1
