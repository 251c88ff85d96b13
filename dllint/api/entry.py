"""What one name of a library does, as data: what its parameters want, what comes back, what it does to the world."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from typing import Generic, TypeVar

from dllint.plain import plain
from dllint.values.kind import Kind

REQUIRED = object()
"""Default of a parameter that has none."""

T = TypeVar("T", covariant=True)


@plain
class Choice(Generic[T]):
    """What a constant argument decides: of the call, else of the constructor of its object; `training`: its mode.
    `torch >= 2.0`: whether the project is for such versions, None where nobody said.

    options: constant → what holds then, a string with stars being a pattern; Ellipsis stands for any other value.
    """

    of: str
    options: tuple[tuple[object, T], ...]

    def option(self, constant: object) -> T | None:
        """What holds for a constant, if anything is said of it."""
        return next((option for key, option in self.options if key is ... or _fits(constant, key)), None)


def _fits(constant: object, key: object) -> bool:
    """Whether a constant is the one that an option names; 0 and False differ."""
    if isinstance(constant, str) and isinstance(key, str):
        return fnmatchcase(constant, key)
    return type(key) is type(constant) and key == constant


@plain
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
    choice: Choice[str | Choice[str]] | None = None  # what it wants, where that depends on another argument


@plain
class Returns:
    """What a call gives back.

    how: "kind" (a tensor of `kind`), "same" (the argument named `of`, its kind kept), "reduced" (a tensor made from
    `of` whose kind is lost), "log" (the kind after a logarithm of `of`), "exp" (after an exponential), "detached"
    (same, without gradient), "number" (a Python number), "tuple" (of `items`), "list" (of any number of `items[0]`),
    "none", "object" (an object of the library class `of`), "each" (what `*of` took, alone or as a tuple), "record" (a
    tuple of `items` with `names`), "when" (as `choice` says), "by name" (what the function of module `of` gives
    that the argument in `names` is the name of), "head" (what the receiver's head gives), "picked" (element by
    element, one of the arguments in `names`), "turned" (pixels of `of`, in the way that `names` says), "unknown".
    """

    how: str
    kind: Kind = Kind.UNKNOWN
    of: str = ""
    items: tuple[Returns, ...] = ()
    names: tuple[str, ...] = ()
    choice: Choice[Returns] | None = None


@plain
class Function:
    """A function, or a method (its first parameter is `self`). effect: see `effects` in the README of this folder.

    overloads: further signatures, tried in order after this one by `bind.choose`; none of them has overloads.
    """

    name: str  # canonical dotted name: "torch.nn.functional.softmax"
    parameters: tuple[Parameter, ...]
    returns: Returns
    effect: str = ""
    overloads: tuple[Function, ...] = ()

    @property
    def short(self) -> str:
        """How a message names it: "softmax", "CrossEntropyLoss"."""
        return _short(self.name)


@plain
class Class:
    """A class. bases: canonical names, nearest first. attributes: constants of the stub, e.g. ("leaf", "dropout")."""

    name: str
    bases: tuple[str, ...]
    methods: tuple[tuple[str, Function], ...]
    attributes: tuple[tuple[str, object], ...] = ()


@cache
def _short(name: str) -> str:
    parts = name.split(".")
    return parts[-2] if parts[-1] in ("forward", "__call__", "__new__") else parts[-1]
