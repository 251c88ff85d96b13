"""What the walk from ast to the IR carries along: ordinals, mentions, the scope it is in, and the source."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from dllint.plain import field, node
from dllint.program.source import Span
from dllint.program.walk import Names


@node
class Walk:
    """State of one walk. The ordinal of a node is its index in `seen`: a Text or Token where ast has no node."""

    data: bytes
    starts: list[int]  # of each line, in bytes
    exact: bool  # whether every node of ast is to have its true place
    seen: list[Any] = field(default_factory=list)
    mentions: set[str] = field(default_factory=set)
    names: Names = field(default_factory=Names)

    def offset(self, node: Any) -> int:
        """Where a node of ast begins, in bytes."""
        start: int = self.starts[node.lineno - 1] + node.col_offset
        return start

    def end(self, node: Any) -> int:
        """Where a node of ast ends, in bytes."""
        end: int = self.starts[node.end_lineno - 1] + node.end_col_offset
        return end

    def span(self, start: int, end: int) -> Span:
        """From bytes to lines and columns."""
        return Span(*self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, len(self.data[self.starts[line - 1] : offset].decode()) + 1
