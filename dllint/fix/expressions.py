"""Edits inside an expression: an operation dropped, or its logarithm taken; an argument added."""

from __future__ import annotations

import ast
import re

from dllint import api
from dllint.findings import Edit
from dllint.fix.operation import LAYERS, LOGARITHM, Operation
from dllint.fix.script import Script, Spot
from dllint.program import ir

Edits = tuple[Edit, ...]

WHOLE = (ir.Name, ir.Attribute, ir.Call, ir.Subscript, ir.List, ir.Dict, ir.Set, ir.Comp, ir.Tuple)
"""Expressions that stand together wherever they stand."""

ALONE = (ir.Keyword, ir.Return, ir.Assign, ir.AnnAssign, ir.ExprStmt)
"""Where any expression stands together."""


def dropped(script: Script, op: Operation) -> Edits | None:
    """The input in place of the operation; a layer that is made is left out, or does nothing."""
    if op.form == "made":
        return _left_out(script, op) or _idle(script, op)
    if op.input is None or _comments(script, op.call, op.input):
        return None
    return _emptied(script, op) or (script.replaced(op.call, _standing(script, op.input, op.call)),)


def logged(script: Script, op: Operation) -> Edits | None:
    """The operation that gives the logarithm, in its place; None where there is none that the file has a name for."""
    new = LOGARITHM.get(op.short)
    if new is None:
        return None
    parent = op.name.rpartition(".")[0]
    home, new = ("torch.nn", LAYERS[new]) if op.form in ("made", "layer") else (parent, new)
    there = api.lookup(f"{home}.{new}") is not None
    if isinstance(op.named, ir.Attribute) and there and home == parent:
        end = script.end(op.named)
        return (script.edit(Spot(end.line, end.column - len(op.named.attr)), end, new),)
    homes = (home, "torch.nn.functional") if there else ("torch.nn.functional",)
    name = next(filter(None, (script.spelled(f"{one}.{new}", op.named) for one in homes)), None)
    return None if name is None or op.form == "method" else (script.replaced(op.named, name),)


def as_sigmoid(script: Script, op: Operation) -> Edits | None:
    """`torch.sigmoid(x)` for a softmax of x, `nn.Sigmoid()` for the layer."""
    if op.short != "softmax" or op.form == "layer" or "#" in script.source(op.call):
        return None
    if op.form == "method" and op.input is not None:
        return (script.replaced(op.call, f"{_standing(script, op.input, op.named)}.sigmoid()"),)
    name = script.spelled("torch.nn.Sigmoid" if op.form == "made" else "torch.sigmoid", op.call)
    given = script.source(op.input) if op.input is not None else ""
    return None if name is None else (script.replaced(op.call, f"{name}({given})"),)


def fused(script: Script, outer: ir.Call, op: Operation) -> Edits | None:
    """`log(softmax(x))` and `softmax(x).log()` as log_softmax(x); None where there is more to the outer call."""
    alone = [outer.func.value] if isinstance(outer.func, ir.Attribute) and not outer.args else outer.args
    if alone != [op.call] or outer.keywords or op.form == "made" or _comments(script, outer, op.call):
        return None
    edits = logged(script, op)
    if edits is None or not _together(script.source(op.call)):
        return None
    before = script.edit(script.start(outer), script.start(op.call), "")
    return (before, *edits, script.edit(script.end(op.call), script.end(outer), ""))


def given(script: Script, call: ir.Call, name: str, value: str) -> Edits | None:
    """One more argument, behind the last; of one that is there already, the value."""
    there = next((one for one in call.keywords if one.arg == name), None)
    if there is not None:
        return (script.replaced(there.value, value),)
    arguments: list[ir.Node] = [*call.args, *call.keywords]
    if script.source(call).endswith("()"):
        end = script.end(call)
        return (script.inserted(Spot(end.line, end.column - 1), f"{name}={value}"),)
    if not arguments or any(_opens(one) for one in arguments):
        return None
    last = max(script.end(one) for one in arguments)
    end = script.end(call)
    tail = script.text(last, Spot(end.line, end.column - 1))
    closing = re.match(r"[^,#]*", tail)
    rest = closing[0].rstrip() if closing else ""  # parentheses around the argument are behind its end
    return (script.inserted(_moved(last, rest), f", {name}={value}"),)


def inverted(script: Script, call: ir.Call, name: str) -> Edits | None:
    """`~` before an argument that is given by name, or gone from there; None where no such argument is."""
    mask = next((one.value for one in call.keywords if one.arg == name), None)
    if mask is None:
        return None
    text = script.source(mask)
    if isinstance(mask, ir.UnaryOp) and mask.op == "~":
        return (script.replaced(mask, script.source(mask.operand)),)
    return (script.replaced(mask, f"~{text}" if isinstance(mask, WHOLE) else f"~({text})"),)


def swapped(script: Script, call: ir.Call) -> Edits | None:
    """The first two arguments, positional or by name, each in the other's place."""
    first, second, *_ = [*call.args, *(one.value for one in call.keywords if one.arg is not None), None, None]
    if first is None or second is None or isinstance(first, ir.Starred) or isinstance(second, ir.Starred):
        return None
    return script.replaced(first, script.source(second)), script.replaced(second, script.source(first))


def detached(script: Script, node: ir.Node) -> Edits | None:
    """`total += loss.detach()`, `losses.append(loss.detach())`; None where it is not told what is added."""
    added = _added(script, node)
    return None if added is None else _through(script, added, "detach()")


def converted(script: Script, call: ir.Call, position: int, name: str, method: str) -> Edits | None:
    """`loss(x, y.long())`; None where it is not told which argument it is."""
    named = next((one.value for one in call.keywords if one.arg == name), None)
    plain = len(call.args) > position and not any(isinstance(one, ir.Starred) for one in call.args[: position + 1])
    given = named or (call.args[position] if plain else None)
    return None if given is None else _through(script, given, method)


def _through(script: Script, node: ir.Expr, call: str) -> Edits:
    """A method called on a node, that stands in parentheses where it needs some."""
    end = script.end(node)
    if isinstance(node, (ir.Name, ir.Attribute, ir.Call, ir.Subscript)):
        return (script.inserted(end, f".{call}"),)
    return (script.inserted(script.start(node), "("), script.inserted(end, f").{call}"))


def _added(script: Script, node: ir.Node) -> ir.Expr | None:
    """What a statement adds to a sum, or a call to a list."""
    match node, script.parents.get(node.at):
        case ir.AugAssign(value=value), _:
            return value
        case ir.Call(args=[value], keywords=[]), _ if not isinstance(value, ir.Starred):
            return value
        case ir.BinOp(left=total, right=value), ir.Assign(targets=[target]):
            return value if script.source(total) == script.source(target) else None
    return None


def _opens(argument: ir.Node) -> bool:
    """Whether it may hold any argument, or takes no other beside it."""
    match argument:
        case ir.Keyword(arg=name):
            return name is None
    return isinstance(argument, (ir.Starred, ir.Comp))


def _moved(spot: Spot, text: str) -> Spot:
    """Where a text ends that begins at a spot."""
    *above, last = text.split("\n")
    return Spot(spot.line + len(above), len(last) + (1 if above else spot.column))


def _left_out(script: Script, op: Operation) -> Edits | None:
    """A layer that is the last item of a Sequential, with the comma before it, or the line that it has for itself."""
    around = script.parents.get(op.call.at)
    if not isinstance(around, ir.Call) or script.dotted(around.func) != "torch.nn.Sequential" or around.keywords:
        return None
    if len(around.args) < 2 or around.args[-1] is not op.call:
        return None
    if (line := lines(script, op.call, ending=",")) is not None:
        return (line,)
    before = script.end(around.args[-2])
    between = script.text(before, script.start(op.call))
    return (script.edit(before, script.end(op.call), ""),) if between.strip() == "," else None


def _idle(script: Script, op: Operation) -> Edits | None:
    """`nn.Identity()` in place of a layer."""
    name = script.spelled("torch.nn.Identity", op.call)
    return None if name is None or "#" in script.source(op.call) else (script.replaced(op.call, f"{name}()"),)


def _emptied(script: Script, op: Operation) -> Edits | None:
    """`x = softmax(x)` goes as a whole, where something else is in its block."""
    match script.parents.get(op.call.at):
        case ir.Assign(targets=[ir.Name(id=name)]) as statement if (
            isinstance(op.input, ir.Name) and op.input.id == name
        ):
            line = lines(script, statement)
            if line is not None and len(script.block(statement)) > 1:
                return (line,)
    return None


def lines(script: Script, node: ir.Node, ending: str = "") -> Edit | None:
    """The lines of a node deleted, where it has them for itself, but for what may end it; None where it has not."""
    start, end = script.start(node), script.end(node)
    after = script.lines[end.line - 1][end.column - 1 :].strip()
    if script.lines[start.line - 1][: start.column - 1].strip() or after not in ("", ending):
        return None
    if end.line == len(script.lines) or "#" in script.source(node):
        return None
    return script.edit(Spot(start.line, 1), Spot(end.line + 1, 1), "")


def _comments(script: Script, outer: ir.Node, inner: ir.Node) -> bool:
    """Whether a comment would go with what is around a part of a node."""
    before = script.text(script.start(outer), script.start(inner))
    return "#" in before or "#" in script.text(script.end(inner), script.end(outer))


def _standing(script: Script, node: ir.Expr, place: ir.Node) -> str:
    """A node's source as it stands in place of another, in parentheses where it needs some."""
    text = script.source(node)
    around = script.parents.get(place.at)
    free = isinstance(around, ALONE) or (isinstance(around, ir.Call) and around.func is not place)
    return text if _together(text) and (free or isinstance(node, WHOLE)) else f"({text})"


def _together(text: str) -> bool:
    """Whether a text is an expression without brackets of its own around it."""
    try:
        ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
