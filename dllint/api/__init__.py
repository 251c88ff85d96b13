"""What the libraries do: names of torch and its kin, looked up in the compiled table.

`lookup` takes a dotted name as a program writes it once its imports are known; the entry is built on first use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from dllint.api.entry import REQUIRED, Choice, Class, Function, Parameter, Returns
from dllint.api.table import ALIASES, MODULES, PATTERNS, REEXPORTS, TABLE
from dllint.plain import replace
from dllint.values.kind import Kind

SELF = "Self"
"""What a stub calls the class that a class method is called on."""


def lookup(name: str) -> Function | Class | str | None:
    """What a dotted name is, canonical or alias: for a constant its type's name ("torch.dtype"); None when unknown.

    A method is found too, unbound: "torch.Tensor.view".
    """
    if name in TABLE:
        return _entry(name)
    canonical = resolve(name)
    if canonical is None:
        return None
    return _entry(canonical) if canonical in TABLE or named_bases(canonical) else method(*_split(canonical))


@cache
def resolve(name: str) -> str | None:
    """The canonical name of what a dotted name reaches, through aliases and re-exports; None when unknown."""
    return _resolved(name, frozenset())


def _resolved(name: str, passed: frozenset[str]) -> str | None:
    """The same, less the names passed on the way: modules that re-export one another lead round in a circle."""
    if name in TABLE:
        return name
    if name in ALIASES:
        return ALIASES[name]
    if name in passed or len(passed) > MOST_PASSED:
        return None
    if named_bases(name):
        return name
    passed = passed | {name}
    parent, tail = _split(name)
    for module in REEXPORTS.get(parent, ()):
        if canonical := _resolved(f"{module}.{tail}", passed):
            return canonical
    owner = _resolved(parent, passed) if parent and parent not in MODULES else None
    if owner is not None and (found := method(owner, tail)):
        return found.name
    return None


@cache
def named_bases(name: str) -> tuple[str, ...]:
    """The classes whose `named` patterns a name of their library fits: `transformers.BertForMaskedLM` has no stub."""
    top, _, tail = name.partition(".")
    last = tail.rpartition(".")[2]
    patterns = PATTERNS.get(top, ()) if last else ()
    if any(pattern[0] == "!" and fnmatchcase(last, pattern[1:]) for pattern, _ in patterns):
        return ()
    return tuple(dict.fromkeys(base for pattern, base in patterns if fnmatchcase(last, pattern)))


MOST_PASSED = 12
"""Names passed on the way to one: a circle may lengthen the name at each turn."""


def method(class_name: str, method: str) -> Function | None:
    """The method that an object of the class has, its own or the nearest base's; None when there is none."""
    return _methods(class_name).get(method)


def attribute(class_name: str, attribute: str) -> object:
    """A constant that the class or its nearest base has ("leaf", "container", …); None when there is none."""
    for base in mro(class_name):
        entry = _entry(base)
        if isinstance(entry, Class) and (found := dict(entry.attributes).get(attribute)) is not None:
            return found
    return None


def subclass(name: str, of: str) -> bool:
    """Whether the class is, or comes from, the class `of`; both may be aliases. False for unknown names."""
    return resolve(of) in mro(name)


@cache
def mro(name: str) -> tuple[str, ...]:
    """Canonical names of the class and its bases, nearest first, each once; empty for what is no class."""
    entry = lookup(name)
    if not isinstance(entry, Class):
        return ()
    found = {entry.name: None}
    for base in entry.bases:
        found |= dict.fromkeys(mro(base))
    return tuple(found)


def is_module_prefix(name: str) -> bool:
    """Whether a dotted name is a module of a library in the table ("torch.nn"): its attributes are names too."""
    return name in MODULES


@cache
def public_names(module: str) -> tuple[str, ...]:
    """The names that `from module import *` binds, as far as the table knows them."""
    starts = tuple(f"{each}." for each in _passed_on(module, frozenset()))
    found = [name for table in (TABLE, ALIASES, MODULES) for name in table if name.startswith(starts)]
    inside = (name[len(start) :] for start in starts for name in found if name.startswith(start))
    return tuple(dict.fromkeys(name for name in inside if "." not in name and not name.startswith("_")))


def _passed_on(module: str, passed: frozenset[str]) -> Iterator[str]:
    """A module and those whose names it passes on."""
    yield module
    for each in REEXPORTS.get(module, ()) if module not in passed else ():
        yield from _passed_on(each, passed | {module})


@cache
def _methods(class_name: str) -> Mapping[str, Function]:
    """Every method of the class by name, the nearest definition of each."""
    found: dict[str, Function] = {}
    for base in reversed(mro(class_name)):
        entry = _entry(base)
        if isinstance(entry, Class):
            found |= dict(entry.methods)
    return {name: _of_class(class_name, name, function) for name, function in found.items()}


def _of_class(class_name: str, name: str, function: Function) -> Function:
    """A method as the class has it: a call is told by its name, and `Self` is this class."""
    if function.returns.of == SELF:
        return replace(function, name=f"{class_name}.{name}", returns=replace(function.returns, of=class_name))
    return replace(function, name=f"{class_name}.{name}") if name in ("forward", "__call__") else function


@cache
def _entry(canonical: str) -> Function | Class | str:
    """The table's literal, built; for a name without one, a class with the bases that its name tells."""
    match TABLE.get(canonical):
        case None:
            return Class(canonical, named_bases(canonical), ())
        case str(type_name):
            return type_name
        case ("class", bases, methods, attributes):
            built = tuple((name, _function(f"{canonical}.{name}", raw)) for name, raw in methods)
            return Class(canonical, bases, built, attributes)
        case raw:
            return _function(canonical, raw)


def _function(name: str, raw: Any) -> Function:
    """A function from its literal: (parameters, returns, effect, overloads)."""
    parameters, returns, effect, overloads = raw
    return Function(
        name,
        tuple(_parameter(parameter) for parameter in parameters),
        _returns(returns),
        effect,
        tuple(_function(name, overload) for overload in overloads),
    )


def _parameter(raw: Any) -> Parameter:
    """A parameter from one of the three literals that `notation.parameters` writes."""
    match raw:
        case str(name):
            return Parameter(name)
        case (name, default):
            return Parameter(name, default=default)
        case (name, form, ("when", of, options), shape, type_, *default):
            given = default[0] if default else REQUIRED
            return Parameter(name, form, given, "", shape, type_, _wanted(of, options))
        case (name, form, wants, shape, type_, *default):
            return Parameter(name, form, default[0] if default else REQUIRED, wants, shape, type_)
    raise AssertionError(raw)


def _wanted(of: str, options: Any) -> Any:
    """What a parameter wants, by another argument: an option may depend on a third."""
    made = ((key, _wanted(*option[1:]) if isinstance(option, tuple) else option) for key, option in options)
    return Choice(of, tuple(made))


def _returns(raw: Any) -> Returns:
    """What comes back, from the literal that `notation.returns` writes."""
    match raw:
        case str(how):
            return Returns(how)
        case ("kind", kind):
            return Returns("kind", Kind[kind])
        case ("tuple" | "list" as how, items):
            return Returns(how, items=tuple(_returns(item) for item in items))
        case ("record", fields):
            names, items = zip(*fields, strict=True)
            return Returns("record", items=tuple(_returns(item) for item in items), names=names)
        case ("picked", names):
            return Returns("picked", names=names)
        case ("by name", module, of):
            return Returns("by name", of=module, names=(of,))
        case ("turned", way, of):
            return Returns("turned", of=of, names=(way,))
        case ("when", of, options):
            return Returns("when", choice=Choice(of, tuple((key, _returns(option)) for key, option in options)))
        case (how, of):
            return Returns(how, of=of)
    raise AssertionError(raw)


def _split(name: str) -> tuple[str, str]:
    """The part before the last dot, and the part after."""
    parent, _, tail = name.rpartition(".")
    return parent, tail
