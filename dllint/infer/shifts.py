"""Sequences less their first or their last place: `tokens[:, 1:]` and `tokens[:, :-1]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer import batches
from dllint.values.term import ITEM, NOWHERE, Term, cut_off, moved, unmoved
from dllint.values.value import NONE, Atom, Const, Site, Slice, Tensor, TupleOf, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

WHOLE = (Slice(NONE, NONE, NONE), Const(...))
PARTS = {Slice(Const(1), NONE, NONE): "[1:]", Slice(NONE, Const(-1), NONE): "[:-1]"}


def part(index: Value) -> str:
    """The part of each sequence that an index of a batch takes: "[1:]", "[:-1]"; "" for any other."""
    if type(index) is not TupleOf or len(index.items) != 2 or index.items[0] not in WHOLE:
        return ""
    last = index.items[1]
    return PARTS.get(last, "") if type(last) is Slice else ""


def of_unknown(m: Machine, owner: Unknown, taken: str, site: Site) -> Unknown:
    """Such a part of something unknown; of an item of a batch, an item."""
    made = m.unknown(owner.why, site, (owner,))
    assert made.ident is not None
    m.shifts[made.ident] = taken
    if batches.is_item(m, owner):
        m.items.add(made.ident)
    return made


def of_tensor(owner: Tensor, taken: str) -> Term:
    """How such a part of a tensor was computed."""
    if cut_off(owner.term):
        return moved(owner.term)
    return Term("moved", (unmoved(owner.term),), (("part", taken),))


def term(m: Machine, value: Unknown) -> Term:
    """What is known of how something unknown was made: an item of a batch, a part of a sequence."""
    kept = ITEM if batches.is_item(m, value) else NOWHERE
    taken = m.shifts.get(value.ident) if value.ident is not None else None
    return Term("moved", (kept,), (("part", taken),)) if taken else kept


def is_part(m: Machine, value: Atom) -> bool:
    """Whether a value is such a part."""
    match value:
        case Unknown(ident=ident):
            return ident in m.shifts
        case Tensor(term=found):
            return found.op == "moved" and found.option("part") in PARTS.values()
    return False
