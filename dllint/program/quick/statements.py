"""Statements: ast to IR, one small function for each class, found in a table."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from dllint.program import ir
from dllint.program.quick.expressions import EXPRESSIONS, SIGNS, arguments, assigned, optional, parameters, several
from dllint.program.quick.fstring import Unclear
from dllint.program.quick.patterns import pattern
from dllint.program.quick.walk import Walk
from dllint.program.walk import Names

Lower = Callable[[Any, Walk], ir.Stmt]


def statements(nodes: list[ast.stmt], walk: Walk) -> list[ir.Stmt]:
    """The statements of a body."""
    return [_STATEMENTS[type(node)](node, walk) for node in nodes]


# ---------------------------------------------------------------- definitions


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, walk: Walk) -> ir.FunctionDef:
    at = len(walk.seen)
    walk.seen.append(node)
    walk.names.bound.add(node.name)
    outer, walk.mentions = walk.mentions, set()
    decorators = several(node.decorator_list, walk)
    bounds = _type_parameters(node, walk)
    params, bound = parameters(node.args, walk)
    returns = optional(node.returns, walk)
    body, names = _scope(node.body, Names(bound), walk)
    mentions, walk.mentions = frozenset(walk.mentions), outer
    outer |= mentions
    return ir.FunctionDef(
        at,
        node.name,
        params,
        body,
        decorators,
        returns,
        is_async=type(node) is ast.AsyncFunctionDef,
        is_generator=names.yields,
        mentions=mentions,
        locals=frozenset(names.bound - names.foreign),
        type_bounds=bounds,
    )


def _class(node: ast.ClassDef, walk: Walk) -> ir.ClassDef:
    at = len(walk.seen)
    walk.seen.append(node)
    walk.names.bound.add(node.name)
    outer, walk.mentions = walk.mentions, set()
    decorators = several(node.decorator_list, walk)
    bounds = _type_parameters(node, walk)
    bases, keywords = arguments(node.bases, node.keywords, walk)
    body, _ = _scope(node.body, Names(), walk)
    mentions, walk.mentions = frozenset(walk.mentions), outer
    outer |= mentions
    return ir.ClassDef(at, node.name, bases, keywords, body, decorators, mentions, bounds)


def _scope(body: list[ast.stmt], names: Names, walk: Walk) -> tuple[list[ir.Stmt], Names]:
    outer, walk.names = walk.names, names
    lowered = statements(body, walk)
    walk.names = outer
    return lowered, names


def _type_parameters(node: Any, walk: Walk) -> list[ir.Expr]:
    found = []
    for param in getattr(node, "type_params", ()):
        for part in (getattr(param, "bound", None), getattr(param, "default_value", None)):
            if type(part) is ast.Starred:
                raise Unclear("a starred default of a type parameter")
            if part is not None:
                found.append(EXPRESSIONS[type(part)](part, walk))
    return found


# ---------------------------------------------------------------- assignments


def _assign(node: ast.Assign, walk: Walk) -> ir.Assign:
    at = len(walk.seen)
    walk.seen.append(node)
    targets = [assigned(target, walk) for target in node.targets]
    return ir.Assign(at, targets, EXPRESSIONS[type(node.value)](node.value, walk))


def _augmented(node: ast.AugAssign, walk: Walk) -> ir.AugAssign:
    at = len(walk.seen)
    walk.seen.append(node)
    target = assigned(node.target, walk)
    return ir.AugAssign(at, target, SIGNS[type(node.op)], EXPRESSIONS[type(node.value)](node.value, walk))


def _annotated(node: ast.AnnAssign, walk: Walk) -> ir.AnnAssign:
    at = len(walk.seen)
    walk.seen.append(node)
    target = assigned(node.target, walk)
    annotation = EXPRESSIONS[type(node.annotation)](node.annotation, walk)
    return ir.AnnAssign(at, target, annotation, optional(node.value, walk))


def _type_alias(node: Any, walk: Walk) -> ir.TypeAlias:
    at, name = len(walk.seen), node.name.id
    walk.seen.append(node)
    walk.names.bound.add(name)
    bounds = _type_parameters(node, walk)
    return ir.TypeAlias(at, name, EXPRESSIONS[type(node.value)](node.value, walk), bounds)


def _delete(node: ast.Delete, walk: Walk) -> ir.Delete:
    at = len(walk.seen)
    walk.seen.append(node)
    # To libcst, `del a, b` and `del a,` delete a tuple.
    if len(node.targets) > 1 or walk.data[walk.end(node) - 1 : walk.end(node)] == b",":
        walk.seen.append(node)
    return ir.Delete(at, [assigned(target, walk) for target in node.targets])


def _declaration(kind: str) -> Lower:
    def lower(node: ast.Global | ast.Nonlocal, walk: Walk) -> ir.Scope:
        at = len(walk.seen)
        walk.seen.append(node)
        walk.names.foreign.update(node.names)
        return ir.Scope(at, kind, list(node.names))

    return lower


# ---------------------------------------------------------------- imports


def _import(node: ast.Import, walk: Walk) -> ir.Import:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Import(at, _aliases(node.names, walk))


def _import_from(node: ast.ImportFrom, walk: Walk) -> ir.ImportFrom:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.ImportFrom(at, node.module, _aliases(node.names, walk), node.level)


def _aliases(nodes: list[ast.alias], walk: Walk) -> list[ir.Alias]:
    aliases = []
    for node in nodes:
        if node.name != "*":
            walk.names.bound.add(node.asname or node.name.partition(".")[0])
        aliases.append(ir.Alias(len(walk.seen), node.name, node.asname))
        walk.seen.append(node)
    return aliases


# ---------------------------------------------------------------- control flow


def _if(node: ast.If, walk: Walk) -> ir.Stmt:
    """Thousands of `elif` are lowered without recursion."""
    branches = []
    while True:
        at = len(walk.seen)
        walk.seen.append(node)
        branches.append((at, EXPRESSIONS[type(node.test)](node.test, walk), statements(node.body, walk)))
        if len(node.orelse) != 1 or type(node.orelse[0]) is not ast.If:
            break
        node = node.orelse[0]
    orelse = statements(node.orelse, walk)
    for at, test, body in reversed(branches):
        orelse = [ir.If(at, test, body, orelse)]
    return orelse[0]


def _for(node: ast.For | ast.AsyncFor, walk: Walk) -> ir.For:
    at = len(walk.seen)
    walk.seen.append(node)
    target, source = assigned(node.target, walk), EXPRESSIONS[type(node.iter)](node.iter, walk)
    body, orelse = statements(node.body, walk), statements(node.orelse, walk)
    return ir.For(at, target, source, body, orelse, type(node) is ast.AsyncFor)


def _while(node: ast.While, walk: Walk) -> ir.While:
    at = len(walk.seen)
    walk.seen.append(node)
    test = EXPRESSIONS[type(node.test)](node.test, walk)
    return ir.While(at, test, statements(node.body, walk), statements(node.orelse, walk))


def _with(node: ast.With | ast.AsyncWith, walk: Walk) -> ir.With:
    at = len(walk.seen)
    walk.seen.append(node)
    items = [_with_item(item, walk) for item in node.items]
    return ir.With(at, items, statements(node.body, walk), type(node) is ast.AsyncWith)


def _with_item(node: ast.withitem, walk: Walk) -> ir.WithItem:
    at = len(walk.seen)
    walk.seen.append(node)
    context = EXPRESSIONS[type(node.context_expr)](node.context_expr, walk)
    return ir.WithItem(at, context, assigned(node.optional_vars, walk) if node.optional_vars else None)


def _try(node: Any, walk: Walk) -> ir.Try:
    at = len(walk.seen)
    walk.seen.append(node)
    body, handlers = statements(node.body, walk), [_handler(handler, walk) for handler in node.handlers]
    return ir.Try(at, body, handlers, statements(node.orelse, walk), statements(node.finalbody, walk))


def _handler(node: ast.ExceptHandler, walk: Walk) -> ir.Handler:
    at = len(walk.seen)
    walk.seen.append(node)
    kind = optional(node.type, walk)
    if node.name:
        walk.names.bound.add(node.name)
    return ir.Handler(at, kind, node.name, statements(node.body, walk))


def _match(node: ast.Match, walk: Walk) -> ir.Match:
    at = len(walk.seen)
    walk.seen.append(node)
    subject = EXPRESSIONS[type(node.subject)](node.subject, walk)
    return ir.Match(at, subject, [_case(case, walk) for case in node.cases])


def _case(node: ast.match_case, walk: Walk) -> ir.Case:
    at = len(walk.seen)
    walk.seen.append(node)
    wanted, guard = pattern(node.pattern, walk), optional(node.guard, walk)
    return ir.Case(at, wanted, guard, statements(node.body, walk))


# ---------------------------------------------------------------- one-line statements


def _expression_statement(node: ast.Expr, walk: Walk) -> ir.ExprStmt:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.ExprStmt(at, EXPRESSIONS[type(node.value)](node.value, walk))


def _return(node: ast.Return, walk: Walk) -> ir.Return:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Return(at, optional(node.value, walk))


def _raise(node: ast.Raise, walk: Walk) -> ir.Raise:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Raise(at, optional(node.exc, walk), optional(node.cause, walk))


def _assert(node: ast.Assert, walk: Walk) -> ir.Assert:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Assert(at, EXPRESSIONS[type(node.test)](node.test, walk), optional(node.msg, walk))


def _jump(kind: str) -> Lower:
    def lower(node: ast.stmt, walk: Walk) -> ir.Jump:
        at = len(walk.seen)
        walk.seen.append(node)
        return ir.Jump(at, kind)

    return lower


_NEWER_STATEMENTS: dict[str, Lower] = {"TryStar": _try, "TypeAlias": _type_alias}
_STATEMENTS: dict[type, Lower] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.AnnAssign: _annotated,
    ast.Delete: _delete,
    ast.Global: _declaration("global"),
    ast.Nonlocal: _declaration("nonlocal"),
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.Match: _match,
    ast.Expr: _expression_statement,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Assert: _assert,
    ast.Break: _jump("break"),
    ast.Continue: _jump("continue"),
    ast.Pass: _jump("pass"),
    **{getattr(ast, name): lower for name, lower in _NEWER_STATEMENTS.items() if hasattr(ast, name)},
}
