"""What outlives a pass of a loop together with the graph that made it: sums and lists of what is back-propagated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dllint.events import Keep, Where
from dllint.plain import plain
from dllint.values.kind import Kind
from dllint.values.term import NOWHERE, Operand, Term, cut_off
from dllint.values.value import Items, Origin, Site, SumKey, Tensor, Unknown, Value, atoms, with_deps

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

LINEAR = frozenset({"+", "-", "*", "/", "neg", "add", "sub", "mul", "div", "mean", "sum", "scale", "moved"})
"""Operations by which a loss becomes another: parts are added and weighed, a batch is averaged, a scaler scales."""


@plain
class Added:
    """Something autograd follows was added to what an earlier pass left. made: what it may be recognised by."""

    how: str
    made: frozenset[object]
    origin: Origin
    where: Where
    passes: tuple[object, ...]


def backed(m: Machine, loss: Value, site: Site, *, retained: bool) -> None:
    """A backward starts from this, or from a sum of this: its graph is used up, unless it is retained."""
    if not retained:
        for atom in atoms(loss):
            if type(atom) is Tensor:
                for part in _parts(atom.term):
                    m.backed.setdefault(part.made, (m.passes, site))


def refined(m: Machine, loss: Value) -> Value:
    """What is back-propagated is a tensor that autograd follows: so are the local names that stand for it."""
    if type(loss) is not Unknown or loss.ident is None or not loss.deps:
        return loss
    tensor = Tensor(Kind.UNKNOWN, (), loss.deps, True, loss.why, Term("given", at=loss.ident))
    here = m.here
    for name in here.names or ():
        if m.store.cells.get((here.frame, name)) == loss:
            m.store.set((here.frame, name), tensor)
    return tensor


def summed(m: Machine, left: Tensor, right: Value, total: Tensor, site: Site) -> Tensor:
    """A sum in a later pass of a loop; one that adds to what it was itself in an earlier pass is kept."""
    if type(right) is not Tensor or not (left.tracked and right.tracked and m.grad()):
        return total
    added = right if _grows(left.term, site) else left if _grows(right.term, site) else None
    if added is None:
        return total
    _note(m, "sum", added, site)
    return with_deps(total, frozenset((SumKey(site),)))  # type: ignore[return-value]


def appended(m: Machine, items: Items, value: Value, site: Site) -> None:
    """An item is added, in a later pass of a loop, to a list that has one made at the same place."""
    if type(value) is Tensor and value.tracked and value.term.at is not None:
        at = value.term.at
        if any(type(item) is Tensor and item.tracked and item.term.at == at for item in items.values):
            _note(m, "list", value, site)


def _note(m: Machine, how: str, added: Tensor, site: Site) -> None:
    m.context()
    made = frozenset(part.made for part in _parts(added.term))
    m.kept.append(Added(how, made, added.origin, m.where(site), m.passes))


def _grows(operand: Operand, site: Site) -> bool:
    """Whether a sum has in it what the sum at this place was before."""
    return any(part.op in ("+", "-") and part.at == site for part in _parts(operand))


def _parts(operand: Operand) -> Iterator[Term]:
    """A term and those that it is a linear function of, as far back as gradients flow."""
    if type(operand) is Term and operand is not NOWHERE and not cut_off(operand):
        yield operand
        if operand.op in LINEAR:
            for inner in operand.of:
                yield from _parts(inner)


def settle(m: Machine) -> None:
    """At the end of a run: a Keep for each sum and list of what was back-propagated in the pass that added it."""
    for added in m.kept:
        spent = next((site for passes, site in _spent(m, added) if passes[: len(added.passes)] == added.passes), None)
        if spent is not None and SumKey(added.where.site) not in m.trained:
            m.note(Keep(added.how, added.origin, spent, added.where))


def _spent(m: Machine, added: Added) -> Iterator[tuple[tuple[object, ...], Site]]:
    return (m.backed[made] for made in added.made if made in m.backed)
