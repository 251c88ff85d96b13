"""Statements. Each function runs one and says whether control comes out at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from dllint.infer import (
    accumulating,
    assign,
    classes,
    conditions,
    contexts,
    definitions,
    discards,
    exits,
    imports,
    loops,
    operators,
    patterns,
    python,
    roles,
    trainees,
)
from dllint.infer.state import EVERY_NAME
from dllint.program import ir
from dllint.values.value import NONE, Function, Unknown, Value, deps

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def run_if(m: Machine, node: ir.If) -> bool:
    asked, deciding, periods, test = m.asked, m.deciding, m.periods, m.eval(node.test)
    if type(node.test) is ir.Attribute and node.test.attr == trainees.FLAG:
        trainees.only_trained(m, node, m.eval(node.test.value))
    m.asked = asked or asks_for_mode(node.test)
    if made := deps(test):
        m.deciding = roles.judged(m, made, m.site(node.test)) or deciding
    if m.passes and (period := accumulating.period(m, node.test)) is not None:
        m.periods = (*periods, period)
    try:
        return fork(m, test, lambda: m.block(node.body), lambda: m.block(node.orelse))
    finally:
        m.deciding, m.periods = deciding, periods
        if not (m.asked and isinstance(node.body[-1], (ir.Return, ir.Raise))):
            m.asked = asked  # `if not self.training: return` asks for all that follows


def asks_for_mode(test: ir.Expr) -> bool:
    """Whether a condition asks for the mode of a network: `self.training and p > 0`."""
    match test:
        case ir.Attribute(attr="training"):
            return True
        case ir.BoolOp(values=values):
            return any(map(asks_for_mode, values))
        case ir.UnaryOp(operand=operand):
            return asks_for_mode(operand)
        case ir.Compare(left=left):
            return asks_for_mode(left)
    return False


def fork(m: Machine, test: Value, body: Callable[[], bool], orelse: Callable[[], bool]) -> bool:
    """Run the branch that the test chooses, or both under what each assumes."""
    known, flag = conditions.truth(m, test)
    if known is not None:
        return body() if known else orelse()

    def assuming(polarity: bool, branch: Callable[[], bool]) -> Callable[[], bool]:
        def option() -> bool:
            if flag is not None:
                conditions.assume(m, flag, polarity)
            return branch()

        return option

    return m.branches([assuming(True, body), assuming(False, orelse)])


def run_expression(m: Machine, node: ir.ExprStmt) -> bool:
    if isinstance(node.value, (ir.Call, ir.Attribute)):
        return discards.evaluated(m, node.value) is not python.THE_END
    return m.eval(node.value) is not python.THE_END


def run_assign(m: Machine, node: ir.Assign) -> bool:
    target = node.targets[0]
    m.here.replaced = target.id if type(target) is ir.Name else ""
    value = m.eval(node.value)
    for target in node.targets:
        assign.assign(m, target, value)
    return True


def run_augmented(m: Machine, node: ir.AugAssign) -> bool:
    value = m.eval(node.value)
    before = m.eval(node.target)
    after = operators.augmented(m, before, node.op, value, m.site(node))
    if after is not before:
        assign.assign(m, node.target, after)
    return True


def run_annotated(m: Machine, node: ir.AnnAssign) -> bool:
    if node.value is not None:
        assign.assign(m, node.target, m.eval(node.value))
    return True


def run_return(m: Machine, node: ir.Return) -> bool:
    here = m.here
    here.replaced = EVERY_NAME if type(node.value) is ir.Call else ""
    value = m.eval(node.value) if node.value is not None else NONE
    if m.dead:
        return False
    trainees.handed_on(m, value)
    exits.take(m, value)
    return False


def run_raise(m: Machine, node: ir.Raise) -> bool:
    if node.exc is not None:
        m.eval(node.exc)
    return False


def run_assert(m: Machine, node: ir.Assert) -> bool:
    known, flag = conditions.truth(m, m.eval(node.test))
    if known is False:
        return False
    if flag is not None:
        conditions.assume(m, flag, True)
    return True


def run_delete(m: Machine, node: ir.Delete) -> bool:
    for target in node.targets:
        assign.delete(m, target)
    return True


def run_jump(m: Machine, node: ir.Jump) -> bool:
    here = m.here
    if node.kind == "pass" or not here.loops:
        return True
    loop = here.loops[-1]
    exits.unwind(m, loop.leaving)
    delta = m.store.delta(loop.mark)
    (loop.breaks if node.kind == "break" else loop.continues).append(delta)
    return False


def run_function(m: Machine, node: ir.FunctionDef) -> bool:
    value: Value = definitions.define(m, node)
    mine = m.defined.setdefault(m.here.file, {})
    mine[id(node)] = value
    for decorator in reversed(node.decorators):
        value = contexts.decorated(m, m.eval(decorator), value, m.site(decorator))
    if type(value) is Function:
        mine[id(node)] = value
    assign.assign_name(m, node.name, value)
    return True


def run_class(m: Machine, node: ir.ClassDef) -> bool:
    value: Value = classes.define_class(m, node)
    for decorator in reversed(node.decorators):
        value = contexts.decorated(m, m.eval(decorator), value, m.site(decorator))
    assign.assign_name(m, node.name, value)
    return True


def run_try(m: Machine, node: ir.Try) -> bool:
    """The body, then each handler from where the body began.

    An exception is exceptional: a handler that leaves (returns, continues, raises) is looked at, but
    what it leaves behind is not merged with the usual way.
    """
    here, mark = m.here, m.store.mark()
    leaving = here.leaving
    if node.finalbody:
        here.leaving = (*leaving, lambda: m.block(node.finalbody))
    here.trying += bool(node.handlers)
    with m.perhaps() if node.handlers else nullcontext():
        usual = m.block(node.body)
    usual = usual and m.block(node.orelse)
    here.trying -= bool(node.handlers)
    deltas = [m.store.delta(mark)] if usual else []
    m.store.rollback(mark)
    for handler in node.handlers:
        if usual and _import_guard(node):
            continue
        if _handled(m, handler, keep=not usual):
            deltas.append(m.store.delta(mark))
        m.store.rollback(mark)
    here.leaving = leaving
    if not deltas:
        m.block(node.finalbody)
        return False
    m.store.merge(deltas)
    return m.block(node.finalbody)


def _import_guard(node: ir.Try) -> bool:
    """`try: import x` … `except ImportError`: what can be imported is."""
    return all(isinstance(s, (ir.Import, ir.ImportFrom)) for s in node.body)


def _handled(m: Machine, handler: ir.Handler, *, keep: bool) -> bool:
    here = m.here
    ways = len(here.exits)
    loop = here.loops[-1] if here.loops else None
    breaks, continues = (len(loop.breaks), len(loop.continues)) if loop else (0, 0)
    if handler.type is not None:
        m.eval(handler.type)
    if handler.name:
        assign.assign_name(m, handler.name, Unknown("an exception"))
    falls = m.block(handler.body)
    if not keep:
        del here.exits[ways:]
        if loop:
            del loop.breaks[breaks:]
            del loop.continues[continues:]
    return falls


def run_with(m: Machine, node: ir.With) -> bool:
    here = m.here
    leaving = here.leaving
    for item in node.items:
        entered, undo = contexts.enter(m, m.eval(item.context), m.site(item.context))
        here.leaving = (*here.leaving, undo)
        if item.target is not None:
            assign.assign(m, item.target, entered)
    falls = m.block(node.body)
    if falls:
        exits.unwind(m, len(leaving))
    here.leaving = leaving
    return falls


def run_match(m: Machine, node: ir.Match) -> bool:
    """Each case as an alternative."""
    subject = m.eval(node.subject)
    return _cases(m, subject, node.cases)


def _cases(m: Machine, subject: Value, cases: Sequence[ir.Case]) -> bool:
    if not cases:
        return True
    first, *rest = cases
    test = patterns.matches(m, subject, first.pattern)

    def body() -> bool:
        patterns.bind(m, subject, first.pattern)
        if first.guard is None:
            return m.block(first.body)
        return fork(m, m.eval(first.guard), lambda: m.block(first.body), lambda: _cases(m, subject, rest))

    return fork(m, test, body, lambda: _cases(m, subject, rest))


def run_scope(m: Machine, node: ir.Scope) -> bool:
    return True


def run_alias(m: Machine, node: ir.TypeAlias) -> bool:
    assign.assign_name(m, node.name, Unknown("a type"))
    return True


TABLE: dict[type, Callable[[Machine, Any], bool]] = {
    ir.If: run_if,
    ir.ExprStmt: run_expression,
    ir.Assign: run_assign,
    ir.AugAssign: run_augmented,
    ir.AnnAssign: run_annotated,
    ir.Return: run_return,
    ir.Raise: run_raise,
    ir.Assert: run_assert,
    ir.Delete: run_delete,
    ir.Jump: run_jump,
    ir.FunctionDef: run_function,
    ir.ClassDef: run_class,
    ir.Try: run_try,
    ir.With: run_with,
    ir.Match: run_match,
    ir.Scope: run_scope,
    ir.TypeAlias: run_alias,
    ir.For: loops.run_for,
    ir.While: loops.run_while,
    ir.Import: imports.run_import,
    ir.ImportFrom: imports.run_import_from,
}
