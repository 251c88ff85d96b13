"""From what a rule wants changed to the edits that change it."""

from __future__ import annotations

from dllint.events import Draft
from dllint.findings import Confidence, Fix
from dllint.fix import intents
from dllint.fix.containers import registered
from dllint.fix.expressions import (
    Edits,
    as_sigmoid,
    converted,
    detached,
    dropped,
    fused,
    given,
    inverted,
    logged,
    swapped,
)
from dllint.fix.losses import of_scores
from dllint.fix.operands import added
from dllint.fix.operation import LOGARITHM, Operation, applied
from dllint.fix.script import Script
from dllint.fix.statements import assigned, begun, followed, moved, prepared, resumed, set_for_all
from dllint.fix.wrapping import wrapped
from dllint.places import Places
from dllint.program import ir
from dllint.program.positions import decode
from dllint.values.value import Site


class Writer:
    """Writes the fixes of one run, each file read once."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.scripts: dict[int, Script | None] = {}

    def fix(self, draft: Draft) -> Fix | None:
        """The edits that a rule asks for; None where it asks for none, or they cannot be written."""
        intent = draft.fix
        site = intent.site if intent is not None else None
        script = self._script(site.file) if site is not None else None
        if intent is None or script is None or site is None or draft.confidence is Confidence.POSSIBLE:
            return None
        node = script.nodes.get(site.at)
        return None if node is None else _fix(script, node, intent, draft)

    def _script(self, file: int) -> Script | None:
        """A file by its number; None where it has no program."""
        if file not in self.scripts:
            tree, text = self.places.tree(file), decode(self.places.program(file))
            of = self.places.span
            self.scripts[file] = (
                Script.of(self.places.name(file), text, tree, lambda node: of(Site(file, node.at))) if tree else None
            )
        return self.scripts[file]


def _fix(script: Script, node: ir.Node, intent: intents.Intent, draft: Draft) -> Fix | None:
    sure = draft.confidence is Confidence.CERTAIN
    match intent, node:
        case intents.Drop(), _ if op := applied(script, node):
            return _made(f"drop {op.short}", dropped(script, op), safe=sure and _only_there(script, node, draft))
        case intents.TakeLog(), _ if (op := applied(script, node)) and op.short == "softmax":
            alone = _made_there(script, op) and _only_there(script, node, draft)
            return _made("use log_softmax", logged(script, op), safe=sure and alone)
        case intents.FuseLog(inner=Site(file=file, at=at)), ir.Call() if file == intent.site.file:
            op = applied(script, script.nodes.get(at))
            if op is None or op.short not in LOGARITHM:
                return None
            return _made(f"use {LOGARITHM[op.short]}", fused(script, node, op), safe=sure and _made_there(script, op))
        case intents.Give(name=name, value=value, noticed=noticed), ir.Call():
            return _made(f"add {name}={value}", given(script, node, name, str(value)), safe=sure and not noticed)
        case intents.Invert(name=name), ir.Call():
            return _made("invert the mask", inverted(script, node, name), safe=False)
        case intents.Swap(), ir.Call():
            return _made("swap the two", swapped(script, node), safe=False)
        case intents.GiveMode(name=name), ir.Call():
            mode = _mode(script, node)
            return _made(f"add {name}={mode}", given(script, node, name, mode) if mode else None, safe=sure)
        case intents.Convert(position=position, name=name, method=method, arguments=arguments), ir.Call():
            call = f"{method}({', '.join(map(str, arguments))})"
            return _made(f"use .{call}", converted(script, node, position, name, call), safe=sure and not arguments)
        case intents.Register(), _:
            found = registered(script, node)
            return _made(f"use {found.name}", found.edits, safe=sure and found.whole) if found else None
        case intents.Prepare(method=method), ir.Call():
            return _made(f"call {method}() before", prepared(script, node, method), safe=False)
        case intents.Detach(), _:
            return _made("detach it", detached(script, node), safe=sure)
        case intents.Follow(method=method), ir.Call():
            return _made(f"call {method}() after", followed(script, node, method), safe=False)
        case intents.Assign(), ir.Call():
            return _made("keep what it gives", assigned(script, node), safe=False)
        case intents.Invoke(), ir.Attribute():
            return _made(f"call {node.attr}()", (script.inserted(script.end(node), "()"),), safe=False)
        case intents.Begin(statement=statement), ir.FunctionDef():
            return _made(f"begin with {statement}", begun(script, node, statement), safe=sure)
        case intents.CallItself(), ir.Call(func=ir.Attribute() as method):
            edit = script.edit(script.end(method.value), script.end(method), "")
            return _made("call it", None if "#" in script.source(method) else (edit,), safe=sure)
        case intents.TakeScores(), ir.Call():
            return _made("use the loss that takes scores", of_scores(script, node), safe=False)
        case intents.TakeSigmoid(), _ if op := applied(script, node):
            return _made("use sigmoid", as_sigmoid(script, op), safe=False)
        case intents.Add(amount=amount), _:
            return _made(f"add {amount}", added(script, node, amount), safe=False)
        case intents.Move(behind=Site(file=file, at=at)), _ if file == intent.site.file and at in script.nodes:
            return _made("move it", moved(script, node, script.nodes[at]), safe=False)
        case intents.Resume(method=method, within=Site(file=file, at=at)), ir.Call():
            within = script.nodes.get(at) if file == intent.site.file else None
            return _made(f"call {method}() before", resumed(script, node, method, within), safe=False)
        case intents.Freeze(), _:
            return _made("set it for every parameter", set_for_all(script, node), safe=sure)
        case intents.Wrap(function=function), ir.Call():
            return _made(f"use {function}", wrapped(script, node, function), safe=sure)
    return None


def _made(message: str, edits: Edits | None, safe: bool) -> Fix | None:
    return None if edits is None else Fix(message, edits, safe)


def _only_there(script: Script, node: ir.Node, draft: Draft) -> bool:
    """Whether what a node makes is an argument of the call that a draft is about, and so nothing else reads it."""
    around = script.parents.get(node.at)
    if isinstance(around, ir.Keyword):
        around = script.parents.get(around.at)
    return isinstance(around, ir.Call) and around is script.nodes.get(draft.site.at) and around.func is not node


def _made_there(script: Script, op: Operation) -> bool:
    """Whether an operation is named in its call, not where a layer is made that others may call too."""
    return any(part is op.call for part in script.around(op.named))


def _mode(script: Script, node: ir.Node) -> str | None:
    """How a call asks for the mode of its network: in a method of a class that has a forward; else None."""
    function = next((part for part in script.around(node) if isinstance(part, ir.FunctionDef)), None)
    owner = script.parents.get(function.at) if function is not None else None
    if function is None or not isinstance(owner, ir.ClassDef) or function.decorators or not function.params.args:
        return None
    methods = {part.name for part in owner.body if isinstance(part, ir.FunctionDef)}
    return f"{function.params.args[0].name}.training" if "forward" in methods else None
