"""What losses compare with: of which type it is, and whether it is the largest numbers in place of where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.api.entry import Function as Entry
from dllint.events import Target
from dllint.infer import shapes
from dllint.plain import replace
from dllint.values.dtype import FLOATS
from dllint.values.kind import Kind
from dllint.values.shape import ANY
from dllint.values.term import Term, identity, unmoved
from dllint.values.value import Record, Site, Tensor, Value, atoms

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

_CLASSES = ("classes", "classes or probabilities")
TAKES = {
    **dict.fromkeys(("nll_loss", "NLLLoss", "NLLLoss2d"), _CLASSES[0]),
    **dict.fromkeys(("cross_entropy", "CrossEntropyLoss"), _CLASSES[1]),
    **dict.fromkeys(("binary_cross_entropy", "BCELoss"), "the type of its input"),
    **dict.fromkeys(("binary_cross_entropy_with_logits", "BCEWithLogitsLoss"), "floats"),
    **dict.fromkeys(("l1_loss", "L1Loss"), "numbers"),
}
"""What a loss takes as its target, where it does not take everything. Source: torch 2.13 raises on anything else."""


def compared(m: Machine, entry: Entry, bound: dict[str, Value], site: Site) -> None:
    """Write a loss down whose target is of a known type or shape."""
    takes, value = TAKES.get(entry.short), bound.get("target")
    if takes is None or value is None or m.tried or site.file in m.tests or not any(map(_known, atoms(value))):
        return
    from dllint.infer import entries

    certain = not (m.assumed or m.conditions)
    against = shapes.of(m, bound["input"]) if certain and "input" in bound else ANY
    for given in entries.given_as(m, "target", "", value):
        _note(m, Target(entry.short, takes, given, against, m.where(site)))


def _known(atom: Value) -> bool:
    return type(atom) is Tensor and (bool(atom.dtype) or atom.shape != ANY)


def _note(m: Machine, target: Target) -> None:
    source = _largest_of(target.given.term)
    if source is None or target.takes not in _CLASSES:
        m.note(target)
    elif target.given.dtype in FLOATS:
        m.note(replace(target, values=True))
    elif (mine := identity(source)) is not None:
        m.largest.append((mine, replace(target, values=True)))


def _largest_of(found: Term) -> Term | None:
    """What numbers are the largest of along a dimension; None of any others."""
    match unmoved(found):
        case Term(op="max" | "topk", of=(Term() as source,)) as term if term.option("dim") is not None:
            return source
    return None


def taken(m: Machine, owner: Value, item: Value) -> None:
    """An item of a pair is taken: of what max gives, it may be the places of the largest numbers."""
    if type(owner) is Record and type(item) is Tensor and item.kind is Kind.INDEX:
        placed(m, item.term)


def placed(m: Machine, places: Term) -> None:
    """Somebody asks where the largest numbers are."""
    if places.of and (mine := identity(unmoved(places.of[0]))) is not None:
        m.placed.add(mine)


def settle(m: Machine) -> None:
    """At the end of a run: the losses given the largest numbers of what is asked elsewhere for their places."""
    for mine, target in m.largest:
        if mine in m.placed:
            m.note(target)
