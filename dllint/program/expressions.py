"""Expressions: libcst to IR, one small function for each class, found in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import libcst as cst

from dllint.program import ir, literals
from dllint.program.literals import identifier
from dllint.program.walk import Names, Walk, bind

Lower = Callable[[Any, Walk], ir.Expr]

BINARY = {
    cst.Add: "+",
    cst.Subtract: "-",
    cst.Multiply: "*",
    cst.Divide: "/",
    cst.FloorDivide: "//",
    cst.Modulo: "%",
    cst.Power: "**",
    cst.MatrixMultiply: "@",
    cst.LeftShift: "<<",
    cst.RightShift: ">>",
    cst.BitAnd: "&",
    cst.BitOr: "|",
    cst.BitXor: "^",
}
_UNARY = {cst.Minus: "-", cst.Plus: "+", cst.BitInvert: "~", cst.Not: "not"}
_BOOLEAN = {cst.And: "and", cst.Or: "or"}
_COMPARE = {
    cst.Equal: "==",
    cst.NotEqual: "!=",
    cst.LessThan: "<",
    cst.LessThanEqual: "<=",
    cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=",
    cst.In: "in",
    cst.NotIn: "not in",
    cst.Is: "is",
    cst.IsNot: "is not",
}
_SINGLETONS = {"None": None, "True": True, "False": False}


def expression(node: cst.CSTNode, walk: Walk) -> ir.Expr:
    """The expression in the IR."""
    return _EXPRESSIONS[type(node)](node, walk)


def optional(node: cst.CSTNode | None, walk: Walk) -> ir.Expr | None:
    """The expression in the IR, if there is one."""
    return None if node is None else _EXPRESSIONS[type(node)](node, walk)


def annotation(node: cst.Annotation | None, walk: Walk) -> ir.Expr | None:
    """The expression of an annotation, if there is one."""
    return None if node is None else expression(node.annotation, walk)


def arguments(args: Iterable[cst.Arg], walk: Walk) -> tuple[list[ir.Expr], list[ir.Keyword]]:
    """Positional and keyword arguments, of a call or of a class."""
    given: list[ir.Expr] = []
    keywords: list[ir.Keyword] = []
    for arg in args:
        value = _EXPRESSIONS[type(arg.value)](arg.value, walk)
        if arg.star == "*":
            given.append(ir.Starred(walk.ordinal(arg), value))
        elif arg.star or arg.keyword is not None:
            name = identifier(arg.keyword.value) if arg.keyword else None
            keywords.append(ir.Keyword(walk.ordinal(arg), name, value))
        else:
            given.append(value)
    return given, keywords


def parameters(node: cst.Parameters, walk: Walk) -> ir.Params:
    """Parameters, their defaults and annotations."""
    star = node.star_arg
    return ir.Params(
        walk.ordinal(node),
        posonly=[_parameter(param, walk) for param in node.posonly_params],
        args=[_parameter(param, walk) for param in node.params],
        vararg=_parameter(star, walk) if isinstance(star, cst.Param) else None,
        kwonly=[_parameter(param, walk) for param in node.kwonly_params],
        kwarg=_parameter(node.star_kwarg, walk) if node.star_kwarg else None,
    )


def parameter_names(params: ir.Params) -> set[str]:
    """Every name that parameters bind."""
    names = {param.name for param in (*params.posonly, *params.args, *params.kwonly)}
    return names | {param.name for param in (params.vararg, params.kwarg) if param}


def _parameter(node: cst.Param, walk: Walk) -> ir.Param:
    at = walk.ordinal(node)
    return ir.Param(at, identifier(node.name.value), optional(node.default, walk), annotation(node.annotation, walk))


# ---------------------------------------------------------------- names, attributes, calls


def _name(node: cst.Name, walk: Walk) -> ir.Expr:
    name = identifier(node.value)
    if name in _SINGLETONS:
        return ir.Constant(walk.ordinal(node), _SINGLETONS[name])
    walk.mentions.add(name)
    return ir.Name(walk.ordinal(node), name)


def _chain(node: cst.BaseExpression, walk: Walk) -> ir.Expr:
    """`a.b(c)[d] + e`: grows to the left, thousands long in generated code, so without recursion."""
    links: list[cst.BaseExpression] = []
    while link := _LINKS.get(type(node)):
        links.append(node)
        node = getattr(node, link[0])
    value = _EXPRESSIONS[type(node)](node, walk)
    for outer in reversed(links):
        value = _LINKS[type(outer)][1](outer, value, walk)
    return value


def _attribute(node: cst.Attribute, value: ir.Expr, walk: Walk) -> ir.Attribute:
    attr = identifier(node.attr.value)
    walk.mentions.add(attr)
    return ir.Attribute(walk.ordinal(node), value, attr)


def _call(node: cst.Call, func: ir.Expr, walk: Walk) -> ir.Call:
    args, keywords = arguments(node.args, walk)
    return ir.Call(walk.ordinal(node), func, args, keywords)


def _subscript(node: cst.Subscript, value: ir.Expr, walk: Walk) -> ir.Subscript:
    indices = [_index(element.slice, walk) for element in node.slice]
    if len(indices) == 1 and not _is_tuple(node.slice[0]):
        return ir.Subscript(walk.ordinal(node), value, indices[0])
    # libcst has no node for the tuple `i, j`: it shares the place of the whole subscript.
    return ir.Subscript(walk.ordinal(node), value, ir.Tuple(walk.ordinal(node), indices))


def _is_tuple(only: cst.SubscriptElement) -> bool:
    starred = isinstance(only.slice, cst.Index) and only.slice.star
    return bool(starred) or isinstance(only.comma, cst.Comma)


def _index(node: cst.BaseSlice, walk: Walk) -> ir.Expr:
    match node:
        case cst.Index(star="*"):
            return ir.Starred(walk.ordinal(node), expression(node.value, walk))
        case cst.Index():
            return expression(node.value, walk)
        case cst.Slice():
            bounds = (optional(node.lower, walk), optional(node.upper, walk), optional(node.step, walk))
            return ir.Slice(walk.ordinal(node), *bounds)
    raise TypeError(f"no index: {type(node).__name__}")


def _binary(node: cst.BinaryOperation, left: ir.Expr, walk: Walk) -> ir.BinOp:
    right = expression(node.right, walk)
    op = BINARY[type(node.operator)]
    if op == "/":
        walk.mentions.add(op)
    return ir.BinOp(walk.ordinal(node), left, op, right)


_LINKS: dict[type, tuple[str, Callable[[Any, ir.Expr, Walk], ir.Expr]]] = {
    cst.Attribute: ("value", _attribute),
    cst.Call: ("func", _call),
    cst.Subscript: ("value", _subscript),
    cst.BinaryOperation: ("left", _binary),
}


# ---------------------------------------------------------------- operators


def _boolean(node: cst.BooleanOperation, walk: Walk) -> ir.BoolOp:
    """`a and b and c` is one node, `(a and b) and c` two: as in ast."""
    at, operator = walk.ordinal(node), type(node.operator)
    values = [node.right]
    left = node.left
    while isinstance(left, cst.BooleanOperation) and type(left.operator) is operator and not left.lpar:
        values.append(left.right)
        left = left.left
    values.append(left)
    return ir.BoolOp(at, _BOOLEAN[operator], [expression(value, walk) for value in reversed(values)])


def _compare(node: cst.Comparison, walk: Walk) -> ir.Compare:
    at, left = walk.ordinal(node), expression(node.left, walk)
    ops = [_COMPARE[type(target.operator)] for target in node.comparisons]
    return ir.Compare(at, left, ops, [expression(target.comparator, walk) for target in node.comparisons])


def _unary(node: cst.UnaryOperation, walk: Walk) -> ir.UnaryOp:
    return ir.UnaryOp(walk.ordinal(node), _UNARY[type(node.operator)], expression(node.expression, walk))


def _conditional(node: cst.IfExp, walk: Walk) -> ir.IfExp:
    at, test = walk.ordinal(node), expression(node.test, walk)
    return ir.IfExp(at, test, expression(node.body, walk), expression(node.orelse, walk))


def _walrus(node: cst.NamedExpr, walk: Walk) -> ir.NamedExpr:
    at, target = walk.ordinal(node), expression(node.target, walk)
    bind(target, walk.names)  # also from inside a comprehension, which has no scope here
    return ir.NamedExpr(at, target, expression(node.value, walk))


def _lambda(node: cst.Lambda, walk: Walk) -> ir.Lambda:
    at, params = walk.ordinal(node), parameters(node.params, walk)
    outer, walk.names = walk.names, Names()
    body = expression(node.body, walk)
    walk.names = outer
    return ir.Lambda(at, params, body)


def _await(node: cst.Await, walk: Walk) -> ir.Await:
    return ir.Await(walk.ordinal(node), expression(node.expression, walk))


def _yield(node: cst.Yield, walk: Walk) -> ir.Yield:
    walk.names.yields = True
    if isinstance(node.value, cst.From):
        return ir.Yield(walk.ordinal(node), expression(node.value.item, walk), delegates=True)
    return ir.Yield(walk.ordinal(node), optional(node.value, walk), delegates=False)


# ---------------------------------------------------------------- displays and comprehensions


def _elements(elements: Sequence[cst.BaseElement], walk: Walk) -> list[ir.Expr]:
    return [
        _EXPRESSIONS[type(item.value)](item.value, walk) if type(item) is cst.Element else expression(item, walk)
        for item in elements
    ]


def _starred(node: cst.StarredElement, walk: Walk) -> ir.Starred:
    return ir.Starred(walk.ordinal(node), expression(node.value, walk))


def _tuple(node: cst.Tuple, walk: Walk) -> ir.Tuple:
    return ir.Tuple(walk.ordinal(node), _elements(node.elements, walk))


def _list(node: cst.List, walk: Walk) -> ir.List:
    return ir.List(walk.ordinal(node), _elements(node.elements, walk))


def _set(node: cst.Set, walk: Walk) -> ir.Set:
    return ir.Set(walk.ordinal(node), _elements(node.elements, walk))


def _dict(node: cst.Dict, walk: Walk) -> ir.Dict:
    at = walk.ordinal(node)
    keys: list[ir.Expr | None] = []
    values = []
    for element in node.elements:
        keys.append(expression(element.key, walk) if isinstance(element, cst.DictElement) else None)
        values.append(expression(element.value, walk))
    return ir.Dict(at, keys, values)


def _comprehension(kind: str) -> Lower:
    def lower(node: cst.BaseSimpleComp, walk: Walk) -> ir.Comp:
        at, elt = walk.ordinal(node), expression(node.elt, walk)
        return ir.Comp(at, kind, None, elt, _clauses(node.for_in, walk))

    return lower


def _dict_comprehension(node: cst.DictComp, walk: Walk) -> ir.Comp:
    at, key = walk.ordinal(node), expression(node.key, walk)
    return ir.Comp(at, "dict", key, expression(node.value, walk), _clauses(node.for_in, walk))


def _merging_comprehension(node: Any, walk: Walk) -> ir.Comp:
    """`{**d for d in ds}`, of PEP 798."""
    at, merged = walk.ordinal(node), expression(node.value, walk)
    return ir.Comp(at, "dict", None, merged, _clauses(node.for_in, walk))


def _clauses(clause: cst.CompFor | None, walk: Walk) -> list[ir.Comprehension]:
    clauses = []
    while clause is not None:
        at, target = walk.ordinal(clause), expression(clause.target, walk)
        source = expression(clause.iter, walk)
        clauses.append(ir.Comprehension(at, target, source, [expression(test.test, walk) for test in clause.ifs]))
        clause = clause.inner_for_in
    return clauses


# ---------------------------------------------------------------- literals


def _integer(node: cst.Integer, walk: Walk) -> ir.Constant:
    return ir.Constant(walk.ordinal(node), literals.integer(node.value))


def _float(node: cst.Float, walk: Walk) -> ir.Constant:
    return ir.Constant(walk.ordinal(node), float(node.value))


def _imaginary(node: cst.Imaginary, walk: Walk) -> ir.Constant:
    return ir.Constant(walk.ordinal(node), complex(node.value.replace("_", "")))


def _ellipsis(node: cst.Ellipsis, walk: Walk) -> ir.Constant:
    return ir.Constant(walk.ordinal(node), ...)


def _string(node: cst.SimpleString, walk: Walk) -> ir.Constant:
    return ir.Constant(walk.ordinal(node), literals.string(node.value))


def _formatted(node: Any, walk: Walk) -> ir.JoinedStr:
    """An f-string, or a t-string."""
    at = walk.ordinal(node)
    return ir.JoinedStr(at, _pieces(node.parts, node.start.rstrip("\"'").lower(), walk))


def _pieces(parts: Iterable[Any], prefix: str, walk: Walk) -> list[ir.Expr]:
    pieces: list[ir.Expr] = []
    for part in parts:
        if hasattr(part, "expression"):
            pieces.append(_field(part, prefix, walk))
        else:
            text = literals.piece(part.value, prefix).replace("{{", "{").replace("}}", "}")
            pieces.append(ir.Constant(walk.ordinal(part), text))
    return pieces


def _field(node: Any, prefix: str, walk: Walk) -> ir.Expr:
    value = expression(node.expression, walk)
    form = ir.JoinedStr(value.at, _pieces(node.format_spec, prefix, walk)) if node.format_spec else None
    conversion = "=" if node.equal is not None else node.conversion or ""
    return ir.Formatted(value.at, value, conversion, form) if conversion or form is not None else value


def _concatenated(node: cst.ConcatenatedString, walk: Walk) -> ir.Expr:
    """Strings side by side: one Constant, or one JoinedStr when any of them is an f-string."""
    at = walk.ordinal(node)
    parts = [expression(part, walk) for part in _side_by_side(node)]
    if any(isinstance(part, ir.JoinedStr) for part in parts):
        return ir.JoinedStr(at, [piece for part in parts for piece in _joined(part)])
    values: list[Any] = [part.value for part in parts if isinstance(part, ir.Constant)]
    return ir.Constant(at, values[0][:0].join(values))


def _joined(part: ir.Expr) -> list[ir.Expr]:
    return part.parts if isinstance(part, ir.JoinedStr) else [part]


def _side_by_side(node: cst.CSTNode) -> list[cst.CSTNode]:
    parts = []
    while isinstance(node, cst.ConcatenatedString):
        parts.append(node.left)
        node = node.right
    return [*parts, node]


_NEWER = {"TemplatedString": _formatted, "StarredDictComp": _merging_comprehension}  # not in every libcst we allow
_EXPRESSIONS: dict[type, Lower] = {
    cst.Name: _name,
    cst.Attribute: _chain,
    cst.Call: _chain,
    cst.Subscript: _chain,
    cst.BinaryOperation: _chain,
    cst.BooleanOperation: _boolean,
    cst.Comparison: _compare,
    cst.UnaryOperation: _unary,
    cst.IfExp: _conditional,
    cst.NamedExpr: _walrus,
    cst.Lambda: _lambda,
    cst.Await: _await,
    cst.Yield: _yield,
    cst.StarredElement: _starred,
    cst.Tuple: _tuple,
    cst.List: _list,
    cst.Set: _set,
    cst.Dict: _dict,
    cst.ListComp: _comprehension("list"),
    cst.SetComp: _comprehension("set"),
    cst.GeneratorExp: _comprehension("generator"),
    cst.DictComp: _dict_comprehension,
    cst.Integer: _integer,
    cst.Float: _float,
    cst.Imaginary: _imaginary,
    cst.Ellipsis: _ellipsis,
    cst.SimpleString: _string,
    cst.FormattedString: _formatted,
    cst.ConcatenatedString: _concatenated,
    **{getattr(cst, name): lower for name, lower in _NEWER.items() if hasattr(cst, name)},
}
