"""What a program itself does about an operation that may go wrong: a condition asks first, or the result is mended.

Both are sets that only grow, and quieten: whichever path found them, they may be seen from any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dllint.events import Call, Given
from dllint.plain import replace
from dllint.values.branches import pole
from dllint.values.term import Operand, Term, identity, unmoved
from dllint.values.value import Tensor, Value, atoms

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

MENDS = frozenset({"where", "nan_to_num", "masked_fill", "isnan", "isinf", "isfinite"})
"""What is called on a result that may be infinite or no number, by whoever expects that."""
DEEP = 3
"""Operations that lie between a condition and what it asks for: `(mask.float().sum() > 0).all()`."""


def asked(m: Machine, tested: Term) -> None:
    """A condition asks for these numbers."""
    m.asked_for.update(_identities(tested, DEEP))


def mended(m: Machine, given: Iterable[Value]) -> None:
    """The results of these operations are looked through for what is no number."""
    for value in given:
        for atom in atoms(value):
            if type(atom) is Tensor:
                m.mended.update(_quotients(atom.term))


def branched(m: Machine, given: Iterable[Given]) -> None:
    """The two branches of a where, and its condition: what that hides is judged there, and nowhere else."""
    conditions = [one.term for one in given if one.wants == "condition"]
    for one in given:
        if one.wants == "branch" and one.tracked:
            m.parts.update(steep.at for condition in conditions if (steep := pole(one.term, condition)))


def settle(m: Machine) -> None:
    """At the end of a run: which divisions somebody took care of, and which logarithms are judged in a whole."""
    events = m.record.events
    for index, event in enumerate(events):
        if type(event) is not Call:
            continue
        if event.where.site in m.parts or any(_cared_for(m, event, g.term) for g in event.given("denominator")):
            events[index] = replace(event, guarded=True)


def _cared_for(m: Machine, event: Call, divisor: Term) -> bool:
    return event.where.site in m.mended or not m.asked_for.isdisjoint(_identities(divisor, DEEP - 1))


def _identities(found: Operand, deep: int) -> Iterator[object]:
    """Which numbers a term is made of, itself first."""
    mine = identity(found)
    if mine is not None:
        yield mine
    if type(found) is Term and deep:
        for part in found.of:
            yield from _identities(part, deep - 1)


def _quotients(found: Operand) -> Iterator[object]:
    """Where the divisions stand that a term is the result of, through products and sums."""
    match unmoved(found):
        case Term(op="/" | "div", at=at):
            yield at
        case Term(op="*" | "+" | "-" | "mul" | "sum" | "mean", of=of):
            for part in of:
                yield from _quotients(part)
