"""What infer says of a program that torch ran, and where it is wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from dllint.events import Mismatch
from dllint.findings import Confidence
from dllint.infer.machine import Machine
from dllint.infer.run import infer
from dllint.plain import replace
from dllint.project import open_project
from dllint.values.kind import Kind
from dllint.values.term import Operand, Term
from dllint.values.value import Const, Entries, Items, Many, Ref, Tensor, TupleOf, Unknown, Value, atoms
from tests.oracle.claims import CLAIMS, Told
from tests.oracle.programs import Program


@dataclass(frozen=True, slots=True)
class Inferred:
    """The machine after a run, what it knows of each name, which real tensor each term stands for, and what raises."""

    machine: Machine
    found: Mapping[str, Value]
    tensors: Mapping[Term, torch.Tensor]
    raises: Sequence[str]

    def operand(self, part: Operand) -> torch.Tensor | None:
        return self.tensors.get(part) if isinstance(part, Term) and part.of else None


def inferred(program: Program) -> Inferred:
    """What infer says of each name of a program when it ends."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder).resolve() / "main.py"
        path.write_text(program.source + "\nprint()  # a script: it does something of its own\n")
        project = open_project(["main.py"], cwd=path.parent)
        witness = infer(replace(project, roots=project.asked))
    assert witness.faults == []
    m = witness.machine
    frame = m.modules[path, False]
    found = {name: m.store.get((frame, name)) for name in program.values}
    missing = [name for name, value in found.items() if value is None]
    assert missing == []
    values: dict[str, Value] = found  # type: ignore[assignment]
    raises = [
        f"{e.callee}: {e.text}"
        for e in witness.record.events
        if isinstance(e, Mismatch) and e.confidence is Confidence.CERTAIN
    ]
    return Inferred(m, values, dict(_terms(values, program.values)), raises)


def _terms(found: Mapping[str, Value], values: Mapping[str, Any]) -> Iterator[tuple[Term, torch.Tensor]]:
    for name, value in found.items():
        if isinstance(value, Tensor) and isinstance(values[name], torch.Tensor):
            yield value.term, values[name]


def contradictions(program: Program, known: Inferred) -> Iterator[str]:
    """Where what infer says is not so. That sizes cannot meet never is: torch ran the program."""
    for what in known.raises:
        yield f"{program.source}\ninfer says that torch raises at {what}"
    for name, value in known.found.items():
        for what in _wrong(known, value, program.values[name]):
            yield f"{program.source}\ninfer says {name} is {what}"


def _wrong(known: Inferred, value: Value, real: Any) -> Iterator[str]:
    """Where what infer says of a value is not so. An alternative that holds is enough."""
    told = [list(_atom(known, atom, real)) for atom in atoms(value)]
    if all(told):
        yield from told[0]


def _atom(known: Inferred, atom: Value, real: Any) -> Iterator[str]:
    match atom:
        case Tensor():
            real = torch.from_numpy(real) if isinstance(real, np.ndarray) else real
            if not isinstance(real, torch.Tensor):
                yield f"{atom.kind.value}, and is {real!r}"
            else:
                told = Told(atom, real, known.operand, list(known.tensors.values()))
                yield from (what for claim in CLAIMS for what in claim(told))
        case Const(value=value):
            if type(value) is not type(real) or value != real:
                yield f"{value!r}, and is {real!r}"
        case TupleOf(items=items):
            yield from _items(known, items, real, tuple)
        case Many(item=item):
            for one in real:
                yield from _wrong(known, item, one)
        case Ref(id=number):
            yield from _object(known, number, real)


def _object(known: Inferred, number: int, real: Any) -> Iterator[str]:
    store = known.machine.store
    items, entries = store.get((number, "[]")), store.get((number, "{}"))
    if isinstance(items, Items) and not items.open:
        yield from _items(known, items.values, real, list)
    if isinstance(entries, Entries) and not isinstance(real, dict):
        yield f"a dict, and is {real!r}"


def _items(known: Inferred, items: tuple[Value, ...], real: Any, sort: type) -> Iterator[str]:
    if not isinstance(real, sort) or len(real) != len(items):
        yield f"a {sort.__name__} of {len(items)}, and is {real!r}"
        return
    for item, one in zip(items, real, strict=True):
        yield from _wrong(known, item, one)


def is_known(value: Value) -> bool:
    """Whether every alternative of a value is something that a rule could judge."""
    return all(
        isinstance(a, Const | TupleOf | Ref) or (isinstance(a, Tensor) and a.kind is not Kind.UNKNOWN)
        for a in atoms(value)
    )


Shares = dict[str, Callable[[Value], bool]]


def is_sized(value: Value) -> bool | None:
    """Whether every size of a tensor, or of all that it may be, is known; None for what is no tensor."""
    tensors = [a for a in atoms(value) if isinstance(a, Tensor)]
    return all(a.shape.known for a in tensors) if tensors else False if isinstance(value, Unknown) else None


SHARES: dict[str, Callable[[Value], bool | None]] = {"kinds": is_known, "shapes": is_sized}
"""What must be known often enough, not only be so. None: the question does not arise."""
