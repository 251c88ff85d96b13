"""Which argument goes to which parameter: Python's own rule, on `Function`s, for the interpreter's hottest loop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from dllint.api.entry import REQUIRED, Function

T = TypeVar("T")

NUMPY_NAMES = {"axis": "dim", "keepdims": "keepdim", "x": "input", "a": "input", "x1": "input", "x2": "other"}
"""What torch's parser takes in place of its own names. Source: numpy_compatibility_arg_names, python_arg_parser.cpp."""

ALSO = {"bool": frozenset({"int", "float"}), "int": frozenset({"float"})}
"""Type of a literal → the types of parameter that take it as well."""


def bind(function: Function, args: Sequence[T], keywords: Mapping[str, T], *, skip_self: bool) -> dict[str, T] | None:
    """The given arguments by parameter name, defaults left out; None when Python would raise a TypeError.

    The i-th argument that `*size` takes is named "size[i]" (see `rest`); what `**options` takes keeps its keyword.
    skip_self: the receiver is not among args, so the first parameter is passed over.
    """
    bound = _bound(function, args, keywords, skip_self)
    if bound is None and not keywords.keys().isdisjoint(NUMPY_NAMES):
        return _bound(function, args, _renamed(function, keywords), skip_self)
    return bound


def rest(bound: Mapping[str, T], name: str) -> list[T]:
    """What the parameter `*name` took, in order."""
    found: list[T] = []
    while (key := f"{name}[{len(found)}]") in bound:
        found.append(bound[key])
    return found


def choose(
    function: Function,
    args: Sequence[T],
    keywords: Mapping[str, T],
    *,
    skip_self: bool,
    type_of: Callable[[T], str],
) -> tuple[Function, dict[str, T]] | None:
    """The first overload whose parameters bind, with the arguments bound; None when none does.

    type_of: "int", "float", "bool", "str", "None", "list", "tuple", "dict" or "Tensor"; "" when it is not known.
    A known type that the parameter does not take rules an overload out. One signature alone is never ruled out so.
    """
    if not function.overloads:
        bound = bind(function, args, keywords, skip_self=skip_self)
        return None if bound is None else (function, bound)
    for candidate in (function, *function.overloads):
        bound = bind(candidate, args, keywords, skip_self=skip_self)
        if bound is not None and _meant(candidate, bound, type_of):
            return candidate, bound
    return None


def _bound(function: Function, args: Sequence[T], keywords: Mapping[str, T], skip_self: bool) -> dict[str, T] | None:
    """`bind` on the parameters' own names."""
    bound: dict[str, T] = {}
    taken = 0  # of args
    named = 0  # of keywords
    given = len(args)
    for parameter in function.parameters[1:] if skip_self else function.parameters:
        name = parameter.name
        form = parameter.form
        if form == "positional" and taken < given:
            if name in keywords:
                return None
            bound[name] = args[taken]
            taken += 1
        elif form == "positional" or form == "keyword":
            if name in keywords:
                bound[name] = keywords[name]
                named += 1
            elif parameter.default is REQUIRED:
                return None
        elif form == "rest":
            bound |= {f"{name}[{i}]": arg for i, arg in enumerate(args[taken:])}
            taken = given
        else:
            bound |= keywords
            named = len(keywords)
    return bound if taken == given and named == len(keywords) else None


def _renamed(function: Function, keywords: Mapping[str, T]) -> Mapping[str, T]:
    """The keywords under torch's names, where only those are the function's; unchanged when two would be one."""
    own = {parameter.name for parameter in function.parameters}
    renamed = {
        torch_name if name not in own and (torch_name := NUMPY_NAMES.get(name, "")) in own else name: value
        for name, value in keywords.items()
    }
    return renamed if len(renamed) == len(keywords) else keywords


def _meant(function: Function, bound: Mapping[str, T], type_of: Callable[[T], str]) -> bool:
    """Whether no argument is known to be of a type that its parameter does not take."""
    for parameter in function.parameters:
        if parameter.type and parameter.name in bound:
            given = type_of(bound[parameter.name])
            takes = parameter.type.split("|")
            if given and given not in takes and ALSO.get(given, frozenset()).isdisjoint(takes):
                return False
    return True
