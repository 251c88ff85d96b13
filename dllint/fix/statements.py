"""A statement put before or after another: a method of an object that the other names."""

from __future__ import annotations

import builtins

from dllint.fix.expressions import Edits, lines
from dllint.fix.script import Script, Spot, below
from dllint.program import ir
from dllint.program.walk import Names, bind

TRAINS = frozenset({"backward", "manual_backward", "step", "train"})
"""Attributes by which a loop shows that it trains."""


def prepared(script: Script, call: ir.Call, method: str) -> Edits | None:
    """`net.eval()` before the loops around `net(x)` that do not train; None where `net` is no plain name there."""
    net = call.func
    if isinstance(net, ir.Attribute) and net.attr in ("forward", "__call__"):
        net = net.value
    statement = _outermost(script, call, net) if _is_object(script, net) else None
    if statement is None or _root(net) in _bound(statement) or _trained_after(script, statement):
        return None
    return _before(script, statement, f"{script.source(net)}.{method}()")


def followed(script: Script, call: ir.Call, method: str) -> Edits | None:
    """`optimizer.zero_grad()` after the statement that is `optimizer.step()`; None where it is another statement."""
    statement, func = script.parents.get(call.at), call.func
    if not isinstance(statement, ir.ExprStmt) or not isinstance(func, ir.Attribute) or call.args or call.keywords:
        return None
    return _after(script, statement, f"{script.source(func.value)}.{method}()") if _root(func.value) else None


def assigned(script: Script, call: ir.Call) -> Edits | None:
    """`x = x.detach()` for the statement that is `x.detach()`; None where it is called on what has no name."""
    statement, func = script.parents.get(call.at), call.func
    if not isinstance(statement, ir.ExprStmt) or not isinstance(func, ir.Attribute) or not _root(func.value):
        return None
    return (script.inserted(script.start(statement), f"{script.source(func.value)} = "),)


def moved(script: Script, node: ir.Node, behind: ir.Node) -> Edits | None:
    """A statement put below another of its block, each with lines for itself."""
    statement, other = script.statement(node), script.statement(behind)
    if statement is None or other is None or statement is other or other not in script.block(statement):
        return None
    there, gone = _after(script, other, script.source(statement)), lines(script, statement)
    return None if there is None or gone is None else (*there, gone)


def resumed(script: Script, call: ir.Call, method: str, within: ir.Node | None) -> Edits | None:
    """`net.train()` before `net(x)` and the loops around it, but inside those that hold a node."""
    net = call.func
    statement = script.statement(call)
    if statement is None or not _is_object(script, net):
        return None
    held = {part.at for part in script.around(within)} if within is not None else set()
    while isinstance(around := script.parents.get(statement.at), (ir.For, ir.While, ir.With)):
        if around.at in held or _root(net) in _bound(around):
            break
        statement = around
    return _before(script, statement, f"{script.source(net)}.{method}()")


def set_for_all(script: Script, node: ir.Node) -> Edits | None:
    """`net.requires_grad_(False)` for `net.requires_grad = False`."""
    match script.statement(node):
        case ir.Assign(targets=[ir.Attribute(value=owner, attr=name)], value=value) as statement:
            text = f".{name}_({script.source(value)})"
            return (
                None
                if "#" in script.source(statement)
                else (script.edit(script.end(owner), script.end(statement), text),)
            )
    return None


def begun(script: Script, function: ir.FunctionDef, text: str) -> Edits | None:
    """A first line in a function, below its docstring."""
    first, *rest = function.body
    if isinstance(first, ir.ExprStmt) and isinstance(first.value, ir.Constant) and rest:
        first = rest[0]
    return _before(script, first, text)


def _outermost(script: Script, call: ir.Call, net: ir.Expr) -> ir.Stmt | None:
    """The statement that a call is in, or the outermost loop or `with` around that neither trains nor makes the net."""
    statement = script.statement(call)
    if any(isinstance(part, ir.Lambda) for part in script.around(call)):
        return None
    while isinstance(around := script.parents.get(statement.at) if statement else None, (ir.For, ir.While, ir.With)):
        if _root(net) in _bound(around) or not _used(around).isdisjoint(TRAINS):
            break
        statement = around
    return None if isinstance(statement, (ir.FunctionDef, ir.ClassDef)) else statement


def _trained_after(script: Script, statement: ir.Stmt) -> bool:
    """Whether what comes after a statement in its block trains, and calls no train() for that."""
    block = script.block(statement)
    used = frozenset[str]().union(*map(_used, block[block.index(statement) + 1 :]))
    return "train" not in used and not used.isdisjoint(TRAINS)


def _used(node: ir.Node) -> frozenset[str]:
    """The attributes that a statement names, in its blocks too."""
    return frozenset(part.attr for part in below(node) if isinstance(part, ir.Attribute))


def _is_object(script: Script, node: ir.Expr) -> bool:
    """Whether a name, or attributes of one, is surely neither a function, a class nor a module of Python."""
    root = _root(node)
    defined = {s.name for s in script.nodes.values() if isinstance(s, (ir.FunctionDef, ir.ClassDef))}
    return bool(root) and not (
        root in script.names or hasattr(builtins, root) or (isinstance(node, ir.Name) and root in defined)
    )


def _root(node: ir.Expr) -> str:
    """The name that attributes are of; "" for anything else."""
    while isinstance(node, ir.Attribute):
        node = node.value
    return node.id if isinstance(node, ir.Name) else ""


def _bound(statement: ir.Stmt) -> set[str]:
    """The names that a statement binds, itself or in its blocks."""
    names = Names()
    for part in below(statement):
        match part:
            case ir.For(target=target) | ir.Comprehension(target=target) | ir.NamedExpr(target=target):
                bind(target, names)
            case ir.WithItem(target=target):
                bind(target, names)
            case ir.Assign(targets=targets) if part is not statement:
                for target in targets:
                    bind(target, names)
    return names.bound


def _before(script: Script, statement: ir.Stmt, text: str) -> Edits | None:
    """A line above a statement that begins one."""
    start = script.start(statement)
    indent = script.lines[start.line - 1][: start.column - 1]
    if indent.strip() or script.source(statement).startswith("elif"):
        return None
    return (script.inserted(Spot(start.line, 1), f"{indent}{text}\n"),)


def _after(script: Script, statement: ir.Stmt, text: str) -> Edits | None:
    """A line below a statement that has its lines for itself."""
    start, end = script.start(statement), script.end(statement)
    indent = script.lines[start.line - 1][: start.column - 1]
    rest = script.lines[end.line - 1][end.column - 1 :].strip()
    if indent.strip() or (rest and not rest.startswith("#")):
        return None
    if end.line == len(script.lines):
        last = Spot(end.line, len(script.lines[-1]) + 1)
        return (script.inserted(last, f"\n{indent}{text}"),)
    return (script.inserted(Spot(end.line + 1, 1), f"{indent}{text}\n"),)
