"""An expression given to a function of Python's library, which the file may have to import first."""

from __future__ import annotations

from dllint.fix.expressions import Edits
from dllint.fix.script import Script, Spot
from dllint.program import ir


def wrapped(script: Script, node: ir.Expr, function: str) -> Edits | None:
    """`copy.deepcopy(…)` around a node, and `import copy` above the first import where no name leads to it."""
    name = script.spelled(function, node)
    library, _, _ = function.partition(".")
    imports = () if name else _imported(script, library)
    if imports is None or (name is None and library in script.hidden(node) | _bound(script)):
        return None
    opening = f"{name or function}("
    return (*imports, script.inserted(script.start(node), opening), script.inserted(script.end(node), ")"))


def _imported(script: Script, library: str) -> Edits | None:
    """A line above the first import at the top of the file; None where there is none."""
    first = next((node for node in script.nodes.values() if _is_first(script, node)), None)
    return None if first is None else (script.inserted(Spot(script.start(first).line, 1), f"import {library}\n"),)


def _is_first(script: Script, node: ir.Node) -> bool:
    """Whether it is the first import of the file, on a line of its own, but for those from the future."""
    around = script.parents.get(node.at)
    if not isinstance(around, ir.Module) or script.start(node).column != 1:
        return False
    return next((one for one in around.body if _imports(one)), None) is node


def _imports(statement: ir.Stmt) -> bool:
    match statement:
        case ir.ImportFrom(module="__future__"):
            return False
    return isinstance(statement, (ir.Import, ir.ImportFrom))


def _bound(script: Script) -> frozenset[str]:
    """The names that the file binds to anything."""
    return frozenset(node.id for node in script.nodes.values() if isinstance(node, ir.Name)) | frozenset(script.names)
