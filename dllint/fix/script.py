"""One file as fixes are written in it: its nodes with what is around them, their places and their text."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from dllint.findings import Edit, Place
from dllint.fix.names import dotted, imported, spelled
from dllint.plain import fields_of, plain
from dllint.program import ir
from dllint.program.source import Span


class Spot(NamedTuple):
    """A line and a column, from 1."""

    line: int
    column: int


@plain
class Script:
    """A file. nodes: by ordinal, less those in f-strings; parents: what each is a part of; names: what imports bind."""

    path: str
    lines: list[str]
    nodes: Mapping[int, ir.Node]
    parents: Mapping[int, ir.Node]
    names: Mapping[str, str]
    span: Callable[[ir.Node], Span]

    @staticmethod
    def of(path: str, text: str, tree: ir.Module, span: Callable[[ir.Node], Span]) -> Script:
        """The file of a text and its program. span: where a node of it is."""
        nodes, parents = _indexed(tree)
        return Script(path, text.split("\n"), nodes, parents, imported(tree), span)

    def around(self, node: ir.Node) -> Iterator[ir.Node]:
        """What a node is a part of, innermost first."""
        while (parent := self.parents.get(node.at)) is not None:
            yield parent
            node = parent

    def statement(self, node: ir.Node) -> ir.Stmt | None:
        """The innermost statement that a node is, or is a part of."""
        return next((part for part in (node, *self.around(node)) if isinstance(part, ir.Stmt)), None)

    def block(self, statement: ir.Stmt) -> list[ir.Stmt]:
        """The statements of the block that a statement is in."""
        around = self.parents[statement.at]
        blocks = (getattr(around, name, []) for name in ("body", "orelse", "finalbody"))
        return next(block for block in blocks if statement in block)

    def hidden(self, node: ir.Node) -> frozenset[str]:
        """The names that the functions around bind, which no import stands for there."""
        return frozenset[str]().union(*(f.locals for f in self.around(node) if isinstance(f, ir.FunctionDef)))

    def dotted(self, node: ir.Expr) -> str | None:
        """What a name is by the imports: "torch.nn.functional.softmax"; None where they do not say."""
        return dotted(node, self.names, self.hidden(node))

    def spelled(self, meant: str, at: ir.Node) -> str | None:
        """How a dotted name may be written at a node, the shortest way; None where no import leads to it."""
        return spelled(meant, self.names, self.hidden(at))

    def start(self, node: ir.Node) -> Spot:
        span = self.span(node)
        return Spot(span.line, span.column)

    def end(self, node: ir.Node) -> Spot:
        span = self.span(node)
        return Spot(span.end_line, span.end_column)

    def text(self, start: Spot, end: Spot) -> str:
        """What stands between two spots."""
        lines = self.lines[start.line - 1 : end.line]
        lines[-1] = lines[-1][: end.column - 1]
        lines[0] = lines[0][start.column - 1 :]
        return "\n".join(lines)

    def source(self, node: ir.Node) -> str:
        """What a node is written as, less parentheses around it."""
        return self.text(self.start(node), self.end(node))

    def edit(self, start: Spot, end: Spot, text: str) -> Edit:
        """This text in place of what stands between two spots."""
        return Edit(Place(self.path, *start, *end), text)

    def replaced(self, node: ir.Node, text: str) -> Edit:
        return self.edit(self.start(node), self.end(node), text)

    def inserted(self, at: Spot, text: str) -> Edit:
        return self.edit(at, at, text)


def parts(node: ir.Node) -> Iterator[ir.Node]:
    """The nodes that a node has as its fields, in their order."""
    kind: Any = type(node)
    for name in _names(kind):
        value = getattr(node, name)
        if isinstance(value, ir.Node):
            yield value
        elif type(value) is list:
            yield from (part for part in value if isinstance(part, ir.Node))


def below(node: ir.Node) -> Iterator[ir.Node]:
    """A node and all its parts, and theirs."""
    pending = [node]
    while pending:
        yield (one := pending.pop())
        pending += parts(one)


@functools.cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(name for name in fields_of(kind) if name != "at")


def _indexed(tree: ir.Module) -> tuple[dict[int, ir.Node], dict[int, ir.Node]]:
    """Every node by its ordinal, and what it is a part of."""
    nodes: dict[int, ir.Node] = {}
    parents: dict[int, ir.Node] = {}
    pending: list[ir.Node] = [tree]
    while pending:
        node = pending.pop()
        nodes[node.at] = node
        if not isinstance(node, ir.JoinedStr):  # in an f-string nothing is changed, and ordinals are shared there
            inner = list(parts(node))
            parents.update((part.at, node) for part in inner)
            pending += inner
    return nodes, parents
