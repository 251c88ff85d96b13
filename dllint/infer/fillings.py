"""Parameters made of memory that nobody has written to, and whatever writes to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dllint.api.entry import Class
from dllint.events import Unfilled, Where
from dllint.infer import classes, modules
from dllint.infer.state import Args
from dllint.values.value import (
    TRUE,
    Const,
    Function,
    Many,
    Method,
    Once,
    Parameters,
    Ref,
    Site,
    Tensor,
    TupleOf,
    Value,
    atoms,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

UNFILLED, FILLED = "#unfilled", "#filled"
"""Cells: of what is made of raw memory, where that was made; of a parameter or a module, that something wrote to it."""
PARAMETER = "torch.nn.Parameter"
RAW = ("torch.Tensor", "torch.FloatTensor", "torch.cuda.FloatTensor", "torch.DoubleTensor", "torch.HalfTensor")
"""Classes that make tensors of raw memory when they are called with sizes."""
DEEPEST = 3


def made(m: Machine, ref: Ref, entry: Class, args: Args, site: Site) -> None:
    """A tensor or a parameter is made: of raw memory, where it is told sizes, or is made right of such a tensor."""
    if entry.name in RAW and are_sizes(args):
        m.store.set((ref.id, UNFILLED), Const(site))
    elif entry.name == PARAMETER and len(args.positional) == 1 and not args.keywords:
        raw = _raw(m, args.positional[0])
        if raw == Site(site.file, site.at - 1):  # it stands in the call itself: nothing could write to it
            m.unfilled = True
            m.store.set((ref.id, UNFILLED), Const(site))


def are_sizes(args: Args) -> bool:
    """Whether arguments surely are sizes: several, or one number."""
    several = len(args.positional) > 1
    one = len(args.positional) == 1 and type(args.positional[0]) is Const and type(args.positional[0].value) is int
    return (several or one) and not args.keywords and not args.open


def _raw(m: Machine, value: Value) -> Site | None:
    """Where raw memory was made a tensor; None of any other value."""
    if type(value) is Ref and type(found := m.store.get((value.id, UNFILLED))) is Const:
        return found.value if isinstance(found.value, Site) else None
    if type(value) is Tensor and value.term.op == "empty" and value.origin and value.term.option("device") is None:
        return value.origin[0].site
    return None


def fill(m: Machine, value: Value, depth: int = 0) -> None:
    """Somebody writes to parameters, or may do so."""
    if not m.unfilled:
        return
    for atom in atoms(value):
        match atom:
            case Ref(id=number) if (number, UNFILLED) in m.store.cells or modules.is_module(m, atom):
                m.store.set((number, FILLED), TRUE)
            case Parameters(owners=owners):
                for owner in owners or ():
                    m.store.set((owner, FILLED), TRUE)
            case Method(self=inner) | Many(item=inner) | Once(item=inner) if depth < DEEPEST:
                fill(m, inner, depth + 1)
            case TupleOf(items=items) if depth < DEEPEST:
                for item in items:
                    fill(m, item, depth + 1)


def settle(m: Machine) -> None:
    """At the end of a run: an Unfilled for each parameter of a trained network that nothing fills."""
    if not m.unfilled:
        return
    written = {owner for owner in m.store.modules if isinstance(owner, int) and (owner, FILLED) in m.store.cells}
    covered = {inner for owner in written for inner in modules.subtree(m, owner)}
    fed = {key.module for key, event in m.forwards.items() if event.feeds}  # type: ignore[attr-defined]
    trained = {inner for net in fed if isinstance(net, int) for inner in modules.subtree(m, net)}
    for owner in sorted(o for o in m.store.modules if isinstance(o, int)):
        if owner in trained and owner not in covered and m.heap[owner].sort == "instance":
            for name, site in _unfilled(m, owner):
                where = Where(site, test=site.file in m.tests)
                m.note(Unfilled(m.heap[owner].name, name, where))


def _unfilled(m: Machine, owner: int) -> Iterator[tuple[str, Site]]:
    """The parameters of a module that are raw memory still, and where each was made."""
    for name in m.store.names.get(owner, ()):
        value = m.store.cells.get((owner, name))
        if type(value) is Ref and (value.id, FILLED) not in m.store.cells:
            found = m.store.cells.get((value.id, UNFILLED))
            if type(found) is Const and isinstance(found.value, Site) and not _may_fill(m, owner, name):
                yield name, found.value


def _may_fill(m: Machine, owner: int, name: str) -> bool:
    """Whether a method of its class that nothing called, other than its forward, speaks of a parameter."""
    cls = m.heap[owner].cls
    if cls is None or classes.has_unknown_base(m, cls) or type(cls) is not Ref:
        return True
    waiting = (function for function in _methods(m, cls) if id(function.node) not in m.entered)
    return any(not {name, "parameters"}.isdisjoint(function.node.mentions) for function in waiting)  # type: ignore[union-attr]


def _methods(m: Machine, cls: Ref) -> Iterator[Function]:
    """The methods of a class and its bases, less what computes its output."""
    for base in classes.order(m, cls.id):
        for name in m.store.names.get(base.id, ()) if type(base) is Ref else ():
            function = m.store.cells.get((base.id, name))  # type: ignore[union-attr]
            if type(function) is Function and name != "forward":
                yield function
