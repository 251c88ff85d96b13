"""Expressions. Each function gives the value of one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dllint.infer import (
    assign,
    comprehensions,
    conditions,
    containers,
    definitions,
    forwards,
    images,
    loops,
    objects,
    operators,
    python,
    sets,
    slices,
    texts,
)
from dllint.infer.state import Args
from dllint.program import ir
from dllint.values.value import (
    NONE,
    Const,
    Library,
    Many,
    Method,
    Ref,
    Super,
    Tensor,
    TupleOf,
    Union,
    Unknown,
    Value,
    atoms,
    guarded,
    united,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def name(m: Machine, node: ir.Name) -> Value:
    """A name: in the scopes around, else Python's own."""
    here = m.stack[-1]
    get = m.store.get
    frames = here.frames
    if here.names is not None and node.id not in here.names and node.id not in here.temporary:
        frames = frames[1:]
    for frame in frames:
        value = get((frame, node.id))
        if value is not None:
            return conditions.pruned(m, value) if type(value) is Union else value
    if node.id in python.BUILTINS:
        return Library(f"builtins.{node.id}")
    star = get((here.frames[-1], "*"))
    if star is not None:
        return Unknown(f"{node.id} comes from an import * that could not be read")
    return Unknown(f"{node.id} is not defined in what was read", ("name", here.file, node.id))


def constant(m: Machine, node: ir.Constant) -> Value:
    return Const(node.value)


def attribute(m: Machine, node: ir.Attribute) -> Value:
    return objects.attribute(m, m.eval(node.value), node.attr)


def subscript(m: Machine, node: ir.Subscript) -> Value:
    owner = m.eval(node.value)
    if isinstance(node.index, ir.Slice):
        return slices.read(m, owner, node.index, m.site(node))
    return containers.item(m, owner, m.eval(node.index), m.site(node))


def sliced(m: Machine, node: ir.Slice) -> Value:
    return slices.value(m, node)


def tuple_of(m: Machine, node: ir.Tuple) -> Value:
    values, open_ = _elements(m, node.elts)
    return Many(m.one_of(values)) if open_ and values else TupleOf(tuple(values))


def list_of(m: Machine, node: ir.List) -> Value:
    values, open_ = _elements(m, node.elts)
    return containers.new_list(m, values, m.site(node), open=open_)


def set_of(m: Machine, node: ir.Set) -> Value:
    values, open_ = _elements(m, node.elts)
    return sets.new_set(m, values, m.site(node), open=open_)


def _elements(m: Machine, elements: list[ir.Expr]) -> tuple[list[Value], bool]:
    """Items of a display, `*more` spread out; whether some could not be counted."""
    values: list[Value] = []
    open_ = False
    for element in elements:
        if not isinstance(element, ir.Starred):
            values.append(m.eval(element))
            continue
        spread = m.eval(element.value)
        items = loops.counted(m, spread)
        if items is None:
            values.append(loops.element(m, spread))
            open_ = True
        else:
            values.extend(items)
    return values, open_


def dict_of(m: Machine, node: ir.Dict) -> Value:
    made = containers.new_dict(m, [], m.site(node))
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            containers.METHODS["update"](m, made.id, Args((m.eval(value),)), m.site(value))
        else:
            containers.set_item(m, made, m.eval(key), m.eval(value))
    return made


def binary(m: Machine, node: ir.BinOp) -> Value:
    """A long chain `a + b + …` is a left-deep tree: it is walked, not descended."""
    chain = [node]
    while isinstance(chain[-1].left, ir.BinOp):
        chain.append(chain[-1].left)
    value = m.eval(chain[-1].left)
    for link in reversed(chain):
        value = operators.binary(m, link.op, value, m.eval(link.right), m.site(link))
    return value


def unary(m: Machine, node: ir.UnaryOp) -> Value:
    return operators.unary(m, node.op, m.eval(node.operand), m.site(node))


def boolean(m: Machine, node: ir.BoolOp) -> Value:
    def thunk(operand: ir.Expr) -> Callable[[], Value]:
        return lambda: m.eval(operand)

    return operators.boolean(m, node.op, [thunk(v) for v in node.values], m.site(node))


def compare(m: Machine, node: ir.Compare) -> Value:
    left = m.eval(node.left)
    result: Value | None = None
    for op, right_node in zip(node.ops, node.comparators, strict=True):
        right = m.eval(right_node)
        verdict = operators.compared(m, op, left, right, m.site(node))
        result = verdict if result is None else (verdict if result == Const(True) else result)
        left = right
    assert result is not None
    return result if len(node.ops) == 1 else (result if type(result) is Const else Unknown("a chain of comparisons"))


def conditional(m: Machine, node: ir.IfExp) -> Value:
    """`a if test else b`: one of them, or both under what the test decides."""
    from dllint.infer.flow import asks_for_mode, fork

    found: list[Value] = []
    known, flag = conditions.truth(m, m.eval(node.test))
    asked, m.asked = m.asked, m.asked or asks_for_mode(node.test)
    if known is not None:
        value = m.eval(node.body if known else node.orelse)
        m.asked = asked
        return value

    def taking(branch: ir.Expr) -> Callable[[], bool]:
        def option() -> bool:
            found.append(m.eval(branch))
            return True

        return option

    fork(m, Unknown("a condition", flag), taking(node.body), taking(node.orelse))
    m.asked = asked
    if flag is None:
        return m.one_of(found)
    sides = zip(found, (True, False), strict=True)
    return united(new for value, truth in sides for new in guarded(value, frozenset(((flag, truth),))))


def call(m: Machine, node: ir.Call) -> Value:
    func = node.func
    if isinstance(func, ir.Name) and func.id == "super" and not node.args and m.here.self is not None:
        return _super(m)
    callee = m.eval(func)
    positional: list[Value] = []
    rest: list[Value] = []
    open_ = False
    for argument in node.args:
        if isinstance(argument, ir.Starred):
            spread = m.eval(argument.value)
            items = loops.counted(m, spread)
            if items is None:
                open_ = True
                rest += loops.seen(m, spread)
            else:
                positional.extend(items)
        else:
            (rest if open_ else positional).append(m.eval(argument))
    keywords: dict[str, Value] = {}
    for keyword in node.keywords:
        value = m.eval(keyword.value)
        if keyword.arg is not None:
            keywords[keyword.arg] = value
        else:
            open_ |= not _spread(m, value, keywords)
    if isinstance(func, ir.Attribute) and func.attr == "forward":
        forwards.bypassed(m, callee, m.site(node))
    result = m.call(callee, Args(positional, keywords, open_, rest), m.site(node))
    _in_place(m, func, callee, result)
    return result


def _in_place(m: Machine, func: ir.Expr, callee: Value, result: Value) -> None:
    """`x.log_()` changes x: the name stands for what it gives from here on."""
    if not (isinstance(func, ir.Attribute) and func.attr.endswith("_") and not func.attr.endswith("__")):
        return
    for atom in atoms(callee):
        if type(atom) is Method:
            images.spoil(m, atom.self)
    if type(callee) is Method and type(callee.self) is Tensor and isinstance(func.value, (ir.Name, ir.Attribute)):
        assign.assign(m, func.value, result)


def _spread(m: Machine, value: Value, keywords: dict[str, Value]) -> bool:
    """`**options` into keywords; whether all of them are known."""
    from dllint.values.value import Entries

    entries = m.store.get((value.id, "{}")) if type(value) is Ref else None
    if type(entries) is not Entries:
        return False
    for key, item in entries.pairs:
        if type(key) is Const and isinstance(key.value, str):
            keywords[key.value] = item
    return not entries.open


def _super(m: Machine) -> Value:
    here = m.here
    receiver = here.self
    assert receiver is not None
    return Super(here.owner, receiver) if here.owner is not None else Unknown("super() outside a class")


def function(m: Machine, node: ir.Lambda) -> Value:
    return definitions.define(m, node)


def named(m: Machine, node: ir.NamedExpr) -> Value:
    value = m.eval(node.value)
    assign.assign(m, node.target, value)
    return value


def awaited(m: Machine, node: ir.Await) -> Value:
    return m.eval(node.value)


def yielded(m: Machine, node: ir.Yield) -> Value:
    """`yield`: the value is kept for whoever iterates."""
    value = m.eval(node.value) if node.value is not None else NONE
    m.here.yields.append(loops.element(m, value) if node.delegates else value)
    return Unknown("what is sent to a generator")


def starred(m: Machine, node: ir.Starred) -> Value:
    return m.eval(node.value)


TABLE: dict[type, Callable[[Machine, Any], Value]] = {
    ir.Name: name,
    ir.Constant: constant,
    ir.Attribute: attribute,
    ir.Call: call,
    ir.Subscript: subscript,
    ir.Slice: sliced,
    ir.Tuple: tuple_of,
    ir.List: list_of,
    ir.Set: set_of,
    ir.Dict: dict_of,
    ir.BinOp: binary,
    ir.UnaryOp: unary,
    ir.BoolOp: boolean,
    ir.Compare: compare,
    ir.IfExp: conditional,
    ir.Lambda: function,
    ir.Comp: comprehensions.comprehension,
    ir.NamedExpr: named,
    ir.Await: awaited,
    ir.Yield: yielded,
    ir.JoinedStr: texts.formatted,
    ir.Formatted: texts.field,
    ir.Starred: starred,
}
