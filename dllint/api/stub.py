"""The stub files: what they define, import and re-export, before anything is compiled."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dllint.api import notation


class StubError(Exception):
    """A stub that does not compile: file, line and why, in one line."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")


@dataclass(frozen=True, slots=True)
class Stub:
    """One file, and the module whose names it holds: its path's, or what it assigns to `__name__`."""

    path: Path
    module: str
    body: list[ast.stmt]


@dataclass(slots=True)
class Names:
    """What all stubs together define, import and re-export, before anything is compiled."""

    nodes: dict[str, list[tuple[Stub, ast.stmt]]] = field(default_factory=lambda: defaultdict(list))
    aliases: dict[str, tuple[Stub, ast.stmt, str]] = field(default_factory=dict)  # name → what the stub wrote
    reexports: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    modules: set[str] = field(default_factory=set)

    def resolve(self, module: str, name: str) -> str:
        """The canonical name of what `name` means in a stub of `module`. LookupError when it means nothing."""
        for candidate in (f"{module}.{name}", name):
            if candidate in self.nodes:
                return candidate
            if candidate in self.aliases:
                stub, _, target = self.aliases[candidate]
                if target != candidate:
                    return self.resolve(stub.module, target)
        parent, _, tail = name.rpartition(".")
        for source in self.reexports.get(parent or module, ()):
            if f"{source}.{tail}" in self.nodes:
                return f"{source}.{tail}"
        raise LookupError(name)


def read(path: Path, folder: Path) -> Stub:
    """A stub file, parsed."""
    try:
        body = ast.parse(path.read_text("utf-8")).body
    except SyntaxError as error:
        raise StubError(path, error.lineno or 0, error.msg) from None
    parts = path.relative_to(folder).with_suffix("").parts
    module = ".".join(part for part in parts if part != "__init__")
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__name__")], value=ast.Constant(value=str(named))):
                module = named
    return Stub(path, module, body)


def collect(stubs: Iterable[Stub]) -> Names:
    """Every name that the stubs define, with the statements that define it. StubError for one defined twice."""
    names = Names()
    for stub in stubs:
        names.modules |= set(_prefixes(stub.module))
        for node in stub.body:
            for name in _record(names, stub, node):
                if name in names.nodes and not overloads([earlier for _, earlier in names.nodes[name]], node):
                    raise StubError(stub.path, node.lineno, f"{name} is defined twice")
                names.nodes[name].append((stub, node))
    return names


def _record(names: Names, stub: Stub, node: ast.stmt) -> Iterator[str]:
    """The canonical names that a statement defines; imports and aliases are put down in `names`."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
            yield f"{stub.module}.{name}"
        case ast.ImportFrom(module=str(source), names=[ast.alias(name="*")]):
            names.reexports[stub.module].append(source)
        case ast.ImportFrom(module=str(source), names=imported):
            for alias in imported:
                target = f"{source}.{alias.name}"
                names.aliases[f"{stub.module}.{alias.asname or alias.name}"] = (stub, node, target)
        case ast.Assign(targets=[ast.Name(id="__also__")], value=ast.Tuple(elts=others)):
            for other in (ast.literal_eval(each) for each in others):
                names.reexports[other].append(stub.module)
                names.modules |= set(_prefixes(other))
        case ast.Assign(targets=[ast.Name(id="__name__")]) | ast.Expr(value=ast.Constant(value=str())):
            pass
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if target := notation.dotted(value):
            names.aliases[f"{stub.module}.{name}"] = (stub, node, target)
        case _:
            raise StubError(stub.path, node.lineno, f"a stub does not say this: {ast.unparse(node)[:60]}")


def overloads(earlier: list[ast.stmt], node: ast.stmt) -> bool:
    """Whether a definition of a name may stand with the earlier ones: it is the only one, or all are `@overload`s."""
    return not earlier or all(
        isinstance(each, ast.FunctionDef) and any(notation.dotted(mark) == "overload" for mark in each.decorator_list)
        for each in (*earlier, node)
    )


def _prefixes(module: str) -> Iterator[str]:
    """ "a.b.c" → "a", "a.b", "a.b.c"."""
    parts = module.split(".")
    return (".".join(parts[: i + 1]) for i in range(len(parts)))
