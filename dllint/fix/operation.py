"""What a call applies, as far as a file tells: a function, a method of a tensor, or a layer that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from dllint import api
from dllint.api.entry import Class
from dllint.fix.script import Script, below
from dllint.plain import plain
from dllint.program import ir
from dllint.values.term import operation

LAYERS = {
    "softmax": "Softmax",
    "log_softmax": "LogSoftmax",
    "sigmoid": "Sigmoid",
    "logsigmoid": "LogSigmoid",
    "relu": "ReLU",
    "relu6": "ReLU6",
    "tanh": "Tanh",
}
"""The operations that fixes know, by functional name, and the layers in torch.nn that apply them."""

LOGARITHM = {"softmax": "log_softmax", "sigmoid": "logsigmoid"}
"""Operation → the one that gives the logarithm of what it gives."""

NAMELESS = (ir.Constant, ir.UnaryOp)


@plain
class Operation:
    """One call. form: "function", "method"; "layer": the call of a layer; "made": the call that makes one.

    name: dotted, as imported. named: what names it in the source. input: what goes in, None where it is not told.
    """

    call: ir.Call
    form: Literal["function", "method", "layer", "made"]
    name: str
    named: ir.Name | ir.Attribute
    input: ir.Expr | None

    @property
    def short(self) -> str:
        """Its functional name."""
        return operation(self.name.rpartition(".")[2])


def applied(script: Script, node: ir.Node | None) -> Operation | None:
    """The operation that a call applies, or the layer that it makes; None for what is none that fixes know."""
    if not isinstance(node, ir.Call):
        return None
    found = _of_library(script, node) or _layer(script, node) or _method(script, node)
    return found if found is not None and found.short in LAYERS else None


def _of_library(script: Script, call: ir.Call) -> Operation | None:
    """`F.softmax(x)`, or `nn.Softmax()`."""
    func = call.func
    if not isinstance(func, (ir.Name, ir.Attribute)) or (name := script.dotted(func)) is None:
        return None
    if isinstance(api.lookup(name), Class):
        return Operation(call, "made", name, func, None)
    return Operation(call, "function", name, func, _input(call))


def _layer(script: Script, call: ir.Call) -> Operation | None:
    """`nn.Softmax()(x)`, or `self.softmax(x)` where the class makes it once."""
    made = call.func if isinstance(call.func, ir.Call) else _made_once(script, call.func)
    layer = _of_library(script, made) if isinstance(made, ir.Call) else None
    if layer is None or layer.form != "made":
        return None
    return Operation(call, "layer", layer.name, layer.named, _input(call))


def _made_once(script: Script, func: ir.Expr) -> ir.Expr | None:
    """What the class around assigns to `self.name`, when it does so once."""
    match func:
        case ir.Attribute(value=ir.Name(id="self"), attr=name):
            owner = next((part for part in script.around(func) if isinstance(part, ir.ClassDef)), None)
            found = list(_assigned(owner, name)) if owner is not None else []
            return found[0] if len(found) == 1 else None
    return None


def _assigned(owner: ir.ClassDef, attribute: str) -> Iterator[ir.Expr | None]:
    """The values that a class assigns to an attribute of its objects; None for one that is not plain."""
    for node in below(owner):
        match node:
            case ir.Assign(targets=[ir.Attribute(value=ir.Name(id="self"), attr=name)], value=value) if (
                name == attribute
            ):
                yield value
            case ir.Assign(targets=targets) if any(_names(target, attribute) for target in targets):
                yield None
            case ir.AnnAssign(target=target, value=value) if _names(target, attribute):
                yield value


def _names(target: ir.Expr, attribute: str) -> bool:
    return any(isinstance(node, ir.Attribute) and node.attr == attribute for node in below(target))


def _method(script: Script, call: ir.Call) -> Operation | None:
    """`x.softmax(1)`: told from a layer that is called so by what it is given, which is no tensor."""
    func = call.func
    given = [*call.args, *(one.value for one in call.keywords if one.arg != "dim")]
    if not isinstance(func, ir.Attribute) or not all(isinstance(value, NAMELESS) for value in given):
        return None
    return Operation(call, "method", f"torch.Tensor.{func.attr}", func, func.value)


def _input(call: ir.Call) -> ir.Expr | None:
    if call.args:
        return None if isinstance(call.args[0], ir.Starred) else call.args[0]
    return next((one.value for one in call.keywords if one.arg == "input"), None)
