"""Spans of libcst's nodes: generate the code once, and note where the wanted nodes begin and end in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import accumulate
from types import TracebackType

import libcst as cst
from libcst._nodes.internal import CodegenState

from dllint.program.lower import module
from dllint.program.parse import parsed
from dllint.program.source import Span
from dllint.program.walk import Walk


def recorded(text: str, wanted: Collection[int]) -> dict[int, Span]:
    """The span of each wanted ordinal of the libcst walk. NotParsed, or KeyError for an ordinal it never gave."""
    return parsed(text, lambda tree: _places(text, tree, wanted))


def _places(text: str, tree: cst.Module, wanted: Collection[int]) -> dict[int, Span]:
    walk = Walk()
    module(tree, walk)
    if unknown := [at for at in wanted if not 0 <= at < len(walk.seen)]:
        raise KeyError(f"no node {unknown[0]} in this text")
    state = _Recorder(tree.default_indent, tree.default_newline)
    for at in wanted:
        state.want(walk.seen[at])
    tree._codegen(state)
    lines = _Lines("".join(state.tokens), text)
    return {at: lines.span(*state.offsets(walk.seen[at])) for at in wanted}


@dataclass(slots=True)
class _Recorder(CodegenState):
    """Collects generated code, and the offsets where the wanted nodes begin and end in it."""

    offset: int = 0
    syntactic: dict[int, tuple[int, int]] = field(default_factory=dict)  # id of node: its text, less parentheses
    whole: dict[int, tuple[int, int]] = field(default_factory=dict)  # id of node: all that it writes
    wanted: set[int] = field(default_factory=set)

    def want(self, node: cst.CSTNode) -> None:
        """Record `node`, and the parentheses that count as its own."""
        self.wanted.add(id(node))
        if isinstance(node, cst.Tuple | cst.GeneratorExp) and node.lpar:
            self.wanted |= {id(node.lpar[-1]), id(node.rpar[0])}

    def offsets(self, node: cst.CSTNode) -> tuple[int, int]:
        """Where a wanted node begins and ends."""
        if isinstance(node, cst.Tuple | cst.GeneratorExp) and node.lpar:
            return self.whole[id(node.lpar[-1])][0], self.whole[id(node.rpar[0])][1]
        return self.syntactic.get(id(node)) or self.whole[id(node)]

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        self.offset += len(value)

    def add_indent_tokens(self) -> None:
        self.tokens.extend(self.indent_tokens)
        self.offset += sum(map(len, self.indent_tokens))

    def before_codegen(self, node: cst.CSTNode) -> None:
        if id(node) in self.wanted:
            self.whole[id(node)] = self.offset, self.offset

    def after_codegen(self, node: cst.CSTNode) -> None:
        if id(node) in self.wanted:
            self.whole[id(node)] = self.whole[id(node)][0], self.offset

    # A context manager in libcst too; most nodes are not wanted, so most share one that does nothing.
    def record_syntactic_position(  # type: ignore[override]
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> AbstractContextManager[None]:
        if id(node) not in self.wanted:
            return _NOTHING
        self.wanted |= {id(edge) for edge in (start_node, end_node) if edge is not None}
        return _Recording(self, node, start_node, end_node)


@dataclass(slots=True)
class _Recording:
    """Notes where a node's text begins and ends, or where those of its parts that mark its edges do."""

    state: _Recorder
    node: cst.CSTNode
    start_node: cst.CSTNode | None
    end_node: cst.CSTNode | None
    start: int = 0

    def __enter__(self) -> None:
        self.start = self.state.offset

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        start = self.start if self.start_node is None else self.state.offsets(self.start_node)[0]
        end = self.state.offset if self.end_node is None else self.state.offsets(self.end_node)[1]
        self.state.syntactic[id(self.node)] = start, end


_NOTHING = nullcontext()


class _Lines:
    """From offsets in generated code to lines and columns of the text it was parsed from."""

    def __init__(self, generated: str, text: str) -> None:
        lines = generated.split("\n")
        self.generated = generated
        self.starts = [0, *accumulate(len(line) + 1 for line in lines)]
        # libcst drops a form feed before a statement, and nothing else: such lines are shorter than they were.
        self.dropped = {
            number: len(line) - len(mine)
            for number, (mine, line) in enumerate(zip(lines, text.split("\n"), strict=False))
            if "\f" in line
        }

    def span(self, start: int, end: int) -> Span:
        """White space at the end is left out: libcst counts what follows the colon of a slice as part of it."""
        return Span(*self._place(start), *self._place(start + len(self.generated[start:end].rstrip())))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset) - 1
        return line + 1, offset - self.starts[line] + self.dropped.get(line, 0) + 1
