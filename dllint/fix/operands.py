"""A small number added to what an operation cannot take as 0."""

from __future__ import annotations

import re

from dllint.fix.expressions import Edits
from dllint.fix.script import Script, Spot
from dllint.program import ir


def added(script: Script, node: ir.Node, amount: str) -> Edits | None:
    """`log(x + eps)`, `(x + eps).log()`, `y / (x + eps)`, `(x + eps) ** 0.5`; None for another operation."""
    match node:
        case ir.Call(func=ir.Attribute(value=operand), args=[], keywords=[]):
            return _apart(script, operand, amount)
        case ir.Call(args=[operand], keywords=[]) if not isinstance(operand, (*LOOSE, ir.Starred, ir.Comp)):
            return (script.inserted(script.end(operand), f" + {amount}"),)
        case ir.BinOp(op="/", right=operand) | ir.BinOp(op="**", left=operand):
            return _apart(script, operand, amount)
    return None


LOOSE = (ir.Compare, ir.BoolOp, ir.IfExp, ir.Lambda, ir.NamedExpr)
"""Expressions that hold together less than a sum."""


def _apart(script: Script, operand: ir.Expr, amount: str) -> Edits | None:
    """The sum in parentheses, which may be there already."""
    if isinstance(operand, LOOSE):
        return None
    start, end = script.start(operand), script.end(operand)
    before, after = script.text(Spot(start.line, 1), start), script.lines[end.line - 1][end.column - 1 :]
    if before.endswith("(") and after.startswith(")") and not re.search(r"[\w\])]\($", before):  # no call's own
        return (script.inserted(end, f" + {amount}"),)
    return (script.inserted(start, "("), script.inserted(end, f" + {amount})"))
