"""Markdown of claims: a heading, small programs under it, and what infer knows of the values they reveal.

A fenced Python block is a file, named by its first line (`# file: net.py`; else it is `main.py`); all blocks under
one heading are one project. In it `reveal(value)` and `reveal_mode(module)` do nothing, and the comment behind each
is what infer must know there. Claims below a heading `TODO` are true of Python and not yet of infer.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from dllint.infer import conditions, modules, python
from dllint.infer.machine import Machine
from dllint.infer.run import infer
from dllint.infer.state import Args
from dllint.lives import Mode
from dllint.program.positions import places
from dllint.project import open_project
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
    Ref,
    Site,
    Tensor,
    TupleOf,
    Unknown,
    Value,
    cases,
)

HEADING = re.compile(r"(#+) (.*)")
FILE = re.compile(r"# file: (\S+)\n")
CALL = re.compile(r"\breveal(_mode)?\(")
NEVER = "never reached"
DEEPEST = 3

Say = Callable[[Machine, Value], str]


@dataclass(frozen=True, slots=True)
class Claim:
    """A heading and the files under it, their text by name. todo: infer does not know it yet."""

    title: str
    todo: bool
    files: dict[str, str] = field(default_factory=dict)


def claims(markdown: str) -> Iterator[Claim]:
    """The headings of a page that have files under them."""
    claim = Claim("", False)
    todo = 0  # depth of the heading TODO that we are below
    lines = iter(markdown.splitlines(keepends=True))
    for line in lines:
        if heading := HEADING.match(line):
            if claim.files:
                yield claim
            depth = len(heading[1])
            todo = depth if heading[2] == "TODO" else todo if 0 < todo < depth else 0
            claim = Claim(heading[2], bool(todo))
        elif line.startswith("```python"):
            _add(claim, "".join(iter(lambda: next(lines), "```\n")))
    if claim.files:
        yield claim


def _add(claim: Claim, block: str) -> None:
    """Put a file to a claim."""
    named = FILE.match(block)
    name = named[1] if named else "main.py"
    if name in claim.files:
        raise ValueError(f"{claim.title}: two files are called {name}")
    claim.files[name] = block


def expected(files: dict[str, str]) -> list[str]:
    """What the comments of a claim say: "main.py:3 probabilities". ValueError for a call that says nothing."""
    found = []
    for name, text in files.items():
        comments = dict(_comments(text))
        for number, line in enumerate(text.splitlines(), start=1):
            if not CALL.search(line):
                continue
            if number not in comments:
                raise ValueError(f"{name}:{number} reveals something and does not say what")
            found.append(f"{name}:{number} {comments[number]}")
    return sorted(found)


def _comments(text: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string.removeprefix("# ")


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
    """While this lasts, `reveal` and `reveal_mode` are names of Python's own that write down what they are given."""

    def noting(say: Say) -> Callable[[Machine, Args, Site], Value]:
        def run(m: Machine, args: Args, site: Site) -> Value:
            given = args.get(0)
            assert given is not None
            facts = seen.setdefault(site, [])
            if (fact := say(m, given)) not in facts:
                facts.append(fact)
            return given

        return run

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(python, "BUILTINS", python.BUILTINS | {"reveal", "reveal_mode"})
        patch.setitem(python.TABLE, "builtins.reveal", noting(fact_of))
        patch.setitem(python.TABLE, "builtins.reveal_mode", noting(mode_of))
        yield


# ---------------------------------------------------------------- facts in words


def fact_of(m: Machine, value: Value) -> str:
    """A value in words: each alternative that the path allows, under its conditions."""
    return _alternatives(m, conditions.pruned(m, value), lambda atom: _atom(m, atom, 0))


def mode_of(m: Machine, value: Value) -> str:
    """The mode of a module: train, eval, or unknown and why."""
    assert type(value) is Ref
    return _alternatives(m, conditions.pruned(m, modules.mode(m, value.id)), _mode)


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
