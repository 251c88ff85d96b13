"""How networks are made: whether nn.Module's own __init__ runs, and before any layer is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Bare
from dllint.infer import classes, modules, records
from dllint.infer.state import Args, Exhausted
from dllint.program import ir
from dllint.values.value import Bound, Function, Ref, Site, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

OWN_WAYS = ("__new__", "__setattr__", "__getattr__", "__init_subclass__")
"""What a class defines that may make its objects, or keep their layers, in a way of its own."""


def run(m: Machine, ref: Ref, init: Value, args: Args, site: Site) -> None:
    """Run the __init__ of a new object; a network is bare until that of nn.Module is reached."""
    watched = type(init) is Function and modules.is_module(m, ref) and _usual(m, ref) and not _loses_self(init, args)
    if watched:
        m.bare.add(ref.id)
    try:
        m.call(Bound(init, ref), args, site)
    except Exhausted:
        m.unmade.add(ref.id)
        raise
    if watched and ref.id in m.bare:
        m.bare.discard(ref.id)
        if not m.dead and type(init) is Function and _is_written(init.node):
            m.note(Bare(m.heap[ref.id].name, "", m.where(Site(init.file, init.node.at))))


def _is_written(node: ir.Node) -> bool:
    """Whether a function is more than `...`, which stands for what a page leaves out."""
    return isinstance(node, ir.FunctionDef) and not all(
        isinstance(s, ir.ExprStmt) and isinstance(s.value, ir.Constant) and s.value.value is ... for s in node.body
    )


def _usual(m: Machine, ref: Ref) -> bool:
    """Whether a class makes its objects as nn.Module does, for all that is known."""
    cls = m.heap[ref.id].cls
    if type(cls) is not Ref or classes.has_unknown_base(m, cls) or records.is_dataclass(m, cls):
        return False
    if any(activation.name == "__init__" and activation.owner == cls.id for activation in m.stack):
        return False  # networks in a network of their class: somewhere the inner ones are not followed
    order = [base for base in classes.order(m, cls.id) if type(base) is Ref]
    nodes = [m.heap[base.id].node for base in order]
    return not any(m.store.get((base.id, name)) for base in order for name in OWN_WAYS) and not any(
        node is not None and (node.keywords or node.decorators) for node in nodes
    )


def _loses_self(init: Function, args: Args) -> bool:
    """Whether an __init__ is given its object in a list of arguments of which nobody knows how many there are."""
    return args.open and init.node.params.vararg is not None


def attribute(m: Machine, number: int, name: str, value: Value, site: Site) -> None:
    """self.name = value of a network that is bare: a layer cannot be set yet."""
    if modules.is_module(m, value):
        m.bare.discard(number)
        m.note(Bare(m.heap[number].name, name, m.where(site)))
