"""What a constant argument decides: `activation="softmax"` the kind of a network's output, `from_logits` what a loss
wants. The argument is of the call, or the one that the receiver was made with; `torch >= 2.0` is asked of the project.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from dllint import api
from dllint.api.entry import REQUIRED, Choice
from dllint.api.entry import Function as Entry
from dllint.infer import conditions, objects
from dllint.infer.state import Args
from dllint.values.value import Atom, Const, Guards, Library, Ref, Unknown, Value, cases

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

T = TypeVar("T")

OPEN = "**"
"""Among bound arguments: a `*args` or `**kwargs` of unknown contents was given, so that any other may be given too."""


def opened(bound: dict[str, Value], args: Args) -> dict[str, Value]:
    """The bound arguments, marked when there may be more."""
    return {**bound, OPEN: Const(True)} if args.open else bound


def chosen(
    m: Machine, entry: Entry, choice: Choice[T], bound: dict[str, Value]
) -> Iterator[tuple[Guards, tuple[T, ...]]]:
    """For each alternative of the argument, what holds then: one, none, or any where nobody knows the argument."""
    for guards, atom in cases(conditions.pruned(m, _decisive(m, entry, choice.of, bound))):
        if type(atom) is Unknown:
            yield guards, tuple(option for _, option in choice.options)
        else:
            option = choice.option(_said(atom))
            yield guards, () if option is None else (option,)


def _said(atom: Atom) -> object:
    """How options name an argument: a constant, or the dotted name of what a library calls so."""
    match atom:
        case Const(value=constant):
            return constant
        case Library(name=name):
            return name
    return ...


def wanted(m: Machine, entry: Entry, choice: Choice[str | Choice[str]], bound: dict[str, Value]) -> str:
    """What a parameter wants; "" where it may want several things, or none that has a word."""
    found: set[str] = set()
    for _, options in chosen(m, entry, choice, bound):
        found |= {wanted(m, entry, o, bound) if isinstance(o, Choice) else o for o in options or ("",)}
    return found.pop() if len(found) == 1 else ""


def _decisive(m: Machine, entry: Entry, name: str, bound: dict[str, Value]) -> Value:
    """The argument that decides, or whether a library's version is one, None where nobody said which it is."""
    if " >= " in name:
        library, _, version = name.partition(" >= ")
        return Const(m.project.versions.of(library).at_least(version))
    given = _given(entry, name, bound)
    receiver = bound.get("self")
    if given is not None or type(receiver) is not Ref:
        return given or Unknown(f"{name} was not given")
    if name == "training":
        return objects.mode_of(m, receiver)
    thing = m.heap[receiver.id]
    if thing.sort != "library" or type(thing.cls) is not Library:
        return Unknown(f"{name} is given by a class of the project")
    made_by = api.method(thing.cls.name, "__init__")
    return (_given(made_by, name, dict(thing.bound)) if made_by is not None else None) or Unknown(f"what {name} was")


def _given(entry: Entry, name: str, bound: dict[str, Value]) -> Value | None:
    """An argument that was bound to an entry, or its default; None where the entry has no such parameter."""
    if name in bound:
        return bound[name]
    default = next((p.default for p in entry.parameters if p.name == name), REQUIRED)
    if default is REQUIRED:
        return None
    return Const(default) if default is not ... and OPEN not in bound else Unknown(f"{name} may be given")
