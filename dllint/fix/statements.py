"""A statement put before or after another: a method of an object that the other names."""

from __future__ import annotations

import builtins

from dllint.fix.expressions import Edits
from dllint.fix.script import Script, Spot, below
from dllint.program import ir
from dllint.program.walk import Names, bind

TRAINS = frozenset({"backward", "manual_backward", "step", "train"})
"""Attributes by which a loop shows that it trains."""


def prepared(script: Script, call: ir.Call, method: str) -> Edits | None:
    """`net.eval()` before the loops around `net(x)` that do not train; None where `net` is no plain name there."""
    called = call.func
    if isinstance(called, ir.Attribute) and called.attr in ("forward", "__call__"):
        called = called.value
    statement = script.statement(call)
    if statement is None or not _is_object(script, called) or isinstance(statement, (ir.FunctionDef, ir.ClassDef)):
        return None
    if any(isinstance(part, ir.Lambda) for part in script.around(call)):
        return None
    while _goes_before(around := script.parents.get(statement.at), called):
        assert isinstance(around, ir.Stmt)
        statement = around
    return (
        None
        if _root(called) in _bound(statement)
        else _before(script, statement, f"{script.source(called)}.{method}()")
    )


def followed(script: Script, call: ir.Call, method: str) -> Edits | None:
    """`optimizer.zero_grad()` after the statement that is `optimizer.step()`; None where it is another statement."""
    match script.parents.get(call.at), call:
        case ir.ExprStmt() as statement, ir.Call(func=ir.Attribute(value=receiver), args=[], keywords=[]) if _root(
            receiver
        ):
            return _after(script, statement, f"{script.source(receiver)}.{method}()")
    return None


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


def _goes_before(around: ir.Node | None, called: ir.Expr) -> bool:
    """Whether it may as well be called before the statement around: one that neither trains nor makes it."""
    if not isinstance(around, (ir.For, ir.While, ir.With)) or _root(called) in _bound(around):
        return False
    return not any(isinstance(part, ir.Attribute) and part.attr in TRAINS for part in below(around))


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
