"""A container of layers as one that registers them."""

from __future__ import annotations

from typing import NamedTuple

from dllint.fix.expressions import Edits
from dllint.fix.script import Script, below
from dllint.program import ir


class Registered(NamedTuple):
    """Edits that wrap a container. whole: what it holds are surely layers, each made there."""

    edits: Edits
    name: str
    whole: bool


def registered(script: Script, node: ir.Node | None) -> Registered | None:
    """The container at a node, wrapped where an attribute is given it, after the `__init__` that registers."""
    node = _tuple(script, node)
    form = _form(node)
    name = script.spelled(f"torch.nn.{form}", node) if form and node is not None else None
    if name is None or node is None or not _kept(script, node) or not _ready(script, node):
        return None
    if script.source(node) in ("[]", "{}"):
        return Registered((script.replaced(node, f"{name}()"),), name, False)
    bare = isinstance(node, ir.Tuple) and not script.source(node).startswith("(")
    opening, closing = (f"{name}((", "))") if bare else (f"{name}(", ")")
    edits = (script.inserted(script.start(node), opening), script.inserted(script.end(node), closing))
    return Registered(edits, name, all(isinstance(item, ir.Call) and _is_class(item.func) for item in _items(node)))


def _tuple(script: Script, node: ir.Node | None) -> ir.Node | None:
    """The tuple that a layer is an item of: it has no place of its own."""
    around = script.parents.get(node.at) if isinstance(node, ir.Call) else None
    return around if isinstance(around, ir.Tuple) else node


def _form(node: ir.Node | None) -> str:
    """What registers such a container; "" where it may hold what that cannot."""
    match node:
        case ir.List() | ir.Tuple() | ir.Comp(kind="list"):
            held = _items(node)
            return (
                ""
                if any(isinstance(item, (ir.List, ir.Tuple, ir.Dict, ir.Comp, ir.Constant)) for item in held)
                else "ModuleList"
            )
        case ir.Dict(keys=keys) if keys and all(map(_names_a_child, keys)):
            return "ModuleDict"
    return ""


def _names_a_child(key: ir.Expr | None) -> bool:
    """Whether a ModuleDict takes a key: a text without a dot."""
    return isinstance(key, ir.Constant) and isinstance(key.value, str) and key.value != "" and "." not in key.value


def _items(node: ir.Node) -> list[ir.Expr]:
    match node:
        case ir.List(elts=items) | ir.Tuple(elts=items) | ir.Dict(values=items):
            return items
        case ir.Comp(elt=item):
            return [item]
    return []


def _is_class(func: ir.Expr) -> bool:
    """Whether what is called has the name of a class."""
    last = func.id if isinstance(func, ir.Name) else func.attr if isinstance(func, ir.Attribute) else ""
    return last[:1].isupper()


def _kept(script: Script, node: ir.Node) -> bool:
    """Whether it becomes an attribute of `self` where it stands."""
    match script.parents.get(node.at):
        case ir.Assign(targets=[ir.Attribute(value=ir.Name(id="self"))], value=value):
            return value is node
    return False


def _ready(script: Script, node: ir.Node) -> bool:
    """Whether layers can be registered there: in `__init__`, only after that of nn.Module."""
    function = next((part for part in script.around(node) if isinstance(part, ir.FunctionDef)), None)
    if function is None or function.name != "__init__":
        return function is not None
    calls = (part for part in below(function) if isinstance(part, ir.Attribute) and part.attr == "__init__")
    return any(call.at < node.at for call in calls)
