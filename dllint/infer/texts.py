"""Text made of constants: layers and files are named by it, and found again by the name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from dllint.infer import constants
from dllint.infer.constants import python_object
from dllint.infer.state import Args
from dllint.program import ir
from dllint.values.value import Atom, Const, Site, TupleOf, Union, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

HUGE = re.compile(r"\d{4}|\*|\{[^{}]*\{")
"""Widths that make text of any length, or that only a run tells."""
CONVERSIONS: dict[str, Callable[[object], str]] = {"r": repr, "s": str, "a": ascii}
METHODS = frozenset(
    {
        *("lower", "upper", "title", "capitalize", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix"),
        *("startswith", "endswith", "isdigit", "isidentifier", "count", "find", "index", "replace"),
        *("split", "rsplit", "partition", "rpartition", "join", "format", "zfill"),
    }
)


def formatted(m: Machine, node: ir.JoinedStr) -> Value:
    """An f-string."""
    values = [m.eval(part) for part in node.parts]
    if all(type(value) is Const for value in values):
        return Const("".join(str(value.value) for value in values))  # type: ignore[union-attr]
    if not all(_writable(value) for value in values):
        return Unknown("a formatted string")
    return constants.each(values, lambda parts: Const("".join(str(part.value) for part in parts)))  # type: ignore[attr-defined]


def _writable(value: Value) -> bool:
    if type(value) is Union:
        return all(type(case.atom) is Const for case in value.cases)
    return type(value) is Const


def field(m: Machine, node: ir.Formatted) -> Value:
    """`{value!r:>{width}}` in an f-string."""
    value = m.eval(node.value)
    form = m.eval(node.form) if node.form is not None else Const("")
    if node.conversion == "=":
        return Unknown("a formatted string")
    return constants.each((value, form), lambda both: _field(m, both, node.conversion, m.site(node)))


def _field(m: Machine, both: Sequence[Atom], conversion: str, site: Site) -> Value:
    def write() -> str:
        value, form = (python_object(m, one) for one in both)
        return format(CONVERSIONS[conversion](value) if conversion else value, _harmless(form))

    return constants.computed(m, write, site) or Unknown("a formatted string")


def filled(m: Machine, text: str, given: Value, site: Site) -> Value:
    """text % given."""

    def one(given: Sequence[Atom]) -> Value:
        made = constants.computed(m, lambda: _harmless(text) % python_object(m, given[0]), site)
        return made or Unknown("a formatted string")

    if type(given) is TupleOf:
        return constants.each(given.items, lambda items: one([TupleOf(tuple(items))]))
    return constants.each([given], one)


def _harmless(form: Any) -> Any:
    """A form that says how text is written, unless it asks for text of any length."""
    if isinstance(form, str) and HUGE.search(form):
        raise constants.NotConstant
    return form


def method(m: Machine, receiver: Const, name: str, args: Args, site: Site) -> Value:
    """A method of a string or number, on constants."""
    names = tuple(args.keywords)

    def called(given: Sequence[Atom]) -> Value:
        def run() -> object:
            objects = [python_object(m, value) for value in given]
            keywords = dict(zip(names, objects[len(args.positional) :], strict=True))
            text = _harmless(receiver.value) if name == "format" else receiver.value
            if name == "zfill" and objects[0] > constants.LONGEST:
                raise constants.NotConstant
            return getattr(text, name)(*objects[: len(args.positional)], **keywords)

        return constants.computed(m, run, site) or _unknown(m, site)

    if name not in METHODS or not isinstance(receiver.value, str) or args.open:
        return _unknown(m, site)
    return constants.each((*args.positional, *args.keywords.values()), called)


def _unknown(m: Machine, site: Site) -> Value:
    return Unknown("a string nobody knows", ("at", site, m.passes))
