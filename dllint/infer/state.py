"""What a run is made of: descriptions of objects, calls being run, loops being run, arguments of a call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from dllint.infer.store import Delta
from dllint.plain import field, node, plain
from dllint.program import ir
from dllint.values.value import Site, Value


@plain
class Thing:
    """What never changes about an object: its sort, its class, where it was made, what it was made with."""

    sort: (
        str  # "class", "instance" (of a project class), "library" (an object of a library class), "list", "dict", "set"
    )
    site: Site
    cls: Value | None = None
    bound: tuple[tuple[str, Value], ...] = ()
    node: ir.ClassDef | None = None
    bases: tuple[Value, ...] = ()
    frames: tuple[int, ...] = ()
    name: str = ""


@node
class Loop:
    """A loop being run: where its pass began, and the ways it was left."""

    mark: int
    leaving: int = 0  # how many of the activation's leaving actions are outside the loop
    continues: list[Delta] = field(default_factory=list)
    breaks: list[Delta] = field(default_factory=list)


EVERY_NAME = "*"
"""What a return of a call replaces: no name of the function is read again."""


@node
class Activation:
    """A call being run, or the top level of a file."""

    frame: int
    file: int
    site: Site
    frames: tuple[int, ...]  # where names are looked up, innermost first
    names: frozenset[str] | None  # its local names; None at the top of a file or class, where all are
    mark: int
    name: str = ""
    first: Value | None = None  # its first argument
    node: object = None
    owner: int | None = None  # the class, in a method
    self: Value | None = None
    exits: list[tuple[Delta, Value]] = field(default_factory=list)
    left: tuple[int, int] = (0, -1)  # the moment of the last of them
    yields: list[Value] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    leaving: tuple[Callable[[], object], ...] = ()  # what is undone on the way out of `with` and `try`, innermost last
    trying: int = 0  # how many `try` with handlers are around
    temporary: frozenset[str] = frozenset()  # names of comprehensions being run
    kept: bool = False  # a closure or a class holds its frame
    replaced: str = ""  # the name that the statement being run gives another value


@plain
class Args:
    """Arguments of a call. `open`: a `*args` or `**kwargs` of unknown length may give any further parameter.

    rest: what is known to be in such a `*args`, and the positional arguments after it, in order.
    """

    positional: Sequence[Value] = ()
    keywords: Mapping[str, Value] = field(default_factory=dict)
    open: bool = False
    rest: Sequence[Value] = ()

    def all(self) -> Iterable[Value]:
        yield from self.positional
        yield from self.rest
        yield from self.keywords.values()

    def changed(self, change: Callable[[Value], Value]) -> Args:
        """The arguments with each of them changed."""
        keywords = {name: change(value) for name, value in self.keywords.items()}
        return Args(tuple(map(change, self.positional)), keywords, self.open, tuple(map(change, self.rest)))

    def get(self, index: int, name: str = "") -> Value | None:
        """The argument at this position, or of this name."""
        if index < len(self.positional):
            return self.positional[index]
        return self.keywords.get(name)


class Exhausted(Exception):
    """A root took more steps than it may: the rest of it is not checked."""
