"""What the walk from libcst to the IR carries along: ordinals, mentions, and the scope it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.plain import field, node
from dllint.program import ir

if TYPE_CHECKING:
    import libcst as cst


@node
class Names:
    """What one function scope does to names, gathered while its body is walked."""

    bound: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)  # declared global or nonlocal
    yields: bool = False


@node
class Walk:
    """State of one walk. The ordinal of a node is its index in `seen`."""

    seen: list[cst.CSTNode] = field(default_factory=list)
    mentions: set[str] = field(default_factory=set)
    names: Names = field(default_factory=Names)

    def ordinal(self, node: cst.CSTNode) -> int:
        """The next ordinal, given to `node`."""
        self.seen.append(node)
        return len(self.seen) - 1


def bind(target: ir.Expr | None, names: Names) -> None:
    """Note the names that an assignment to `target` binds."""
    match target:
        case ir.Name():
            names.bound.add(target.id)
        case ir.Tuple() | ir.List():
            for part in target.elts:
                bind(part, names)
        case ir.Starred():
            bind(target.value, names)
