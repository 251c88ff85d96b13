"""Statements that do nothing: a result that nobody takes, a method that is named and not called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.api.entry import Function as Entry
from dllint.events import Discard
from dllint.findings import Confidence
from dllint.infer import modules
from dllint.infer.state import Args
from dllint.program import ir
from dllint.program.source import NOTEBOOK
from dllint.values.kind import Kind
from dllint.values.value import TRUE, Bound, Function, Method, Ref, Tensor, Unknown, Value, atoms

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

MAKES = frozenset({"same", "detached", "kind", "reduced", "picked", "log", "exp"})
"""How a function gives a tensor that is not one it was given."""
WAITS = frozenset({"cpu", "numpy", "clone"})
"""Called for the time they take: they wait until everything before is computed."""
TIMED = frozenset({"perf_counter", "timeit", "synchronize", "Timer", "profile", "profiler", "record_function"})
"""What a function mentions that measures time, or shows where it goes."""
TRAINING = frozenset({"zero_grad", "backward"})
"""Methods that nothing but networks, optimizers and losses have."""


def evaluated(m: Machine, node: ir.Call | ir.Attribute) -> Value:
    """The value of a statement, for which nobody has a use."""
    site = m.site(node)
    if isinstance(node, ir.Attribute):
        value = m.eval(node)
        _named(m, value, node)
        return value
    outer, m.statement = m.statement, site
    value = m.eval(node)
    m.statement = outer
    name = m.pure.pop(site, "")
    if (
        name
        and all(type(atom) is Tensor for atom in atoms(value))
        and not m.here.trying
        and not _timed(m)
        and not _shown(m)
    ):
        m.note(Discard(name, True, m.where(site)))
    return value


def _shown(m: Machine) -> bool:
    """Whether it is a statement of a notebook's cell, which shows what the last one gives."""
    return len(m.here.frames) == 1 and not m.here.loops and m.files[m.here.file].suffix == NOTEBOOK


def _timed(m: Machine) -> bool:
    node = m.here.node
    return isinstance(node, ir.FunctionDef) and not node.mentions.isdisjoint(TIMED)


def called(m: Machine, name: str, entry: Entry, args: Args, receiver: Value | None = None) -> None:
    """A statement calls a function of tensors: whether it only makes another one, of more than made-up data."""
    short = name.rpartition(".")[2]
    given = args.keywords
    into = "out" in given or TRUE in (*args.positional, given.get("inplace"))
    tensors = [value for value in (receiver, *args.positional) if type(value) is Tensor]
    made_up = all(value.kind is Kind.DUMMY for value in tensors)
    makes = not made_up and entry.returns.how in MAKES and entry.returns.kind is not Kind.LOSS
    if makes and not (entry.effect or into or args.open or short.endswith("_") or short in WAITS) and m.statement:
        m.pure[m.statement] = short


def _named(m: Machine, value: Value, node: ir.Attribute) -> None:
    """`optimizer.step` alone, without brackets."""
    match value:
        case Method(self=Ref() as owner) if owner.id in m.optimizers or modules.is_module(m, owner):
            sure = Confidence.CERTAIN
        case Method(self=Tensor()):
            sure = Confidence.CERTAIN
        case Bound(function=Function(), self=Ref() as owner) if modules.is_module(m, owner):
            sure = Confidence.CERTAIN
        case Unknown() if node.attr in TRAINING:
            sure = Confidence.LIKELY
        case _:
            return
    m.note(Discard(node.attr, False, m.where(m.site(node)), sure))
