"""Expressions: ast to IR, one small function for each class, found in a table."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dllint.program import ir, literals
from dllint.program.quick import fstring
from dllint.program.quick.fstring import Field, Text, Token, Unclear
from dllint.program.quick.walk import Walk
from dllint.program.walk import Names, bind

Lower = Callable[[Any, Walk], ir.Expr]

_SIMPLE = re.compile(rb"[\w .()+*/%,-]*")  # of a field: nothing in it whose source anything here looks at
SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.USub: "-",
    ast.UAdd: "+",
    ast.Invert: "~",
    ast.Not: "not",
    ast.And: "and",
    ast.Or: "or",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}


# ---------------------------------------------------------------- names, attributes, calls


def optional(node: ast.expr | None, walk: Walk) -> ir.Expr | None:
    """The expression in the IR, if there is one."""
    return None if node is None else EXPRESSIONS[type(node)](node, walk)


def several(nodes: Sequence[ast.expr], walk: Walk) -> list[ir.Expr]:
    """The expressions in the IR, in their order."""
    return [EXPRESSIONS[type(node)](node, walk) for node in nodes]


def assigned(node: ast.expr, walk: Walk) -> ir.Expr:
    """The target of an assignment, whose names are bound in the scope of `walk`."""
    if type(node) is ast.Name:
        walk.names.bound.add(node.id)
        return _name(node, walk)
    target = EXPRESSIONS[type(node)](node, walk)
    bind(target, walk.names)
    return target


def parameters(node: ast.arguments, walk: Walk) -> tuple[ir.Params, set[str]]:
    """Parameters, and the names they bind."""
    at = len(walk.seen)
    walk.seen.append(node)
    first = len(node.posonlyargs) + len(node.args) - len(node.defaults)
    defaults: list[ast.expr | None] = [*[None] * first, *node.defaults]
    bound: set[str] = set()

    def each(params: list[ast.arg], given: Sequence[ast.expr | None]) -> list[ir.Param]:
        return [one(param, default) for param, default in zip(params, given, strict=True)]

    def one(param: ast.arg, default: ast.expr | None = None) -> ir.Param:
        bound.add(param.arg)
        here = len(walk.seen)
        walk.seen.append(param)
        return ir.Param(here, param.arg, optional(default, walk), optional(param.annotation, walk))

    only = len(node.posonlyargs)
    params = ir.Params(
        at,
        posonly=each(node.posonlyargs, defaults[:only]),
        args=each(node.args, defaults[only:]),
        vararg=one(node.vararg) if node.vararg else None,
        kwonly=each(node.kwonlyargs, node.kw_defaults),
        kwarg=one(node.kwarg) if node.kwarg else None,
    )
    return params, bound


def _name(node: ast.Name, walk: Walk) -> ir.Name:
    seen, name = walk.seen, node.id
    at = len(seen)
    seen.append(node)
    walk.mentions.add(name)
    return ir.Name(at, name)


def _attribute(node: ast.Attribute, walk: Walk) -> ir.Attribute:
    value = EXPRESSIONS[type(node.value)](node.value, walk)
    seen, attr = walk.seen, node.attr
    at = len(seen)
    seen.append(node)
    walk.mentions.add(attr)
    return ir.Attribute(at, value, attr)


def _call(node: ast.Call, walk: Walk) -> ir.Call:
    func = EXPRESSIONS[type(node.func)](node.func, walk)
    args, keywords = arguments(node.args, node.keywords, walk)
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Call(at, func, args, keywords)


def arguments(args: list[ast.expr], named: list[ast.keyword], walk: Walk) -> tuple[list[ir.Expr], list[ir.Keyword]]:
    """Arguments in the order of the source: a `*args` may stand behind keywords."""
    given: list[ir.Expr] = []
    keywords: list[ir.Keyword] = []
    inputs: Sequence[Any] = args
    if named:
        inputs = [*args, *named]
        if args and type(args[-1]) is ast.Starred:
            inputs = sorted(inputs, key=lambda node: (node.lineno, node.col_offset))
    seen = walk.seen
    for node in inputs:
        kind = type(node)
        if kind is ast.keyword:
            value = EXPRESSIONS[type(node.value)](node.value, walk)
            keywords.append(ir.Keyword(len(seen), node.arg, value))
            seen.append(node)
        elif kind is ast.Starred:
            value = EXPRESSIONS[type(node.value)](node.value, walk)
            given.append(ir.Starred(len(seen), value))
            seen.append(node)
        else:
            given.append(EXPRESSIONS[kind](node, walk))
    return given, keywords


def _subscript(node: ast.Subscript, walk: Walk) -> ir.Subscript:
    value = EXPRESSIONS[type(node.value)](node.value, walk)
    index, seen = node.slice, walk.seen
    if type(index) is ast.Tuple and _is_bare(index, walk):
        indices = several(index.elts, walk)
        at = len(seen)
        seen += (node, node)
        return ir.Subscript(at, value, ir.Tuple(at + 1, indices))
    lowered = EXPRESSIONS[type(index)](index, walk)
    at = len(seen)
    seen.append(node)
    return ir.Subscript(at, value, lowered)


def _is_bare(node: ast.Tuple, walk: Walk) -> bool:
    """Whether a tuple has no parentheses of its own: `(1), 2` begins with one too, and `(1), (2)` ends with one."""
    if not node.elts:
        return False
    first = node.elts[0]
    if first.col_offset == node.col_offset and first.lineno == node.lineno:
        return True
    return fstring.closes(walk.data, walk.offset(node)) != walk.end(node)


def _slice(node: ast.Slice, walk: Walk) -> ir.Slice:
    # libcst's walk lowers the bounds before it counts the slice.
    bounds = optional(node.lower, walk), optional(node.upper, walk), optional(node.step, walk)
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Slice(at, *bounds)


# ---------------------------------------------------------------- operators


def _binary(node: ast.BinOp, walk: Walk) -> ir.BinOp:
    left = EXPRESSIONS[type(node.left)](node.left, walk)
    right = EXPRESSIONS[type(node.right)](node.right, walk)
    at = len(walk.seen)
    walk.seen.append(node)
    op = SIGNS[type(node.op)]
    if op == "/":
        walk.mentions.add(op)
    return ir.BinOp(at, left, op, right)


def _boolean(node: ast.BoolOp, walk: Walk) -> ir.BoolOp:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.BoolOp(at, SIGNS[type(node.op)], several(node.values, walk))


def _compare(node: ast.Compare, walk: Walk) -> ir.Compare:
    at = len(walk.seen)
    walk.seen.append(node)
    left = EXPRESSIONS[type(node.left)](node.left, walk)
    return ir.Compare(at, left, [SIGNS[type(op)] for op in node.ops], several(node.comparators, walk))


def _unary(node: ast.UnaryOp, walk: Walk) -> ir.UnaryOp:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.UnaryOp(at, SIGNS[type(node.op)], EXPRESSIONS[type(node.operand)](node.operand, walk))


def _conditional(node: ast.IfExp, walk: Walk) -> ir.IfExp:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.IfExp(at, *several((node.test, node.body, node.orelse), walk))


def _walrus(node: ast.NamedExpr, walk: Walk) -> ir.NamedExpr:
    at = len(walk.seen)
    walk.seen.append(node)
    target = assigned(node.target, walk)
    return ir.NamedExpr(at, target, EXPRESSIONS[type(node.value)](node.value, walk))


def _lambda(node: ast.Lambda, walk: Walk) -> ir.Lambda:
    at = len(walk.seen)
    walk.seen.append(node)
    params, _ = parameters(node.args, walk)
    outer, walk.names = walk.names, Names()
    body = EXPRESSIONS[type(node.body)](node.body, walk)
    walk.names = outer
    return ir.Lambda(at, params, body)


def _await(node: ast.Await, walk: Walk) -> ir.Await:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Await(at, EXPRESSIONS[type(node.value)](node.value, walk))


def _yield(node: ast.Yield | ast.YieldFrom, walk: Walk) -> ir.Yield:
    walk.names.yields = True
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Yield(at, optional(node.value, walk), delegates=type(node) is ast.YieldFrom)


# ---------------------------------------------------------------- displays and comprehensions


def _starred(node: ast.Starred, walk: Walk) -> ir.Starred:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Starred(at, EXPRESSIONS[type(node.value)](node.value, walk))


def _display(kind: Callable[[int, list[ir.Expr]], ir.Expr]) -> Lower:
    def lower(node: ast.Tuple | ast.List | ast.Set, walk: Walk) -> ir.Expr:
        at = len(walk.seen)
        walk.seen.append(node)
        return kind(at, several(node.elts, walk))

    return lower


def _dict(node: ast.Dict, walk: Walk) -> ir.Dict:
    at = len(walk.seen)
    walk.seen.append(node)
    keys: list[ir.Expr | None] = []
    values = []
    for key, value in zip(node.keys, node.values, strict=True):
        keys.append(None if key is None else EXPRESSIONS[type(key)](key, walk))
        values.append(EXPRESSIONS[type(value)](value, walk))
    return ir.Dict(at, keys, values)


def _comprehension(kind: str) -> Lower:
    def lower(node: ast.ListComp | ast.SetComp | ast.GeneratorExp, walk: Walk) -> ir.Comp:
        at = len(walk.seen)
        walk.seen.append(node)
        elt = EXPRESSIONS[type(node.elt)](node.elt, walk)
        return ir.Comp(at, kind, None, elt, _clauses(node.generators, walk))

    return lower


def _dict_comprehension(node: ast.DictComp, walk: Walk) -> ir.Comp:
    at = len(walk.seen)
    walk.seen.append(node)
    if node.value is None:  # `{**d for d in ds}`, of PEP 798
        raise Unclear("a comprehension that merges")
    key, value = several((node.key, node.value), walk)
    return ir.Comp(at, "dict", key, value, _clauses(node.generators, walk))


def _clauses(nodes: list[ast.comprehension], walk: Walk) -> list[ir.Comprehension]:
    clauses = []
    for node in nodes:
        at = len(walk.seen)
        walk.seen.append(node)
        target, source = several((node.target, node.iter), walk)
        clauses.append(ir.Comprehension(at, target, source, several(node.ifs, walk)))
    return clauses


# ---------------------------------------------------------------- literals


def _constant(node: ast.Constant, walk: Walk) -> ir.Constant:
    value, seen = node.value, walk.seen
    at = len(seen)
    seen.append(node)
    if (type(value) is str or type(value) is bytes) and not _is_plain(node, len(value)):
        strings = list(fstring.tokens(walk.data, walk.offset(node), walk.end(node)))
        if len(strings) > 1:
            seen += strings
    return ir.Constant(at, value)


def _is_plain(node: Any, length: int) -> bool:
    """As long as its value and two quotes: one string without prefix and escapes, since two would be longer."""
    return bool(node.end_col_offset - node.col_offset == length + 2 and node.lineno == node.end_lineno)


def _formatted(node: Any, walk: Walk) -> ir.JoinedStr:
    """F-strings or t-strings, and the plain strings side by side with them."""
    strings = list(fstring.tokens(walk.data, walk.offset(node), walk.end(node)))
    at = len(walk.seen)
    walk.seen.append(node)
    fields = _fields(node)
    parts: list[ir.Expr] = []
    for string in strings:
        if len(strings) > 1:
            walk.seen.append(string)
        if string.pieces is not None:
            parts += _pieces(string.pieces, string.prefix, fields, walk)
        else:
            parts.append(ir.Constant(len(walk.seen) - 1, literals.string(_source(string, walk))))
    if next(fields, None) is not None:
        raise Unclear("an f-string of more fields than it shows")
    return ir.JoinedStr(at, parts)


def _source(piece: Text | Token, walk: Walk) -> str:
    return walk.data[piece.start : piece.end].decode()


def _fields(node: Any) -> Iterator[Any]:
    return (value for value in node.values if type(value) is not ast.Constant)


def _pieces(pieces: list[Text | Field], prefix: str, fields: Iterator[Any], walk: Walk) -> list[ir.Expr]:
    lowered: list[ir.Expr] = []
    for piece in pieces:
        if type(piece) is Text:
            text = literals.piece(_source(piece, walk), prefix).replace("{{", "{").replace("}}", "}")
            lowered.append(ir.Constant(len(walk.seen), text))
            walk.seen.append(piece)
            continue
        found = next(fields, None)
        if found is None or type(piece) is not Field:
            raise Unclear("an f-string of fewer fields than it shows")
        lowered.append(_field(found, piece, prefix, walk))
    return lowered


def _field(node: Any, piece: Field, prefix: str, walk: Walk) -> ir.Expr:
    placed = _placed(node.value, piece, walk)
    value = EXPRESSIONS[type(placed)](placed, walk)
    form = _form(node.format_spec, piece.form, value.at, prefix, walk) if piece.form else None
    conversion = "=" if piece.shown else "" if node.conversion < 0 else chr(node.conversion)
    return ir.Formatted(value.at, value, conversion, form) if conversion or form is not None else value


def _form(spec: Any, pieces: list[Text | Field], at: int, prefix: str, walk: Walk) -> ir.JoinedStr:
    if spec is None:
        raise Unclear("a format specification that ast does not have")
    inner = _fields(spec)
    form = ir.JoinedStr(at, _pieces(pieces, prefix, inner, walk))
    if next(inner, None) is not None:
        raise Unclear("a format specification of more fields than it shows")
    return form


def _placed(value: ast.expr, piece: Field, walk: Walk) -> ast.expr:
    """The expression of a field, parsed once more where its places matter: before 3.12, ast has them wrong."""
    if _SIMPLE.fullmatch(walk.data, piece.start, piece.end) and not walk.exact:
        return value
    tree = ast.parse(b"(" + walk.data[piece.start : piece.end] + b")", mode="eval").body
    first = walk.data.count(b"\n", 0, piece.start)
    shift = piece.start - 1 - walk.starts[first]
    node: Any
    for node in ast.walk(tree):
        if hasattr(node, "lineno"):
            node.col_offset += shift if node.lineno == 1 else 0
            node.end_col_offset += shift if node.end_lineno == 1 else 0
            node.lineno += first
            node.end_lineno += first
    if type(tree) is ast.Tuple and walk.offset(tree) < piece.start:  # the parentheses are ours
        tree.col_offset += 1
        tree.end_col_offset = (tree.end_col_offset or 1) - 1
    return tree


_NEWER_EXPRESSIONS: dict[str, Lower] = {"TemplateStr": _formatted}  # not in every Python we run on
EXPRESSIONS: dict[type, Lower] = {
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.Constant: _constant,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.BinOp: _binary,
    ast.BoolOp: _boolean,
    ast.Compare: _compare,
    ast.UnaryOp: _unary,
    ast.IfExp: _conditional,
    ast.NamedExpr: _walrus,
    ast.Lambda: _lambda,
    ast.Await: _await,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.Starred: _starred,
    ast.Tuple: _display(ir.Tuple),
    ast.List: _display(ir.List),
    ast.Set: _display(ir.Set),
    ast.Dict: _dict,
    ast.ListComp: _comprehension("list"),
    ast.SetComp: _comprehension("set"),
    ast.GeneratorExp: _comprehension("generator"),
    ast.DictComp: _dict_comprehension,
    ast.JoinedStr: _formatted,
    **{getattr(ast, name): lower for name, lower in _NEWER_EXPRESSIONS.items() if hasattr(ast, name)},
}
