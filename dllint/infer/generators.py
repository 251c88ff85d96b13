"""Functions under @contextmanager: what stands before the yield runs on entering, what stands after it on leaving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dllint.infer import calls, contexts, foreign
from dllint.infer.state import Activation
from dllint.plain import field, node
from dllint.program import ir
from dllint.values.value import NONE, Function, Partial, Site, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


@node
class Halves:
    """A body cut at its yield: what runs before (`with` items are entered), what is yielded, what runs after."""

    before: list[ir.Stmt | ir.WithItem] = field(default_factory=list)
    given: ir.Expr | None = None
    after: list[ir.Stmt] = field(default_factory=list)


def cut(body: Sequence[ir.Stmt]) -> Halves | None:
    """Cut a body at its only yield, also inside `try` and `with`; None where it stands elsewhere."""
    for index, statement in enumerate(body):
        match statement:
            case ir.ExprStmt(value=ir.Yield() as given) | ir.Assign(value=ir.Yield() as given):
                return Halves(list(body[:index]), given.value, list(body[index + 1 :]))
            case ir.Try() if (inner := cut(statement.body)) is not None:
                after = [*inner.after, *statement.orelse, *statement.finalbody, *body[index + 1 :]]
                return Halves([*body[:index], *inner.before], inner.given, after)
            case ir.With() if (inner := cut(statement.body)) is not None:
                before = [*body[:index], *statement.items, *inner.before]
                return Halves(before, inner.given, [*inner.after, *body[index + 1 :]])
    return None


def enter(m: Machine, manager: Partial, site: Site) -> tuple[Value, Callable[[], None]]:
    """Run the first half; what is yielded, and the second half as the way out."""
    function = manager.args[0]
    assert type(function) is Function
    node = function.node
    halves = cut(node.body) if isinstance(node, ir.FunctionDef) else None
    if halves is None or len(m.stack) > calls.MOST_CALLS_DEEP:
        foreign.touched(m, [value for _, value in manager.keywords], function.name)
        return Unknown(f"{function.name} yields in a way that is not followed"), lambda: None
    frame = calls.activation(m, function, dict(manager.keywords), site)
    frame.kept = True  # its names live until the second half has run
    for name, value in manager.keywords:
        m.store.set((frame.frame, name), value)
    undo: list[Callable[[], None]] = []
    given = _within(m, frame, lambda: _first(m, halves, undo))

    def leave() -> None:
        _within(m, frame, lambda: _second(m, halves, undo))

    return given, leave


def _within(m: Machine, frame: Activation, run: Callable[[], Value]) -> Value:
    m.stack.append(frame)
    try:
        return run()
    finally:
        m.stack.pop()


def _first(m: Machine, halves: Halves, undo: list[Callable[[], None]]) -> Value:
    for part in halves.before:
        if isinstance(part, ir.WithItem):
            _, back = contexts.enter(m, m.eval(part.context), m.site(part.context))
            undo.append(back)
        else:
            m.block([part])
    return m.eval(halves.given) if halves.given is not None else NONE


def _second(m: Machine, halves: Halves, undo: list[Callable[[], None]]) -> Value:
    m.block(halves.after)
    for back in reversed(undo):
        back()
    return NONE
