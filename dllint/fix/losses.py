"""A loss as the one that takes scores."""

from __future__ import annotations

from dllint.fix.expressions import Edits
from dllint.fix.script import Script
from dllint.program import ir

OF_SCORES = {
    "BCELoss": "BCEWithLogitsLoss",
    "binary_cross_entropy": "binary_cross_entropy_with_logits",
    "NLLLoss": "CrossEntropyLoss",
    "nll_loss": "cross_entropy",
}
"""Loss → the one with the same arguments that applies sigmoid, or log_softmax, itself."""


def of_scores(script: Script, call: ir.Call) -> Edits | None:
    """`F.cross_entropy(…)` for `F.nll_loss(…)`, also where the layer that is called is made."""
    named = _named(script, call)
    home, _, short = (script.dotted(named) or "").rpartition(".") if named is not None else ("", "", "")
    new = OF_SCORES.get(short)
    if new is None or named is None:
        return None
    if isinstance(named, ir.Attribute):
        end = script.end(named)
        return (script.edit(end._replace(column=end.column - len(short)), end, new),)
    name = script.spelled(f"{home}.{new}", named)
    return None if name is None else (script.replaced(named, name),)


def _named(script: Script, call: ir.Call) -> ir.Name | ir.Attribute | None:
    """What names the loss: the function that is called, or the class where its object is made once."""
    made = call.func if isinstance(call.func, ir.Call) else _made_once(script, call.func)
    named = made.func if isinstance(made, ir.Call) else call.func
    return named if isinstance(named, (ir.Name, ir.Attribute)) else None


def _made_once(script: Script, func: ir.Expr) -> ir.Expr | None:
    """What the file assigns to this name, or this attribute of `self`, when it does so once."""
    written = script.source(func)
    found = [
        node.value
        for node in script.nodes.values()
        if isinstance(node, ir.Assign) and any(script.source(target) == written for target in node.targets)
    ]
    return found[0] if len(found) == 1 else None
