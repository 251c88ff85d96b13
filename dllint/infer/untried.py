"""Whether much is written before anything is shown to run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dllint.events import Untried, Update
from dllint.program import ir

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

COMMENT = b"#"


def settle(m: Machine) -> None:
    """At the end of a run: an Untried for each file that trains, where nothing is asserted and nothing tests."""
    if m.tests:
        return
    files: dict[int, Update] = {}
    for event in m.record.events:
        if isinstance(event, Update):
            files.setdefault(event.where.site.file, event)
    for number, event in files.items():
        path = next(path for path, other in m.numbers.items() if other == number)
        tree = m.trees.get(path)
        if isinstance(tree, ir.Module) and not any(isinstance(s, ir.Assert) for s in _statements(tree.body)):
            m.note(Untried(_lines(m.project.source(path).program), event.where))


def _lines(program: bytes | str) -> int:
    """Lines that are neither empty nor a comment."""
    content = program.encode() if isinstance(program, str) else program
    return sum(bool(line.strip()) and not line.lstrip().startswith(COMMENT) for line in content.splitlines())


def _statements(body: list[ir.Stmt]) -> Iterator[ir.Stmt]:
    for statement in body:
        yield statement
        for block in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(statement, block, []))
