"""Running a project: scripts first, then whatever nothing reached."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dllint.events import Record
from dllint.findings import NotChecked
from dllint.infer import (
    accumulating,
    classes,
    decisions,
    feeding,
    fillings,
    fits,
    forwards,
    gradients,
    imports,
    keeping,
    modules,
    precautions,
    rates,
    registration,
    risks,
    roles,
    samplers,
    samples,
    searches,
    targets,
    trainees,
    turns,
    unbalanced,
    unseeded,
    untried,
    unvalidated,
    worth,
)
from dllint.infer.keras import waiting
from dllint.infer.machine import Machine
from dllint.infer.memo import Summaries
from dllint.infer.state import Args
from dllint.program import ir
from dllint.program.source import NOTEBOOK, NotParsed
from dllint.project import Project
from dllint.values.value import NONE, Bound, Const, Function, Ident, Ref, Site, Unknown, Value

if TYPE_CHECKING:
    from dllint.program.notebook import Notebook

Progress = Callable[[int, int, str], None]


class Witness:
    """What infer saw of a project: the record, and the machine that places are looked up in."""

    def __init__(self, machine: Machine, faults: list[tuple[Path, str]]) -> None:
        self.machine = machine
        self.record: Record = machine.record
        self.faults = faults  # internal errors: file and what happened

    def notebook(self, path: Path) -> Notebook | None:
        """What a file is that was run and is a notebook; None for any other."""
        tree = self.machine.trees.get(path)
        return self.machine.project.source(path).notebook if isinstance(tree, ir.Module) else None

    @property
    def not_parsed(self) -> list[NotChecked]:
        return self.machine.not_parsed


def infer(project: Project, progress: Progress | None = None) -> Witness:
    """Run every root of a project on abstract values."""
    m = Machine(project, Summaries())
    faults: list[tuple[Path, str]] = []
    asked = frozenset(project.asked)
    roots = sorted(project.roots, key=lambda path: path not in asked)  # these have the most steps to take
    total = len(roots)
    for done, path in enumerate(roots):
        if progress is not None:
            progress(done, total, path.name)
        _guarded(m, faults, path, partial(_script, m, path))
    leading = worth.leading(m.trees.values())
    for path in roots:
        _guarded(m, faults, path, partial(_orphans, m, path, leading))
    forwards.settle(m)
    feeding.settle(m)
    decisions.settle(m)
    fillings.settle(m)
    keeping.settle(m)
    rates.settle(m)
    turns.settle(m)
    accumulating.settle(m)
    samplers.settle(m)
    searches.settle(m)
    unseeded.settle(m)
    unvalidated.settle(m)
    untried.settle(m)
    unbalanced.settle(m)
    registration.settle(m)
    trainees.settle(m)
    precautions.settle(m)
    risks.settle(m)
    targets.settle(m)
    samples.settle(m)
    waiting.settle(m)
    if progress is not None:
        progress(total, total, "")
    return Witness(m, faults)


def _guarded(m: Machine, faults: list[tuple[Path, str]], path: Path, run: Callable[[], None]) -> None:
    """One root: its own count of steps, and an internal error costs this root alone."""
    seen = len(m.record.subjects) + len(m.record.events)
    try:
        with m.budget(m.allowance(path)) as kept:
            run()
        m.learn(kept.whole, seen)
        if not kept.whole:
            m.cut(path)
    except Exception as error:  # an error of ours: told, and the rest goes on
        faults.append((path, f"{type(error).__name__}: {error}{_where(error)}"))
    finally:
        m.summaries.kept.clear()
        roles.settle(m)
        fits.settle(m)
        turns.forget(m)
        gradients.rest(m)
        m.reset()


def _where(error: BaseException) -> str:
    """The last place of our own in a traceback, for the report of an internal error."""
    last = error.__traceback__
    place = ""
    while last is not None:
        place = f" ({Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno})"
        last = last.tb_next
    return place


def _script(m: Machine, path: Path) -> None:
    """The top level of a file, as a script when it has a main guard, else as an import would run it."""
    try:
        tree = m.parsed(path)
    except NotParsed:
        return
    m.number(path)
    if path.suffix == NOTEBOOK or _is_script(tree):
        imports.run_file(m, path, "__main__")
    elif worth.file(tree, worth.TRIGGERS) or any(_acts(statement) for statement in tree.body):
        for package in _packages(path):
            imports.load(m, package)
        imports.load(m, path, m.limit)  # any other file is run when something imports it


def _packages(path: Path) -> list[Path]:
    """The packages that an import of a file would run before it, outermost first: they may import it in turn."""
    found: list[Path] = []
    folder = path.parent
    while (init := folder / "__init__.py").is_file() and folder != folder.parent:
        found.append(init)
        folder = folder.parent
    return [init for init in reversed(found) if init != path]


def _is_script(tree: ir.Module) -> bool:
    return any(isinstance(s, ir.If) and _main_guard(s.test) for s in tree.body)


def _acts(statement: ir.Stmt) -> bool:
    """A statement by which a file does something of its own, rather than define and register."""
    match statement:
        case ir.For() | ir.While() | ir.With() | ir.Match():
            return True
        case ir.If(body=body, orelse=orelse) | ir.Try(body=body, orelse=orelse):
            return any(map(_acts, [*body, *orelse]))
    return isinstance(statement, ir.ExprStmt) and not isinstance(statement.value, ir.Constant)


def _main_guard(test: ir.Expr) -> bool:
    return isinstance(test, ir.Compare) and isinstance(test.left, ir.Name) and test.left.id == "__name__"


def _orphans(m: Machine, path: Path, leading: frozenset[str]) -> None:
    """Functions and methods that nothing reached, with unknown arguments; then those that they define."""
    number = m.numbers.get(path)
    tree = m.trees.get(path)
    if number is None or number in m.tests or not isinstance(tree, ir.Module) or not worth.file(tree, leading):
        return
    for _ in range(4):
        mine = m.defined.get(number, {})
        around = tree.mentions
        waiting = [v for key, v in mine.items() if key not in m.entered and _waits(m, v, number, leading, around)]
        if not waiting:
            return
        for value in waiting:
            if id(value.node) not in m.entered:  # type: ignore[union-attr]
                _orphan(m, value)
            m.reset()


def _waits(m: Machine, value: Value, number: int, leading: frozenset[str], around: frozenset[str]) -> bool:
    if type(value) is not Function or value.file != number:
        return False
    bare = value.owner is not None and worth.may_leave_bare(value.node)
    worthy = worth.function(value.node, leading, around)
    return worthy or (bare and classes.derives(m, Ref(value.owner), modules.MODULE))  # type: ignore[arg-type]


def _orphan(m: Machine, value: Value) -> None:
    """Call one function as somebody unknown would."""
    assert type(value) is Function
    m.stale_before, m.ended = m.next_id, len(m.forwards)
    m.begin(value.file, Site(value.file, value.node.at))
    m.entered.add(id(value.node))
    if value.owner is None or "static" in value.traits:
        m.call(value, _left_open(value), Site(value.file, value.node.at))
        return
    receiver = _receiver(m, value)
    m.stale_before = m.next_id
    if value.name == "forward":
        m.inside = 1  # its layers are parts of a forward that somebody else calls
        m.store.set(("inside", ""), Const(True))
    m.call(Bound(value, receiver), _left_open(value), Site(value.file, value.node.at))


def _left_open(function: Function) -> Args:
    """What somebody unknown gives a function that trains: anything, where the default is None, an option."""
    if not isinstance(function.node, ir.FunctionDef) or "backward" not in function.node.mentions:
        return Args()
    unset = [name for name, default in function.defaults if default == NONE]
    idents: list[Ident] = [("param", (function.file, function.node.at), name) for name in unset]
    return Args(keywords={n: Unknown(f"nobody seen gives {n}", i) for n, i in zip(unset, idents, strict=True)})


def _receiver(m: Machine, value: Function) -> Value:
    """An object of the method's class, made with unknown arguments, once for all its methods."""
    owner = value.owner
    assert owner is not None
    if "class" in value.traits:
        return Ref(owner)
    made = m.receivers.get(owner)
    if made is None:
        made = m.call(Ref(owner), Args(open=True), Site(value.file, value.node.at))
        m.receivers[owner] = made
    return made if type(made) is Ref else Unknown("self", ("param", (value.file, owner), "self"))
