"""What names of libraries are called in a file: a fix may write only what the file's imports bind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dllint.program import ir
from dllint.program.walk import Names, bind


def imported(tree: ir.Module) -> dict[str, str]:
    """Name → what it stands for, "F" → "torch.nn.functional": of the imports at the top, less what is bound again."""
    found = dict(name for statement in _top(tree.body) for name in _bound(statement))
    again = Names()
    for statement in _top(tree.body):
        match statement:
            case ir.Assign(targets=targets):
                for target in targets:
                    bind(target, again)
            case ir.FunctionDef(name=name) | ir.ClassDef(name=name):
                again.bound.add(name)
    return {name: meant for name, meant in found.items() if name not in again.bound}


def _top(body: Iterable[ir.Stmt]) -> Iterator[ir.Stmt]:
    """The statements at the top of a file, those in `try` and `if` included."""
    for statement in body:
        yield statement
        if isinstance(statement, (ir.If, ir.Try)):
            yield from _top([*statement.body, *statement.orelse])


def _bound(statement: ir.Stmt) -> Iterator[tuple[str, str]]:
    match statement:
        case ir.Import(names=aliases):
            for alias in aliases:
                top = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (top, top)
        case ir.ImportFrom(module=str(module), names=aliases, level=0):
            for alias in aliases:
                yield alias.asname or alias.name, f"{module}.{alias.name}"


def dotted(node: ir.Expr, names: Mapping[str, str], hidden: frozenset[str]) -> str | None:
    """What `F.softmax` stands for, "torch.nn.functional.softmax"; None where no import says. hidden: other names."""
    match node:
        case ir.Name(id=name):
            return None if name in hidden else names.get(name)
        case ir.Attribute(value=value, attr=attr):
            inner = dotted(value, names, hidden)
            return inner and f"{inner}.{attr}"
    return None


def spelled(meant: str, names: Mapping[str, str], hidden: frozenset[str]) -> str | None:
    """How the file may write a dotted name, the shortest way; None where it imports nothing that leads to it."""
    found = [
        name + meant[len(known) :]
        for name, known in names.items()
        if name not in hidden and (meant == known or meant.startswith(f"{known}."))
    ]
    return min(found, key=len, default=None)
