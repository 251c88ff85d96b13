"""Comprehensions and generators: unrolled when counted, else two passes like a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.infer import assign, conditions, containers, loops, sets, supplies
from dllint.program import ir
from dllint.values.value import Const, TupleOf, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def comprehension(m: Machine, node: ir.Comp) -> Value:
    """[elt for …], {…}, {k: v for …} or a generator. Its targets are names of the scope around: harmless here."""
    made: list[tuple[Value, Value]] = []
    shadowed = [(name, m.store.get((m.here.frame, name))) for g in node.generators for name in _names(g.target)]
    temporary = m.here.temporary
    m.here.temporary = temporary | {name for name, _ in shadowed}
    open_ = _generate(m, node, 0, made)
    m.here.temporary = temporary
    for name, value in shadowed:
        m.store.set((m.here.frame, name), value)
    site = m.site(node)
    if node.kind == "dict":
        return containers.new_dict(m, made, site, open=open_)
    values = [value for _, value in made]
    if node.kind == "list":
        made_here = containers.new_list(m, values, site, open=open_)
        m.grown.add(made_here.id)
        return made_here
    if node.kind == "set":
        return sets.new_set(m, values, site, open=open_)
    if open_:
        return supplies.generator(m, m.one_of(values) if values else Unknown("an item of a generator"), site)
    return TupleOf(tuple(values))


def _names(target: ir.Expr) -> list[str]:
    match target:
        case ir.Name(id=name):
            return [name]
        case ir.Tuple(elts=parts) | ir.List(elts=parts):
            return [name for part in parts for name in _names(part)]
        case ir.Starred(value=inner):
            return _names(inner)
        case _:
            return []


def _generate(m: Machine, node: ir.Comp, depth: int, made: list[tuple[Value, Value]]) -> bool:
    """Run the generators from `depth` inwards; whether the number of results is unknown."""
    if depth == len(node.generators):
        key = m.eval(node.key) if node.key is not None else Const(None)
        made.append((key, m.eval(node.elt)))
        return False
    generator = node.generators[depth]
    iterable = m.eval(generator.iter)
    items = loops.counted(m, iterable)
    passes = m.passes
    if items is not None and len(items) <= loops.MOST_UNROLLED:
        open_ = False
        for number, item in enumerate(items):
            m.passes = (*passes, (node.at, number))
            open_ |= _one(m, node, depth, item, made)
    else:
        m.passes = (*passes, (node.at, "any"))
        _one(m, node, depth, loops.element(m, iterable), made)
        open_ = True
    m.passes = passes
    return open_


def _one(m: Machine, node: ir.Comp, depth: int, item: Value, made: list[tuple[Value, Value]]) -> bool:
    """One item: bound, filtered, handed inwards."""
    generator = node.generators[depth]
    assign.assign(m, generator.target, item)
    open_ = False
    for test in generator.ifs:
        known, _ = conditions.truth(m, m.eval(test))
        if known is False:
            return False
        open_ |= known is None
    return _generate(m, node, depth + 1, made) or open_
