"""From text to the IR by Python's own `ast`, a fifth of the time libcst takes, for what both read alike.

The nodes, their values and their ordinals are those of the libcst walk in `statements.py`, `expressions.py` and
`patterns.py`: `tests/program/quick_differential.py` holds the two equal. libcst stays the authority: it words every
error, places every finding, and reads each file for which `lower` is not certain and returns None.
"""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from dllint.program import fstring, ir, literals
from dllint.program.fstring import Field, Text, Token, Unclear
from dllint.program.room import uncollected
from dllint.program.source import Span
from dllint.program.walk import Names, bind

Expression = Callable[[Any, "Walk"], ir.Expr]
Statement = Callable[[Any, "Walk"], ir.Stmt]

# LookupError: a node of a newer Python that no table here knows.
UNREAD = (SyntaxError, ValueError, LookupError, RecursionError, MemoryError)
_SINGLETONS = frozenset({"None", "True", "False"})
_NAME = re.compile(rb"[\w\x80-\xff]+")
_SIMPLE = re.compile(rb"[\w .()+*/%,-]*")  # of a field: nothing in it whose source anything here looks at
_SIGNS = {
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


@dataclass(slots=True, eq=False)
class Walk:
    """State of one walk. The ordinal of a node is its index in `seen`: a Text or Token where ast has no node."""

    data: bytes
    starts: list[int]  # of each line, in bytes
    exact: bool  # whether every node of ast is to have its true place
    seen: list[Any] = field(default_factory=list)
    mentions: set[str] = field(default_factory=set)
    names: Names = field(default_factory=Names)

    def offset(self, node: Any) -> int:
        """Where a node of ast begins, in bytes."""
        start: int = self.starts[node.lineno - 1] + node.col_offset
        return start

    def end(self, node: Any) -> int:
        """Where a node of ast ends, in bytes."""
        end: int = self.starts[node.end_lineno - 1] + node.end_col_offset
        return end

    def span(self, start: int, end: int) -> Span:
        """From bytes to lines and columns."""
        return Span(*self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, len(self.data[self.starts[line - 1] : offset].decode()) + 1


def lower(text: str) -> ir.Module | None:
    """The IR of `text`, or None: libcst must read it."""
    try:
        return lowered(text)[0]
    except UNREAD:
        return None


def lowered(text: str, *, exact: bool = False) -> tuple[ir.Module, Walk]:
    """The IR and the walk that made it. An error of ast's, Unclear or LookupError where `lower` says None."""
    data = text.encode()
    walk = Walk(data, [0, *accumulate(len(line) + 1 for line in data.split(b"\n"))], exact)
    with uncollected(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
        walk.seen.append(tree)
        module = ir.Module(0, _statements(tree.body, walk), frozenset(walk.mentions))
    if module.mentions & _SINGLETONS:
        raise Unclear("a name that only NFKC makes a keyword")
    return module, walk


def places(text: str, wanted: Collection[int]) -> dict[int, Span] | None:
    """The span of each wanted ordinal of `lower(text)`, None where that is None. KeyError: an ordinal never given.

    As `positions.places`, but a `for` of a comprehension begins at its target and ends before the next one, a `case`
    begins at its pattern. For a text that libcst does not read.
    """
    try:
        walk = lowered(text, exact=True)[1]
    except UNREAD:
        return None
    if unknown := [at for at in wanted if not 0 <= at < len(walk.seen)]:
        raise KeyError(f"no node {unknown[0]} in this text")
    return {at: walk.span(*_edges(at, walk)) for at in wanted}


def _edges(at: int, walk: Walk) -> tuple[int, int]:
    """Where a node begins and ends, in bytes."""
    match node := walk.seen[at]:
        case Text() | Token():
            return node.start, node.start + len(walk.data[node.start : node.end].rstrip())
        case ast.Module():
            return 0, len(walk.data)
        case ast.arg():  # its stars belong to it, its annotation does not
            start = walk.offset(node)
            star = walk.data.find(b"*", len(walk.data[:start].rstrip(b" \t\f\n\\*")), start)
            name = _NAME.match(walk.data, start)
            return start if star < 0 else star, name.end() if name else walk.end(node)
        case ast.stmt():  # a block that ends in `x;` has the semicolon in its span
            return walk.offset(node), len(walk.data[: walk.end(node)].rstrip(b"; "))
        case ast.expr() | ast.keyword() | ast.alias() | ast.excepthandler() | ast.pattern():
            return walk.offset(node), walk.end(node)
    inner = [part for part in ast.walk(node) if hasattr(part, "lineno")]  # a clause, an item, parameters
    if not inner:  # no parameters: the function's place
        return _edges(at - 1, walk)
    return min(map(walk.offset, inner)), max(map(walk.end, inner))


# ---------------------------------------------------------------- names, attributes, calls


def _optional(node: ast.expr | None, walk: Walk) -> ir.Expr | None:
    return None if node is None else _EXPRESSIONS[type(node)](node, walk)


def _all(nodes: Sequence[ast.expr], walk: Walk) -> list[ir.Expr]:
    return [_EXPRESSIONS[type(node)](node, walk) for node in nodes]


def _name(node: ast.Name, walk: Walk) -> ir.Name:
    seen, name = walk.seen, node.id
    at = len(seen)
    seen.append(node)
    walk.mentions.add(name)
    return ir.Name(at, name)


def _attribute(node: ast.Attribute, walk: Walk) -> ir.Attribute:
    value = _EXPRESSIONS[type(node.value)](node.value, walk)
    seen, attr = walk.seen, node.attr
    at = len(seen)
    seen.append(node)
    walk.mentions.add(attr)
    return ir.Attribute(at, value, attr)


def _call(node: ast.Call, walk: Walk) -> ir.Call:
    func = _EXPRESSIONS[type(node.func)](node.func, walk)
    args, keywords = _arguments(node.args, node.keywords, walk)
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Call(at, func, args, keywords)


def _arguments(args: list[ast.expr], named: list[ast.keyword], walk: Walk) -> tuple[list[ir.Expr], list[ir.Keyword]]:
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
            value = _EXPRESSIONS[type(node.value)](node.value, walk)
            keywords.append(ir.Keyword(len(seen), node.arg, value))
            seen.append(node)
        elif kind is ast.Starred:
            value = _EXPRESSIONS[type(node.value)](node.value, walk)
            given.append(ir.Starred(len(seen), value))
            seen.append(node)
        else:
            given.append(_EXPRESSIONS[kind](node, walk))
    return given, keywords


def _subscript(node: ast.Subscript, walk: Walk) -> ir.Subscript:
    value = _EXPRESSIONS[type(node.value)](node.value, walk)
    index, seen = node.slice, walk.seen
    if type(index) is ast.Tuple and _is_bare(index, walk):
        indices = _all(index.elts, walk)
        at = len(seen)
        seen += (node, node)
        return ir.Subscript(at, value, ir.Tuple(at + 1, indices))
    lowered = _EXPRESSIONS[type(index)](index, walk)
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
    bounds = _optional(node.lower, walk), _optional(node.upper, walk), _optional(node.step, walk)
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Slice(at, *bounds)


# ---------------------------------------------------------------- operators


def _binary(node: ast.BinOp, walk: Walk) -> ir.BinOp:
    left = _EXPRESSIONS[type(node.left)](node.left, walk)
    right = _EXPRESSIONS[type(node.right)](node.right, walk)
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.BinOp(at, left, _SIGNS[type(node.op)], right)


def _boolean(node: ast.BoolOp, walk: Walk) -> ir.BoolOp:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.BoolOp(at, _SIGNS[type(node.op)], _all(node.values, walk))


def _compare(node: ast.Compare, walk: Walk) -> ir.Compare:
    at = len(walk.seen)
    walk.seen.append(node)
    left = _EXPRESSIONS[type(node.left)](node.left, walk)
    return ir.Compare(at, left, [_SIGNS[type(op)] for op in node.ops], _all(node.comparators, walk))


def _unary(node: ast.UnaryOp, walk: Walk) -> ir.UnaryOp:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.UnaryOp(at, _SIGNS[type(node.op)], _EXPRESSIONS[type(node.operand)](node.operand, walk))


def _conditional(node: ast.IfExp, walk: Walk) -> ir.IfExp:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.IfExp(at, *_all((node.test, node.body, node.orelse), walk))


def _walrus(node: ast.NamedExpr, walk: Walk) -> ir.NamedExpr:
    at = len(walk.seen)
    walk.seen.append(node)
    target = _target(node.target, walk)
    return ir.NamedExpr(at, target, _EXPRESSIONS[type(node.value)](node.value, walk))


def _lambda(node: ast.Lambda, walk: Walk) -> ir.Lambda:
    at = len(walk.seen)
    walk.seen.append(node)
    params, _ = _parameters(node.args, walk)
    outer, walk.names = walk.names, Names()
    body = _EXPRESSIONS[type(node.body)](node.body, walk)
    walk.names = outer
    return ir.Lambda(at, params, body)


def _await(node: ast.Await, walk: Walk) -> ir.Await:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Await(at, _EXPRESSIONS[type(node.value)](node.value, walk))


def _yield(node: ast.Yield | ast.YieldFrom, walk: Walk) -> ir.Yield:
    walk.names.yields = True
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Yield(at, _optional(node.value, walk), delegates=type(node) is ast.YieldFrom)


# ---------------------------------------------------------------- displays and comprehensions


def _starred(node: ast.Starred, walk: Walk) -> ir.Starred:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Starred(at, _EXPRESSIONS[type(node.value)](node.value, walk))


def _display(kind: Callable[[int, list[ir.Expr]], ir.Expr]) -> Expression:
    def lower(node: ast.Tuple | ast.List | ast.Set, walk: Walk) -> ir.Expr:
        at = len(walk.seen)
        walk.seen.append(node)
        return kind(at, _all(node.elts, walk))

    return lower


def _dict(node: ast.Dict, walk: Walk) -> ir.Dict:
    at = len(walk.seen)
    walk.seen.append(node)
    keys: list[ir.Expr | None] = []
    values = []
    for key, value in zip(node.keys, node.values, strict=True):
        keys.append(None if key is None else _EXPRESSIONS[type(key)](key, walk))
        values.append(_EXPRESSIONS[type(value)](value, walk))
    return ir.Dict(at, keys, values)


def _comprehension(kind: str) -> Expression:
    def lower(node: ast.ListComp | ast.SetComp | ast.GeneratorExp, walk: Walk) -> ir.Comp:
        at = len(walk.seen)
        walk.seen.append(node)
        elt = _EXPRESSIONS[type(node.elt)](node.elt, walk)
        return ir.Comp(at, kind, None, elt, _clauses(node.generators, walk))

    return lower


def _dict_comprehension(node: ast.DictComp, walk: Walk) -> ir.Comp:
    at = len(walk.seen)
    walk.seen.append(node)
    if node.value is None:  # `{**d for d in ds}`, of PEP 798
        raise Unclear("a comprehension that merges")
    key, value = _all((node.key, node.value), walk)
    return ir.Comp(at, "dict", key, value, _clauses(node.generators, walk))


def _clauses(nodes: list[ast.comprehension], walk: Walk) -> list[ir.Comprehension]:
    clauses = []
    for node in nodes:
        at = len(walk.seen)
        walk.seen.append(node)
        target, source = _all((node.target, node.iter), walk)
        clauses.append(ir.Comprehension(at, target, source, _all(node.ifs, walk)))
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
        value = _placed(found.value, piece, walk)
        lowered.append(_EXPRESSIONS[type(value)](value, walk))
        if piece.form:
            if found.format_spec is None:
                raise Unclear("a format specification that ast does not have")
            inner = _fields(found.format_spec)
            lowered.append(ir.JoinedStr(lowered[-1].at, _pieces(piece.form, prefix, inner, walk)))
            if next(inner, None) is not None:
                raise Unclear("a format specification of more fields than it shows")
    return lowered


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


# ---------------------------------------------------------------- definitions


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, walk: Walk) -> ir.FunctionDef:
    at = len(walk.seen)
    walk.seen.append(node)
    walk.names.bound.add(node.name)
    outer, walk.mentions = walk.mentions, set()
    decorators = _all(node.decorator_list, walk)
    bounds = _type_parameters(node, walk)
    params, bound = _parameters(node.args, walk)
    returns = _optional(node.returns, walk)
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
    decorators = _all(node.decorator_list, walk)
    bounds = _type_parameters(node, walk)
    bases, keywords = _arguments(node.bases, node.keywords, walk)
    body, _ = _scope(node.body, Names(), walk)
    mentions, walk.mentions = frozenset(walk.mentions), outer
    outer |= mentions
    return ir.ClassDef(at, node.name, bases, keywords, body, decorators, mentions, bounds)


def _scope(body: list[ast.stmt], names: Names, walk: Walk) -> tuple[list[ir.Stmt], Names]:
    outer, walk.names = walk.names, names
    lowered = _statements(body, walk)
    walk.names = outer
    return lowered, names


def _parameters(node: ast.arguments, walk: Walk) -> tuple[ir.Params, set[str]]:
    """Parameters, and the names they bind."""
    at = len(walk.seen)
    walk.seen.append(node)
    first = len(node.posonlyargs) + len(node.args) - len(node.defaults)
    defaults: list[ast.expr | None] = [*[None] * first, *node.defaults]
    bound: set[str] = set()

    def several(params: list[ast.arg], given: Sequence[ast.expr | None]) -> list[ir.Param]:
        return [one(param, default) for param, default in zip(params, given, strict=True)]

    def one(param: ast.arg, default: ast.expr | None = None) -> ir.Param:
        bound.add(param.arg)
        here = len(walk.seen)
        walk.seen.append(param)
        return ir.Param(here, param.arg, _optional(default, walk), _optional(param.annotation, walk))

    only = len(node.posonlyargs)
    params = ir.Params(
        at,
        posonly=several(node.posonlyargs, defaults[:only]),
        args=several(node.args, defaults[only:]),
        vararg=one(node.vararg) if node.vararg else None,
        kwonly=several(node.kwonlyargs, node.kw_defaults),
        kwarg=one(node.kwarg) if node.kwarg else None,
    )
    return params, bound


def _type_parameters(node: Any, walk: Walk) -> list[ir.Expr]:
    found = []
    for param in getattr(node, "type_params", ()):
        for part in (getattr(param, "bound", None), getattr(param, "default_value", None)):
            if type(part) is ast.Starred:
                raise Unclear("a starred default of a type parameter")
            if part is not None:
                found.append(_EXPRESSIONS[type(part)](part, walk))
    return found


# ---------------------------------------------------------------- assignments


def _assign(node: ast.Assign, walk: Walk) -> ir.Assign:
    at = len(walk.seen)
    walk.seen.append(node)
    targets = [_target(target, walk) for target in node.targets]
    return ir.Assign(at, targets, _EXPRESSIONS[type(node.value)](node.value, walk))


def _target(node: ast.expr, walk: Walk) -> ir.Expr:
    if type(node) is ast.Name:
        walk.names.bound.add(node.id)
        return _name(node, walk)
    target = _EXPRESSIONS[type(node)](node, walk)
    bind(target, walk.names)
    return target


def _augmented(node: ast.AugAssign, walk: Walk) -> ir.AugAssign:
    at = len(walk.seen)
    walk.seen.append(node)
    target = _target(node.target, walk)
    return ir.AugAssign(at, target, _SIGNS[type(node.op)], _EXPRESSIONS[type(node.value)](node.value, walk))


def _annotated(node: ast.AnnAssign, walk: Walk) -> ir.AnnAssign:
    at = len(walk.seen)
    walk.seen.append(node)
    target = _target(node.target, walk)
    annotation = _EXPRESSIONS[type(node.annotation)](node.annotation, walk)
    return ir.AnnAssign(at, target, annotation, _optional(node.value, walk))


def _type_alias(node: Any, walk: Walk) -> ir.TypeAlias:
    at, name = len(walk.seen), node.name.id
    walk.seen.append(node)
    walk.names.bound.add(name)
    bounds = _type_parameters(node, walk)
    return ir.TypeAlias(at, name, _EXPRESSIONS[type(node.value)](node.value, walk), bounds)


def _delete(node: ast.Delete, walk: Walk) -> ir.Delete:
    at = len(walk.seen)
    walk.seen.append(node)
    # To libcst, `del a, b` and `del a,` delete a tuple.
    if len(node.targets) > 1 or walk.data[walk.end(node) - 1 : walk.end(node)] == b",":
        walk.seen.append(node)
    return ir.Delete(at, [_target(target, walk) for target in node.targets])


def _declaration(kind: str) -> Statement:
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


def _statements(nodes: list[ast.stmt], walk: Walk) -> list[ir.Stmt]:
    return [_STATEMENTS[type(node)](node, walk) for node in nodes]


def _if(node: ast.If, walk: Walk) -> ir.Stmt:
    """Thousands of `elif` are lowered without recursion."""
    branches = []
    while True:
        at = len(walk.seen)
        walk.seen.append(node)
        branches.append((at, _EXPRESSIONS[type(node.test)](node.test, walk), _statements(node.body, walk)))
        if len(node.orelse) != 1 or type(node.orelse[0]) is not ast.If:
            break
        node = node.orelse[0]
    orelse = _statements(node.orelse, walk)
    for at, test, body in reversed(branches):
        orelse = [ir.If(at, test, body, orelse)]
    return orelse[0]


def _for(node: ast.For | ast.AsyncFor, walk: Walk) -> ir.For:
    at = len(walk.seen)
    walk.seen.append(node)
    target, source = _target(node.target, walk), _EXPRESSIONS[type(node.iter)](node.iter, walk)
    body, orelse = _statements(node.body, walk), _statements(node.orelse, walk)
    return ir.For(at, target, source, body, orelse, type(node) is ast.AsyncFor)


def _while(node: ast.While, walk: Walk) -> ir.While:
    at = len(walk.seen)
    walk.seen.append(node)
    test = _EXPRESSIONS[type(node.test)](node.test, walk)
    return ir.While(at, test, _statements(node.body, walk), _statements(node.orelse, walk))


def _with(node: ast.With | ast.AsyncWith, walk: Walk) -> ir.With:
    at = len(walk.seen)
    walk.seen.append(node)
    items = [_with_item(item, walk) for item in node.items]
    return ir.With(at, items, _statements(node.body, walk), type(node) is ast.AsyncWith)


def _with_item(node: ast.withitem, walk: Walk) -> ir.WithItem:
    at = len(walk.seen)
    walk.seen.append(node)
    context = _EXPRESSIONS[type(node.context_expr)](node.context_expr, walk)
    return ir.WithItem(at, context, _target(node.optional_vars, walk) if node.optional_vars else None)


def _try(node: Any, walk: Walk) -> ir.Try:
    at = len(walk.seen)
    walk.seen.append(node)
    body, handlers = _statements(node.body, walk), [_handler(handler, walk) for handler in node.handlers]
    return ir.Try(at, body, handlers, _statements(node.orelse, walk), _statements(node.finalbody, walk))


def _handler(node: ast.ExceptHandler, walk: Walk) -> ir.Handler:
    at = len(walk.seen)
    walk.seen.append(node)
    kind = _optional(node.type, walk)
    if node.name:
        walk.names.bound.add(node.name)
    return ir.Handler(at, kind, node.name, _statements(node.body, walk))


def _match(node: ast.Match, walk: Walk) -> ir.Match:
    at = len(walk.seen)
    walk.seen.append(node)
    subject = _EXPRESSIONS[type(node.subject)](node.subject, walk)
    return ir.Match(at, subject, [_case(case, walk) for case in node.cases])


def _case(node: ast.match_case, walk: Walk) -> ir.Case:
    at = len(walk.seen)
    walk.seen.append(node)
    wanted, guard = _pattern(node.pattern, walk), _optional(node.guard, walk)
    return ir.Case(at, wanted, guard, _statements(node.body, walk))


def _pattern(node: ast.pattern, walk: Walk) -> ir.Pattern:
    at = len(walk.seen)
    walk.seen.append(node)
    match node:
        case ast.MatchValue(value=value):
            return ir.Pattern(at, "value", [_EXPRESSIONS[type(value)](value, walk)], [], [])
        case ast.MatchSingleton(value=value):
            walk.seen.append(node)
            return ir.Pattern(at, "value", [ir.Constant(at + 1, value)], [], [])
        case ast.MatchSequence(patterns=patterns):
            return ir.Pattern(at, "sequence", [], _patterns(patterns, walk), [])
        case ast.MatchStar(name=name):
            return ir.Pattern(at, "star", [], [], _captured(name, walk))
        case ast.MatchOr(patterns=patterns):
            return ir.Pattern(at, "or", [], _patterns(patterns, walk), [])
        case ast.MatchAs(pattern=None, name=None):
            return ir.Pattern(at, "wildcard", [], [], [])
        case ast.MatchAs(pattern=inner, name=name):
            return ir.Pattern(at, "as", [], [_pattern(inner, walk)] if inner else [], _captured(name, walk))
        case ast.MatchMapping(keys=keys, patterns=patterns, rest=rest):
            return ir.Pattern(at, "mapping", _all(keys, walk), _patterns(patterns, walk), _captured(rest, walk))
        case ast.MatchClass(cls=cls, patterns=patterns, kwd_attrs=named, kwd_patterns=others):
            called = _EXPRESSIONS[type(cls)](cls, walk)
            return ir.Pattern(at, "class", [called], _patterns([*patterns, *others], walk), [], list(named))
    raise Unclear(f"a pattern {type(node).__name__}")


def _patterns(nodes: list[ast.pattern], walk: Walk) -> list[ir.Pattern]:
    return [_pattern(node, walk) for node in nodes]


def _captured(name: str | None, walk: Walk) -> list[str]:
    if name is None:
        return []
    walk.names.bound.add(name)
    return [name]


# ---------------------------------------------------------------- one-line statements


def _expression_statement(node: ast.Expr, walk: Walk) -> ir.ExprStmt:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.ExprStmt(at, _EXPRESSIONS[type(node.value)](node.value, walk))


def _return(node: ast.Return, walk: Walk) -> ir.Return:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Return(at, _optional(node.value, walk))


def _raise(node: ast.Raise, walk: Walk) -> ir.Raise:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Raise(at, _optional(node.exc, walk), _optional(node.cause, walk))


def _assert(node: ast.Assert, walk: Walk) -> ir.Assert:
    at = len(walk.seen)
    walk.seen.append(node)
    return ir.Assert(at, _EXPRESSIONS[type(node.test)](node.test, walk), _optional(node.msg, walk))


def _jump(kind: str) -> Statement:
    def lower(node: ast.stmt, walk: Walk) -> ir.Jump:
        at = len(walk.seen)
        walk.seen.append(node)
        return ir.Jump(at, kind)

    return lower


_NEWER_EXPRESSIONS: dict[str, Expression] = {"TemplateStr": _formatted}  # not in every Python we run on
_EXPRESSIONS: dict[type, Expression] = {
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
_NEWER_STATEMENTS: dict[str, Statement] = {"TryStar": _try, "TypeAlias": _type_alias}
_STATEMENTS: dict[type, Statement] = {
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
