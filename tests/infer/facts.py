"""What infer knows of the values that a program reveals, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fact_pages import expected

from dllint.infer import conditions, dtypes, modules, python, shapes
from dllint.infer.machine import Machine
from dllint.infer.run import infer
from dllint.infer.state import Args
from dllint.lives import Mode
from dllint.plain import replace
from dllint.program.positions import places
from dllint.project import open_project
from dllint.values import ranges
from dllint.values.kind import Kind
from dllint.values.value import (
    Atom,
    Bound,
    Case,
    Const,
    Entries,
    Function,
    Gradient,
    Items,
    Library,
    Many,
    Method,
    Parameters,
    Partial,
    ProjectModule,
    Record,
    Ref,
    Site,
    Tensor,
    TupleOf,
    Unknown,
    Value,
    cases,
)

NEVER = "never reached"
DEEPEST = 3

Say = Callable[[Machine, Value], str]


def inferred(files: dict[str, str], root: Path) -> list[str]:
    """What infer says at each place that reveals something, in the form of `expected`.

    Run several times (in a loop, by several callers) it says each new fact, after "then".
    """
    seen: dict[Site, list[str]] = {}
    with revealing(seen):
        machine = _run(files, root)
    found = []
    for number, path in enumerate(machine.files):
        sites = {site.at: facts for site, facts in seen.items() if site.file == number}
        for at, span in places(path.read_bytes(), sites).items():
            found.append(f"{path.relative_to(root.resolve()).as_posix()}:{span.line} {' then '.join(sites[at])}")
    reached = {line.partition(" ")[0] for line in found}
    silent = {line.partition(" ")[0] for line in expected(files)} - reached
    return sorted([*found, *(f"{place} {NEVER}" for place in silent)])


def _run(files: dict[str, str], root: Path) -> Machine:
    """Infer's machine after a run over these files, every one of them a root."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    project = open_project(["."], cwd=root)
    witness = infer(replace(project, roots=project.asked))
    assert witness.faults == []
    assert witness.not_parsed == []
    return witness.machine


@contextmanager
def revealing(seen: dict[Site, list[str]]) -> Iterator[None]:
    """While this lasts, `reveal` and its kin are names of Python's own that write down what they are given."""

    def noting(say: Say) -> Callable[[Machine, Args, Site], Value]:
        def run(m: Machine, args: Args, site: Site) -> Value:
            given = args.get(0)
            assert given is not None
            facts = seen.setdefault(site, [])
            logs, m.store.logs = m.store.logs, []  # looking is not reading: summaries must not depend on it
            if (fact := say(m, given)) not in facts:
                facts.append(fact)
            m.store.logs = logs
            return given

        return run

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(python, "BUILTINS", python.BUILTINS | SAYS.keys())
        for name, say in SAYS.items():
            patch.setitem(python.TABLE, f"builtins.{name}", noting(say))
        yield


# ---------------------------------------------------------------- facts in words


def fact_of(m: Machine, value: Value) -> str:
    """A value in words: each alternative that the path allows, under its conditions."""
    return _alternatives(m, conditions.pruned(m, value), lambda atom: _atom(m, atom, 0))


def mode_of(m: Machine, value: Value) -> str:
    """The mode of a module: train, eval, or unknown and why."""
    assert type(value) is Ref
    return _alternatives(m, conditions.pruned(m, modules.mode(m, value.id)), _mode)


def grad_of(m: Machine, value: Value) -> str:
    """Whether autograd follows a tensor."""
    return _alternatives(m, conditions.pruned(m, value), _grad)


def shape_of(m: Machine, value: Value) -> str:
    """The shape of a tensor."""
    return str(shapes.of(m, value))


def range_of(m: Machine, value: Value) -> str:
    """Which numbers a tensor may hold."""
    assert type(value) is Tensor
    low, high = ranges.span(value.term)
    return f"{low:g} to {high:g}"


def dtype_of(m: Machine, value: Value) -> str:
    """The type of a tensor's numbers."""
    return dtypes.of(conditions.pruned(m, value)) or "nobody knows"


SAYS: dict[str, Say] = {
    "reveal": fact_of,
    "reveal_mode": mode_of,
    "reveal_grad": grad_of,
    "reveal_shape": shape_of,
    "reveal_range": range_of,
    "reveal_dtype": dtype_of,
}


def _grad(atom: Atom) -> str:
    assert isinstance(atom, Tensor)
    return "tracked" if atom.tracked else "not tracked"


def _mode(atom: Atom) -> str:
    match atom:
        case Mode(train=train):
            return "train" if train else "eval"
        case Unknown(why=why):
            return f"unknown: {why}"
        case _:
            raise AssertionError(f"{atom} is no mode")


def _alternatives(m: Machine, value: Value, say: Callable[[Atom], str]) -> str:
    return " | ".join(sorted({_guarded(m, case, say) for case in cases(value)}))


def _guarded(m: Machine, case: Case, say: Callable[[Atom], str]) -> str:
    words = sorted(conditions.said(m, flag if truth else ("not", flag)) for flag, truth in case.guards)
    return f"{say(case.atom)} when {' and '.join(words)}" if words else say(case.atom)


def _atom(m: Machine, atom: Atom, depth: int) -> str:
    def inner(value: Value) -> str:
        return _alternatives(m, value, lambda one: _atom(m, one, depth + 1))

    match atom:
        case Const(value=value):
            return repr(value)
        case Tensor(kind=Kind.UNKNOWN, why=why):
            return f"a tensor: {why}"
        case Tensor(kind=kind):
            return kind.value
        case Unknown(why=why):
            return f"unknown: {why}"
        case Record(items=items, names=names):
            return f"({', '.join(f'{name}={inner(item)}' for name, item in zip(names, items, strict=True))})"
        case TupleOf(items=items):
            return f"({', '.join(map(inner, items))})"
        case Many(item=item):
            return f"any number of {inner(item)}"
        case Function(name=name):
            return f"function {name}"
        case Bound(function=function, self=receiver):
            return f"{inner(function)} of {inner(receiver)}"
        case Partial(function=function):
            return f"partial of {inner(function)}"
        case Library(name=name):
            return name
        case Method(self=receiver, name=name):
            return f"{name} of {inner(receiver)}"
        case ProjectModule(path=path):
            return f"module {Path(path).stem}"
        case Parameters():
            return "parameters"
        case Gradient():
            return "a gradient"
        case Ref(id=number):
            return _object(m, number, inner) if depth < DEEPEST else "…"
        case _:
            return type(atom).__name__


def _object(m: Machine, number: int, inner: Callable[[Value], str]) -> str:
    thing = m.heap[number]
    items, entries = m.store.get((number, "[]")), m.store.get((number, "{}"))
    if thing.sort in ("list", "set") and type(items) is Items:
        more = ["…"] if items.open else []
        return f"[{', '.join([*map(inner, items.values), *more])}]"
    if thing.sort == "dict" and type(entries) is Entries:
        more = ["…"] if entries.open else []
        return f"{{{', '.join([*(f'{inner(k)}: {inner(v)}' for k, v in entries.pairs), *more])}}}"
    return f"class {thing.name}" if thing.sort == "class" else thing.name or "an object"
