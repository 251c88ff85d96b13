"""What one name of a library does, as data: what its parameters want, what comes back, what it does to the world."""

from __future__ import annotations

from dataclasses import dataclass

from dllint.values.kind import Kind

REQUIRED = object()
"""Default of a parameter that has none."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a function.

    form: "positional" (also by name), "keyword", "rest" (*args), "options" (**kwargs).
    wants: "logits", "sigmoid logits", "probabilities", "log-probabilities", "labels", "tensor", "parameters", …
    """

    name: str
    form: str = "positional"
    default: object = REQUIRED  # a Python constant; REQUIRED: none; Ellipsis: one that is no constant
    wants: str = ""
    shape: str = ""  # "N C *D" where the stub says so; alternatives stand beside " | "
    type: str = ""  # what a literal must be for an overload to be meant: "int", "int|None", "Tensor"


@dataclass(frozen=True, slots=True)
class Returns:
    """What a call gives back.

    how: "kind" (a tensor of `kind`), "same" (the argument named `of`, its kind kept), "reduced" (a tensor made from
    `of` whose kind is lost), "log" (the kind after a logarithm of `of`), "exp" (after an exponential), "detached"
    (same, without gradient), "number" (a Python number), "tuple" (of `items`), "list" (of any number of `items[0]`),
    "none", "object" (an object of the library class `of`), "unknown".
    """

    how: str
    kind: Kind = Kind.UNKNOWN
    of: str = ""
    items: tuple[Returns, ...] = ()


@dataclass(frozen=True, slots=True)
class Function:
    """A function, or a method (its first parameter is `self`). effect: see `effects` in the README of this folder.

    overloads: further signatures, tried in order after this one by `bind.choose`; none of them has overloads.
    """

    name: str  # canonical dotted name: "torch.nn.functional.softmax"
    parameters: tuple[Parameter, ...]
    returns: Returns
    effect: str = ""
    overloads: tuple[Function, ...] = ()


@dataclass(frozen=True, slots=True)
class Class:
    """A class. bases: canonical names, nearest first. attributes: constants of the stub, e.g. ("leaf", "dropout")."""

    name: str
    bases: tuple[str, ...]
    methods: tuple[tuple[str, Function], ...]
    attributes: tuple[tuple[str, object], ...] = ()
