"""Statements: libcst to IR, one small function for each class, found in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import libcst as cst

from dllint.program import ir
from dllint.program.expressions import (
    BINARY,
    annotation,
    arguments,
    expression,
    optional,
    parameter_names,
    parameters,
)
from dllint.program.literals import identifier
from dllint.program.patterns import pattern
from dllint.program.walk import Names, Walk, bind


def statements(nodes: Sequence[cst.CSTNode], walk: Walk) -> list[ir.Stmt]:
    """The statements of a body; several on one line are several."""
    found = []
    for node in nodes:
        if type(node) is cst.SimpleStatementLine:
            for small in node.body:
                found.append(_STATEMENTS[type(small)](small, walk))
        else:
            found.append(_STATEMENTS[type(node)](node, walk))
    return found


def _block(node: cst.BaseSuite, walk: Walk) -> list[ir.Stmt]:
    return statements(node.body, walk)


def _else(node: cst.Else | cst.Finally | None, walk: Walk) -> list[ir.Stmt]:
    return [] if node is None else _block(node.body, walk)


# ---------------------------------------------------------------- definitions


def _function(node: cst.FunctionDef, walk: Walk) -> ir.FunctionDef:
    at, name = walk.ordinal(node), identifier(node.name.value)
    walk.names.bound.add(name)
    outer, walk.mentions = walk.mentions, set()
    # Decorators, defaults and annotations belong to the scope around the function.
    decorators = _decorators(node.decorators, walk)
    bounds = _type_parameters(node.type_parameters, walk)
    params, returns = parameters(node.params, walk), annotation(node.returns, walk)
    body, names = _scope(node.body, Names(parameter_names(params)), walk)
    mentions, walk.mentions = frozenset(walk.mentions), outer
    outer |= mentions
    return ir.FunctionDef(
        at,
        name,
        params,
        body,
        decorators,
        returns,
        is_async=node.asynchronous is not None,
        is_generator=names.yields,
        mentions=mentions,
        locals=frozenset(names.bound - names.foreign),
        type_bounds=bounds,
    )


def _class(node: cst.ClassDef, walk: Walk) -> ir.ClassDef:
    at, name = walk.ordinal(node), identifier(node.name.value)
    walk.names.bound.add(name)
    outer, walk.mentions = walk.mentions, set()
    decorators = _decorators(node.decorators, walk)
    bounds = _type_parameters(node.type_parameters, walk)
    bases, keywords = arguments((*node.bases, *node.keywords), walk)
    body, _ = _scope(node.body, Names(), walk)
    mentions, walk.mentions = frozenset(walk.mentions), outer
    outer |= mentions
    return ir.ClassDef(at, name, bases, keywords, body, decorators, mentions, bounds)


def _scope(body: cst.BaseSuite, names: Names, walk: Walk) -> tuple[list[ir.Stmt], Names]:
    """A body with a scope of its own, and what it does to names."""
    outer, walk.names = walk.names, names
    lowered = _block(body, walk)
    walk.names = outer
    return lowered, names


def _decorators(nodes: Sequence[cst.Decorator], walk: Walk) -> list[ir.Expr]:
    return [expression(node.decorator, walk) for node in nodes]


def _type_parameters(node: cst.TypeParameters | None, walk: Walk) -> list[ir.Expr]:
    """Bounds and defaults of `[T: bound = default]`, in their order."""
    found = []
    for param in node.params if node else ():
        bound = param.param.bound if isinstance(param.param, cst.TypeVar) else None
        found += [expression(part, walk) for part in (bound, param.default) if part is not None]
    return found


# ---------------------------------------------------------------- assignments


def _assign(node: cst.Assign, walk: Walk) -> ir.Assign:
    at = walk.ordinal(node)
    targets = [_target(target.target, walk) for target in node.targets]
    return ir.Assign(at, targets, expression(node.value, walk))


def _target(node: cst.CSTNode, walk: Walk) -> ir.Expr:
    target = expression(node, walk)
    bind(target, walk.names)
    return target


def _augmented(node: cst.AugAssign, walk: Walk) -> ir.AugAssign:
    at, target = walk.ordinal(node), _target(node.target, walk)
    return ir.AugAssign(at, target, _AUGMENTED[type(node.operator)], expression(node.value, walk))


def _annotated(node: cst.AnnAssign, walk: Walk) -> ir.AnnAssign:
    at, target = walk.ordinal(node), _target(node.target, walk)
    return ir.AnnAssign(at, target, expression(node.annotation.annotation, walk), optional(node.value, walk))


def _type_alias(node: cst.TypeAlias, walk: Walk) -> ir.TypeAlias:
    at, name = walk.ordinal(node), identifier(node.name.value)
    walk.names.bound.add(name)
    bounds = _type_parameters(node.type_parameters, walk)
    return ir.TypeAlias(at, name, expression(node.value, walk), bounds)


def _delete(node: cst.Del, walk: Walk) -> ir.Delete:
    at, target = walk.ordinal(node), _target(node.target, walk)
    several = isinstance(target, ir.Tuple) and isinstance(node.target, cst.Tuple) and not node.target.lpar
    return ir.Delete(at, target.elts if several and isinstance(target, ir.Tuple) else [target])


def _declaration(node: cst.Global | cst.Nonlocal, walk: Walk) -> ir.Scope:
    names = [identifier(item.name.value) for item in node.names]
    walk.names.foreign.update(names)
    return ir.Scope(walk.ordinal(node), "global" if isinstance(node, cst.Global) else "nonlocal", names)


# ---------------------------------------------------------------- imports


def _import(node: cst.Import, walk: Walk) -> ir.Import:
    return ir.Import(walk.ordinal(node), _aliases(node.names, walk))


def _import_from(node: cst.ImportFrom, walk: Walk) -> ir.ImportFrom:
    at, module = walk.ordinal(node), _dotted(node.module) if node.module else None
    if isinstance(node.names, cst.ImportStar):
        names = [ir.Alias(walk.ordinal(node.names), "*", None)]
    else:
        names = _aliases(node.names, walk)
    return ir.ImportFrom(at, module, names, len(node.relative))


def _aliases(nodes: Sequence[cst.ImportAlias], walk: Walk) -> list[ir.Alias]:
    aliases = []
    for node in nodes:
        name = _dotted(node.name)
        asname = _as_name(node.asname)
        walk.names.bound.add(asname or name.partition(".")[0])
        aliases.append(ir.Alias(walk.ordinal(node), name, asname))
    return aliases


def _as_name(node: cst.AsName | None) -> str | None:
    return identifier(node.name.value) if node and isinstance(node.name, cst.Name) else None


def _dotted(node: cst.BaseExpression) -> str:
    parts = []
    while isinstance(node, cst.Attribute):
        parts.append(identifier(node.attr.value))
        node = node.value
    parts.append(identifier(cst.ensure_type(node, cst.Name).value))
    return ".".join(reversed(parts))


# ---------------------------------------------------------------- control flow


def _if(node: cst.If, walk: Walk) -> ir.Stmt:
    """`elif` is an `If` in the orelse, as in ast; thousands in a row are lowered without recursion."""
    branches = []
    while True:
        branches.append((walk.ordinal(node), expression(node.test, walk), _block(node.body, walk)))
        if not isinstance(node.orelse, cst.If):
            break
        node = node.orelse
    orelse = _else(node.orelse, walk)
    for at, test, body in reversed(branches):
        orelse = [ir.If(at, test, body, orelse)]
    return orelse[0]


def _for(node: cst.For, walk: Walk) -> ir.For:
    at, target, source = walk.ordinal(node), _target(node.target, walk), expression(node.iter, walk)
    return ir.For(at, target, source, _block(node.body, walk), _else(node.orelse, walk), node.asynchronous is not None)


def _while(node: cst.While, walk: Walk) -> ir.While:
    at, test = walk.ordinal(node), expression(node.test, walk)
    return ir.While(at, test, _block(node.body, walk), _else(node.orelse, walk))


def _with(node: cst.With, walk: Walk) -> ir.With:
    at = walk.ordinal(node)
    items = [_with_item(item, walk) for item in node.items]
    return ir.With(at, items, _block(node.body, walk), node.asynchronous is not None)


def _with_item(node: cst.WithItem, walk: Walk) -> ir.WithItem:
    at, context = walk.ordinal(node), expression(node.item, walk)
    return ir.WithItem(at, context, _target(node.asname.name, walk) if node.asname else None)


def _try(node: cst.Try | cst.TryStar, walk: Walk) -> ir.Try:
    at, body = walk.ordinal(node), _block(node.body, walk)
    handlers = [_handler(handler, walk) for handler in node.handlers]
    return ir.Try(at, body, handlers, _else(node.orelse, walk), _else(node.finalbody, walk))


def _handler(node: cst.ExceptHandler | cst.ExceptStarHandler, walk: Walk) -> ir.Handler:
    at, kind = walk.ordinal(node), optional(node.type, walk)
    name = _as_name(node.name)
    if name:
        walk.names.bound.add(name)
    return ir.Handler(at, kind, name, _block(node.body, walk))


def _match(node: cst.Match, walk: Walk) -> ir.Match:
    at, subject = walk.ordinal(node), expression(node.subject, walk)
    return ir.Match(at, subject, [_case(case, walk) for case in node.cases])


def _case(node: cst.MatchCase, walk: Walk) -> ir.Case:
    at, wanted, guard = walk.ordinal(node), pattern(node.pattern, walk), optional(node.guard, walk)
    return ir.Case(at, wanted, guard, _block(node.body, walk))


# ---------------------------------------------------------------- one-line statements


def _expression_statement(node: cst.Expr, walk: Walk) -> ir.ExprStmt:
    return ir.ExprStmt(walk.ordinal(node), expression(node.value, walk))


def _return(node: cst.Return, walk: Walk) -> ir.Return:
    return ir.Return(walk.ordinal(node), optional(node.value, walk))


def _raise(node: cst.Raise, walk: Walk) -> ir.Raise:
    at, exc = walk.ordinal(node), optional(node.exc, walk)
    return ir.Raise(at, exc, expression(node.cause.item, walk) if node.cause else None)


def _assert(node: cst.Assert, walk: Walk) -> ir.Assert:
    return ir.Assert(walk.ordinal(node), expression(node.test, walk), optional(node.msg, walk))


def _jump(kind: str) -> Callable[[Any, Walk], ir.Jump]:
    return lambda node, walk: ir.Jump(walk.ordinal(node), kind)


_AUGMENTED: dict[type, str] = {
    getattr(cst, f"{operator.__name__}Assign"): sign for operator, sign in BINARY.items()
}  # cst.AddAssign: "+" …
_NEWER: dict[str, Callable[[Any, Walk], ir.Stmt]] = {
    # not in every libcst we allow
    "LazyImport": _import,
    "LazyImportFrom": _import_from,
}
_STATEMENTS: dict[type, Callable[[Any, Walk], ir.Stmt]] = {
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
    cst.Assign: _assign,
    cst.AugAssign: _augmented,
    cst.AnnAssign: _annotated,
    cst.TypeAlias: _type_alias,
    cst.Del: _delete,
    cst.Global: _declaration,
    cst.Nonlocal: _declaration,
    cst.Import: _import,
    cst.ImportFrom: _import_from,
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.With: _with,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.Match: _match,
    cst.Expr: _expression_statement,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Assert: _assert,
    cst.Break: _jump("break"),
    cst.Continue: _jump("continue"),
    cst.Pass: _jump("pass"),
    **{getattr(cst, name): lower for name, lower in _NEWER.items() if hasattr(cst, name)},
}
