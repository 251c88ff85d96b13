"""The vocabulary of the stubs: one parameter, one return annotation or one effect, as a literal of the table.

The words are listed in README.md of this folder. Used when the table is compiled, never at run time.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from dllint.values.kind import Kind

KINDS = {"".join(word.capitalize() for word in kind.name.split("_")): kind.name for kind in Kind} | {
    "Image255": "IMAGE_255",
    "Image1": "IMAGE_1",
    "Tensor": "UNKNOWN",
}
"""Return annotation → name of a Kind: `LogProbabilities` → LOG_PROBABILITIES; `Tensor` is one whose kind is unknown."""

TENSORS = {
    "Tensor": "tensor",
    "Logits": "logits",
    "SigmoidLogits": "sigmoid logits",
    "Probs": "probabilities",
    "LogProbs": "log-probabilities",
    "SigmoidProbs": "sigmoid probabilities",
    "Labels": "labels",
    "Classes": "classes",
    "Indices": "indices",
    "Truth": "truth",
    "Context": "context",
    "NextTokens": "next tokens",
    "Attended": "attended",
    "LeftOut": "left out",
    "Prediction": "prediction",
    "Distribution": "distribution",
    "Scores": "scores",
    "Positive": "positive",
    "Dropped": "dropped",
    "Numerator": "numerator",
    "Denominator": "denominator",
    "Rooted": "rooted",
    "Exponent": "exponent",
    "Condition": "condition",
    "Branch": "branch",
    "PictureOrArray": "picture or array",
    "ArrayOrImage": "array or image",
    "ImageTensor": "image",
    "FloatImage": "float image",
    "ByteImage": "byte image",
    "Colours": "colours",
    "Pixels": "pixels",
    "BytePixels": "byte pixels",
    "Unsquashed": "unsquashed",
    "Centred": "centred",
}
"""Annotation of a tensor parameter → what it wants."""

OBJECTS = {
    "Tensors": "tensors",
    "Parameters": "parameters",
    "Module": "module",
    "Optimizer": "optimizer",
    "Scheduler": "scheduler",
    "Loader": "loader",
    "Dataset": "dataset",
    "Transforms": "transforms",
}
"""Annotation of any other parameter → what it wants."""

TYPES = frozenset({"int", "float", "bool", "str", "list", "tuple", "dict", "Tensor", "None"})

OF_ARGUMENT = {"Same": "same", "Reduced": "reduced", "Log": "log", "Exp": "exp", "Detached": "detached", "Each": "each"}

SELF = "Self"
"""In `Object["Self"]`: the class whose method it is, or the one below it that the method is called on."""

EFFECTS = frozenset(
    {
        *(
            "backward",
            "variable",
            "grad",
            "update",
            "add_group",
            "clear",
            "clip",
            "unscale",
            "scaler_step",
            "scaler_scale",
            "advance",
        ),
        *("train_mode", "eval_mode", "apply", "load_state", "state_dict", "requires_grad"),
        *("register_module", "register_parameter", "register_buffer"),
        *("no_grad", "enable_grad", "set_grad_enabled", "autocast"),
        *("parameters", "children", "modules", "buffers"),
        *("named_parameters", "named_children", "named_modules", "named_buffers"),
        *(
            "harmless",
            "deepcopy",
            "wraps",
            "layer",
            "input",
            "add_layer",
            "pop_layer",
            "compile",
            "fit_model",
            "one_hot",
            "encode_labels",
            "dummies",
            "run_model",
            "data_format",
            "evaluate_model",
            "load_data",
            "make_data",
            "enter_tape",
            "leave_tape",
            "tape_gradient",
            "apply_gradients",
            "flow",
            "flow_of_files",
            "images_of_directory",
            "stream",
            "map_stream",
            "seed",
            "save",
            "load",
            "runs",
            "property",
        ),
        *("in_eval", "measure", "hooks", "new_head", "context", "set_epoch"),
        *("pipeline", "maybe", "one_of", "calls", "augment"),
        *("fit", "fit_transform", "transform", "split", "folds", "draw"),
    }
)

Resolve = Callable[[str], str]
"""A name as a stub writes it → the canonical dotted name. LookupError when nothing is called that."""


class NotSaid(Exception):
    """A stub says something that the notation has no words for: the node, and why."""

    def __init__(self, node: ast.AST, why: str) -> None:
        super().__init__(why)
        self.line: int = getattr(node, "lineno", 0)


def dotted(node: ast.AST | None) -> str:
    """`a.b.c` as text, "" for anything that is not a chain of names."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr) if left := dotted(value):
            return f"{left}.{attr}"
    return ""


def literal(node: ast.expr) -> object:
    """Value of a default; Ellipsis stands for one that is not a constant. NotSaid when it cannot be read."""
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise NotSaid(node, f"a default is a literal, or ... when torch's own is none: {ast.unparse(node)}") from None


def returns(node: ast.expr | None, parameters: set[str], resolve: Resolve) -> Any:
    """A return annotation as a literal: `Same["input"]` → ("same", "input"), `Number` → "number". NotSaid on others."""
    match node:
        case ast.Constant(value=None):
            return "none"
        case ast.Name(id="Number" | "Unknown" | "Head" as name):
            return name.lower()
        case ast.Name(id=name) if name in KINDS:
            return ("kind", KINDS[name])
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(of))) if name in OF_ARGUMENT:
            if of not in parameters:
                raise NotSaid(node, f"{name} names no parameter: {of!r}")
            return (OF_ARGUMENT[name], of)
        case ast.Subscript(value=ast.Name(id="Object"), slice=ast.Constant(value=str(of))):
            return ("object", of if of == SELF else _resolved(node, of, resolve))
        case ast.Subscript(value=ast.Name(id="Tuple"), slice=ast.Tuple(elts=elts)):
            return ("tuple", tuple(returns(elt, parameters, resolve) for elt in elts))
        case ast.Subscript(value=ast.Name(id="List"), slice=element):
            return ("list", (returns(element, parameters, resolve),))
        case ast.Subscript(value=ast.Name(id="Record"), slice=fields):
            return ("record", tuple((str(name), returns(value, parameters, resolve)) for name, value in _pairs(fields)))
        case ast.Subscript(
            value=ast.Name(id="ByName"),
            slice=ast.Tuple(elts=[ast.Constant(value=str(module)), ast.Constant(value=str(of))]),
        ):
            return ("by name", module, of)
        case ast.Subscript(
            value=ast.Name(id="Picked"),
            slice=ast.Tuple(elts=[ast.Constant(value=str(one)), ast.Constant(value=str(other))]),
        ) if {one, other} <= parameters:
            return ("picked", (one, other))
        case ast.Subscript(
            value=ast.Name(id="Turned"),
            slice=ast.Tuple(elts=[ast.Constant(value=str(way)), ast.Constant(value=str(of))]),
        ) if of in parameters:
            return ("turned", way, of)
        case ast.Subscript(value=ast.Name(id="When"), slice=ast.Tuple(elts=[ast.Constant(value=str(of)), options])):
            pairs = _pairs(options)
            return ("when", of, tuple((key, returns(value, parameters, resolve)) for key, value in pairs))
    raise NotSaid(node or ast.Pass(), f"unknown return annotation: {ast.unparse(node) if node else 'none given'}")


def _pairs(node: ast.expr) -> Iterator[tuple[object, ast.expr]]:
    """The `{key: annotation}` of `Record[…]` and `When[…]`: literals, and annotations."""
    match node:
        case ast.Dict(keys=keys, values=values) if None not in keys:
            yield from ((literal(key), value) for key, value in zip(keys, values, strict=True) if key is not None)
        case _:
            raise NotSaid(node, f"this takes {{key: annotation}}: {ast.unparse(node)}")


def parameters(arguments: ast.arguments) -> list[Any]:
    """The parameters of a def as literals, in order. NotSaid for an unknown annotation, or a default of no literal."""
    positional = arguments.posonlyargs + arguments.args
    missing = len(positional) - len(arguments.defaults)
    found = [
        _parameter(arg, "positional", default)
        for arg, default in zip(positional, [None] * missing + list(arguments.defaults), strict=True)
    ]
    if arguments.vararg:
        found.append(_parameter(arguments.vararg, "rest", None))
    found += [
        _parameter(arg, "keyword", default)
        for arg, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if arguments.kwarg:
        found.append(_parameter(arguments.kwarg, "options", None))
    return found


def _parameter(arg: ast.arg, form: str, default: ast.expr | None) -> Any:
    """The shortest literal that says it: "dim", ("dim", -1), or all of (name, form, wants, shape, type, *default)."""
    wants, shape, kind = _wants(arg.annotation)
    given = () if default is None else (literal(default),)
    if form == "positional" and not (wants or shape or kind):
        return (arg.arg, *given) if given else arg.arg
    return (arg.arg, form, wants, shape, kind, *given)


def _wants(node: ast.expr | None) -> tuple[Any, str, str]:
    """(wants, shape, type) of a parameter's annotation; wants is ("when", argument, options) where that decides."""
    match node:
        case None | ast.Name(id="Any"):
            return "", "", ""
        case ast.Name(id=name) if name in TENSORS:
            return TENSORS[name], "", "Tensor"
        case ast.Name(id=name) if name in OBJECTS:
            return OBJECTS[name], "", ""
        case ast.Subscript(value=ast.Name(id=name), slice=index) if name in TENSORS:
            return TENSORS[name], " | ".join(_shapes(index)), "Tensor"
        case ast.Subscript(value=ast.Name(id="When"), slice=ast.Tuple(elts=[ast.Constant(value=str(of)), options])):
            chosen = [(key, _wants(value)) for key, value in _pairs(options)]
            shapes = {shape for _, (_, shape, _) in chosen}
            shape = shapes.pop() if len(shapes) == 1 else ""
            return ("when", of, tuple((key, wanted) for key, (wanted, _, _) in chosen)), shape, "Tensor"
    return "", "", "|".join(_types(node))


def _shapes(node: ast.expr) -> Iterator[str]:
    """The alternatives of a shape annotation: one string, or a tuple of them."""
    match node:
        case ast.Constant(value=str(shape)):
            yield shape
        case ast.Tuple(elts=elts):
            for elt in elts:
                yield from _shapes(elt)
        case _:
            raise NotSaid(node, f"a shape is a string: {ast.unparse(node)}")


def _types(node: ast.expr) -> Iterator[str]:
    """The builtin types of `int | None`."""
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from _types(left)
            yield from _types(right)
        case ast.Constant(value=None):
            yield "None"
        case ast.Name(id=name) if name in TYPES:
            yield name
        case _:
            raise NotSaid(node, f"unknown parameter annotation: {ast.unparse(node)}")


def effect(decorators: list[ast.expr]) -> str:
    """The effect that decorators name, "" for none; `@overload` is passed over. NotSaid for an unknown one, or two."""
    found = ""
    for node in decorators:
        match dotted(node).split("."):
            case ["overload"]:
                continue
            case ["property"]:
                name = "property"
            case ["effect", name] if name in EFFECTS:
                pass
            case _:
                raise NotSaid(node, f"unknown decorator: {ast.unparse(node)}")
        if found:
            raise NotSaid(node, f"two effects: {found} and {name}")
        found = name
    return found


def _resolved(node: ast.AST, name: str, resolve: Resolve) -> str:
    try:
        return resolve(name)
    except LookupError:
        raise NotSaid(node, f"nothing is called {name!r}") from None
