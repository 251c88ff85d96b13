"""torch is the oracle of what infer says of a value: random programs, run by both.

`DLLINT_PROGRAMS=20000 pytest tests/infer/test_torch_oracle.py` tries more of them than the 300 of a usual run.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("hypothesis")

from hypothesis import HealthCheck, given, settings  # noqa: E402
from programs import Program, programs  # noqa: E402

from dllint.infer.machine import Machine  # noqa: E402
from dllint.infer.run import infer  # noqa: E402
from dllint.project import open_project  # noqa: E402
from dllint.values.kind import Kind  # noqa: E402
from dllint.values.value import Const, Entries, Items, Many, Ref, Tensor, TupleOf, Value, atoms  # noqa: E402

PROGRAMS = int(os.environ.get("DLLINT_PROGRAMS", "300"))
LEAST_KNOWN = 0.7
SLACK = 1e-4  # rounding, and the 1e-8 that programs add before a logarithm


def within(low: float, high: float) -> Callable[[Any], bool]:
    return lambda y: bool(((y.double() >= low - SLACK) & (y.double() <= high + SLACK)).all())


def whole(y: Any) -> bool:
    return bool(((y.double() - y.double().round()).abs() <= SLACK).all())


HOLDS: dict[Kind, Callable[[Any], bool]] = {
    Kind.RAW: lambda y: y.is_floating_point(),
    Kind.PROBABILITIES: within(0, 1),
    Kind.LOG_PROBABILITIES: within(-float("inf"), 0),
    Kind.SIGMOID: within(0, 1),
    Kind.LOG_SIGMOID: within(-float("inf"), 0),
    Kind.RELU: within(0, float("inf")),
    Kind.TANH: within(-1, 1),
    Kind.ACTIVATION: lambda y: y.is_floating_point(),
    Kind.NORMALISED: within(-1, 1),
    Kind.INDEX: lambda y: whole(y) and within(0, float("inf"))(y),
    Kind.BOOLEAN: lambda y: whole(y) and within(0, 1)(y),
    Kind.DUMMY: lambda y: True,
    Kind.LOSS: lambda y: y.is_floating_point(),
}
"""Kind → what is true of every tensor of that kind and of every part or rearrangement of one.

A cast keeps a kind (`(x > 0).float()` are booleans still), so it is the numbers that are asked, not the dtype.
"""


def wrong(m: Machine, value: Value, real: Any) -> Iterator[str]:
    """Where what infer says of a value is not so. An alternative that holds is enough."""
    told = [list(_wrong(m, atom, real)) for atom in atoms(value)]
    if all(told):
        yield from told[0]


def _wrong(m: Machine, atom: Value, real: Any) -> Iterator[str]:
    match atom:
        case Tensor(kind=Kind.UNKNOWN):
            if not isinstance(real, torch.Tensor):
                yield f"a tensor, and is {real!r}"
        case Tensor(kind=kind):
            if not isinstance(real, torch.Tensor) or not HOLDS[kind](real):
                yield f"{kind.value}, and is {real!r}"
        case Const(value=value):
            if type(value) is not type(real) or value != real:
                yield f"{value!r}, and is {real!r}"
        case TupleOf(items=items):
            yield from _items(m, items, real, tuple)
        case Many(item=item):
            for one in real:
                yield from wrong(m, item, one)
        case Ref(id=number):
            yield from _object(m, number, real)


def _object(m: Machine, number: int, real: Any) -> Iterator[str]:
    items, entries = m.store.get((number, "[]")), m.store.get((number, "{}"))
    if isinstance(items, Items) and not items.open:
        yield from _items(m, items.values, real, list)
    if isinstance(entries, Entries) and not isinstance(real, dict):
        yield f"a dict, and is {real!r}"


def _items(m: Machine, items: tuple[Value, ...], real: Any, sort: type) -> Iterator[str]:
    if not isinstance(real, sort) or len(real) != len(items):
        yield f"a {sort.__name__} of {len(items)}, and is {real!r}"
        return
    for item, one in zip(items, real, strict=True):
        yield from wrong(m, item, one)


def known(value: Value) -> bool:
    """Whether every alternative of a value is something that a rule could judge."""
    return all(
        isinstance(a, Const | TupleOf | Ref) or (isinstance(a, Tensor) and a.kind is not Kind.UNKNOWN)
        for a in atoms(value)
    )


def run(program: Program, folder: str) -> tuple[Machine, dict[str, Value]]:
    """What infer says of each name of a program when it ends."""
    path = Path(folder).resolve() / "main.py"
    path.write_text(program.source + "\nprint()  # a script: it does something of its own\n")
    project = open_project(["main.py"], cwd=path.parent)
    witness = infer(replace(project, roots=project.asked))
    assert witness.faults == []
    m = witness.machine
    frame = m.modules[path, False]
    found = {name: m.store.get((frame, name)) for name in program.values}
    assert None not in found.values()
    return m, found  # type: ignore[return-value]


def test_what_infer_knows_of_a_program_is_so_when_torch_runs_it() -> None:
    count: Counter[str] = Counter()

    @settings(
        max_examples=PROGRAMS,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(programs())
    def check(program: Program) -> None:
        with tempfile.TemporaryDirectory() as folder:
            m, found = run(program, folder)
        for name, value in found.items():
            for what in wrong(m, value, program.values[name]):
                pytest.fail(f"{program.source}\ninfer says {name} is {what}")
            count["values"] += 1
            count["known"] += known(value)

    check()
    share = count["known"] / count["values"]
    print(f"{count['values']} values of {PROGRAMS} programs, {share:.1%} of them known")
    assert share >= LEAST_KNOWN
