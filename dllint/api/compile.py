"""Compile the stubs into table.py: `python -m dllint.api.compile`.

What a stub may say is listed in README.md of this folder; anything else is an error that names its file and line.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dllint.api import notation
from dllint.api.notation import NotSaid
from dllint.api.stub import Names, Stub, StubError, collect, overloads, read

STUBS = Path(__file__).with_name("stubs")
TABLE = Path(__file__).with_name("table.py")

HEADER = '''"""What the stubs say, as literals. Made by `python -m dllint.api.compile`: edit the stubs, not this."""

# ruff: noqa
# fmt: off
from typing import Any

'''

BUILTINS = frozenset({"int", "float", "bool", "str"})


def compiled(folder: Path) -> str:
    """The text of table.py for the stubs below a folder. StubError for the first thing that is not understood."""
    stubs = [read(path, folder) for path in sorted(folder.rglob("*.pyi"))]
    names = collect(stubs)
    aliases = {name: _alias(names, *written) for name, written in sorted(names.aliases.items())}
    table = {name: _entry(names, name) for name in sorted(names.nodes)}
    return HEADER + "\n".join(
        (
            *_dictionary("TABLE: dict[str, Any]", table),
            *_dictionary("ALIASES: dict[str, str]", aliases),
            *_dictionary("REEXPORTS: dict[str, tuple[str, ...]]", {m: tuple(s) for m, s in names.reexports.items()}),
            *_dictionary("MODULES: dict[str, None]", dict.fromkeys(sorted(names.modules))),
            *_dictionary("PATTERNS: dict[str, tuple[tuple[str, str], ...]]", _patterns(names, table)),
            "",
        )
    )


def _patterns(names: Names, table: dict[str, Any]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Library → its patterns of names, each with the class whose attribute `named` lists it; in the stubs' order."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in names.nodes:
        named = dict(table[name][3]).get("named", ()) if table[name][0] == "class" else ()
        found[name.partition(".")[0]] += ((str(pattern), name) for pattern in named)
    return {library: tuple(patterns) for library, patterns in found.items() if patterns}


def _alias(names: Names, stub: Stub, node: ast.stmt, target: str) -> str:
    """The canonical name that an alias stands for."""
    try:
        return names.resolve(stub.module, target)
    except LookupError:
        raise StubError(stub.path, node.lineno, f"nothing is called {target!r}") from None


def _entry(names: Names, name: str) -> Any:
    """The literal of one name."""
    stub, node = names.nodes[name][0]
    try:
        match node:
            case ast.ClassDef():
                return _class(names, stub, node)
            case ast.AnnAssign(annotation=annotation):
                return _constant(names, stub, annotation)
    except NotSaid as error:
        raise StubError(stub.path, error.line or node.lineno, str(error)) from None
    return _overloaded(names, names.nodes[name])


def _constant(names: Names, stub: Stub, annotation: ast.expr) -> str:
    """The type of a constant: a builtin, or the canonical name of a class."""
    written = notation.dotted(annotation)
    if written in BUILTINS:
        return written
    try:
        return names.resolve(stub.module, written)
    except LookupError:
        raise NotSaid(annotation, f"nothing is called {ast.unparse(annotation)!r}") from None


def _overloaded(names: Names, nodes: list[tuple[Stub, ast.stmt]]) -> Any:
    """The literal of a function: its first signature, the others beside it."""
    first, *others = (_function(names, stub, node) for stub, node in nodes if isinstance(node, ast.FunctionDef))
    return (*first, tuple((*other, ()) for other in others))


def _function(names: Names, stub: Stub, node: ast.FunctionDef) -> tuple[Any, Any, str]:
    """The literal of one def: (parameters, returns, effect)."""
    try:
        parameters = notation.parameters(node.args)
        known = {parameter if isinstance(parameter, str) else parameter[0] for parameter in parameters}
        annotation = ast.Constant(None) if node.name == "__init__" else node.returns
        returns = notation.returns(annotation, known, lambda name: names.resolve(stub.module, name))
        return tuple(parameters), returns, notation.effect(node.decorator_list)
    except NotSaid as error:
        raise StubError(stub.path, error.line or node.lineno, str(error)) from None


def _class(names: Names, stub: Stub, node: ast.ClassDef) -> Any:
    """The literal of a class: ("class", bases, methods, attributes)."""
    bases = tuple(_base(names, stub, base) for base in node.bases)
    methods: list[tuple[str, Any]] = []
    attributes: list[tuple[str, object]] = []
    for name, found in _members(node).items():
        match found:
            case [ast.Assign(value=ast.Name() | ast.Attribute() as value)]:
                methods.append((name, _as_method(names, stub, value)))
            case [ast.Assign(value=value)]:
                attributes.append((name, notation.literal(value)))
            case [ast.FunctionDef() as first, *others] if overloads(found[:-1], found[-1]):
                methods.append((name, _overloaded(names, [(stub, each) for each in (first, *others)])))
            case _:
                raise NotSaid(found[-1], f"{node.name}.{name} is defined twice")
    return "class", bases, tuple(methods), tuple(attributes)


def _members(node: ast.ClassDef) -> dict[str, list[ast.stmt]]:
    """The statements of a class by the name they define, in the stub's order."""
    members: dict[str, list[ast.stmt]] = defaultdict(list)
    for statement in node.body:
        match statement:
            case ast.FunctionDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                members[name].append(statement)
            case ast.Expr(value=ast.Constant()):
                pass
            case _:
                raise NotSaid(statement, f"a class does not say this: {ast.unparse(statement)[:60]}")
    return members


def _as_method(names: Names, stub: Stub, value: ast.expr) -> Any:
    """The literal of a function taken as a method: its first parameter becomes `self`."""
    written = notation.dotted(value)
    try:
        nodes = names.nodes[names.resolve(stub.module, written)]
    except LookupError:
        raise NotSaid(value, f"nothing is called {written!r}") from None
    parameters, returns, effect, overloads = _overloaded(names, nodes)
    first = parameters[0] if isinstance(parameters[0], str) else parameters[0][0]
    return (*_selfish(first, parameters, returns, effect), tuple((*_selfish(first, *o[:3]), ()) for o in overloads))


def _selfish(first: str, parameters: Any, returns: Any, effect: str) -> tuple[Any, Any, str]:
    """One signature with `self` in place of its first parameter, in what it returns too."""
    head = parameters[0]
    renamed = "self" if isinstance(head, str) or len(head) == 2 else ("self", *head[1:])
    return (renamed, *parameters[1:]), _renamed(returns, first), effect


def _renamed(returns: Any, first: str) -> Any:
    """A return literal with `self` in place of the first parameter's name."""
    match returns:
        case (how, str(of)) if of == first and how != "kind":
            return (how, "self")
        case ("record", tuple(fields)):
            return ("record", tuple((name, _renamed(item, first)) for name, item in fields))
        case (how, tuple(items)):
            return (how, tuple(_renamed(item, first) for item in items))
    return returns


def _base(names: Names, stub: Stub, node: ast.expr) -> str:
    try:
        return names.resolve(stub.module, notation.dotted(node))
    except LookupError:
        raise NotSaid(node, f"no stub defines the base {ast.unparse(node)!r}") from None


def _dictionary(name: str, entries: dict[str, Any]) -> Iterator[str]:
    """A dict literal, one entry a line."""
    yield f"{name} = {{"
    for key, value in entries.items():
        yield f"{key!r}: {value!r},"
    yield "}"


def main() -> int:
    """Write table.py; 2 when a stub does not compile, said on stderr."""
    try:
        text = compiled(STUBS)
    except StubError as error:
        print(error, file=sys.stderr)
        return 2
    TABLE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
