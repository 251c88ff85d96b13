"""Imports: files of the project are run, everything else is a name of a library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dllint.infer import assign, fits
from dllint.infer.state import Activation
from dllint.program import ir
from dllint.program.source import NotParsed
from dllint.values.value import ALWAYS, Const, Items, Library, ProjectModule, Ref, Site, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

MOST_STEPS_A_FILE = 30_000
"""Expressions the top level of an imported file may evaluate, apart from what its importer may."""


def run_import(m: Machine, node: ir.Import) -> bool:
    """`import a.b as c` binds the module; without `as` the first name, from which the rest is reached."""
    importer = m.files[m.here.file]
    for alias in node.names:
        found = m.project.resolve(importer, alias.name, 0)
        if found is not None:
            load(m, found)
        if alias.asname is not None:
            assign.assign_name(m, alias.asname, module(m, alias.name, found))
            continue
        first = alias.name.split(".", 1)[0]
        root = m.project.resolve(importer, first, 0)
        if root is not None:
            load(m, root)
        assign.assign_name(m, first, module(m, first, root))
    return True


def run_import_from(m: Machine, node: ir.ImportFrom) -> bool:
    importer = m.files[m.here.file]
    name = node.module or ""
    found = m.project.resolve(importer, name, node.level)
    if found is None and node.level:
        for alias in node.names:
            _bind_unknown(m, alias, f"{'.' * node.level}{name} is not in the project")
        return True
    for alias in node.names:
        if alias.name == "*":
            _import_all(m, name, found)
            continue
        assign.assign_name(m, alias.asname or alias.name, _from(m, importer, node, found, alias.name))
    return True


def _bind_unknown(m: Machine, alias: ir.Alias, why: str) -> None:
    if alias.name != "*":
        assign.assign_name(m, alias.asname or alias.name, Unknown(why, ("name", m.here.file, alias.name)))


def _from(m: Machine, importer: Path, node: ir.ImportFrom, found: Path | None, name: str) -> Value:
    """`from module import name`: a name of it, or a module below it."""
    if found is None:
        return Library(f"{node.module}.{name}")
    load(m, found)
    value = member(m, ProjectModule(str(found)), name)
    if type(value) is not Unknown:
        return value
    dotted = f"{node.module}.{name}" if node.module else name
    below = m.project.resolve(importer, dotted, node.level)
    if below is None or below == found:
        return value
    load(m, below)
    return ProjectModule(str(below))


def module(m: Machine, name: str, found: Path | None) -> Value:
    """The value of a module."""
    return ProjectModule(str(found)) if found is not None else Library(name)


def _import_all(m: Machine, name: str, found: Path | None) -> None:
    """`from module import *`."""
    if found is None:
        _import_all_of_library(m, name)
        return
    load(m, found)
    frame = m.modules.get((found, False))
    if frame is None:
        m.store.set((m.here.frames[-1], "*"), Unknown(f"{found.name} could not be read"))
        return
    public = m.store.get((frame, "__all__"))
    names: list[str] = list(m.names(frame))
    listed = m.store.get((public.id, "[]")) if type(public) is Ref else None
    if type(listed) is Items:
        wanted = [str(v.value) for v in listed.values if type(v) is Const]
        names = [n for n in names if n in wanted] or names
    else:
        names = [n for n in names if not n.startswith("_")]
    for each in names:
        value = m.store.get((frame, each))
        if value is not None:
            assign.assign_name(m, each, value)


def _import_all_of_library(m: Machine, name: str) -> None:
    from dllint import api

    for each in api.public_names(name):
        assign.assign_name(m, each, Library(f"{name}.{each}"))


def member(m: Machine, owner: ProjectModule, name: str) -> Value:
    """module.name: a global of its file, or a module in its folder."""
    path = m.project.path(owner.path)
    frame = m.modules.get((path, False))
    if frame is not None and name == "__dict__":
        return globals_of(m, frame)
    if frame is not None:
        value = m.store.get((frame, name))
        if value is not None:
            return value
        getter = m.store.get((frame, "__getattr__"))
        if getter is not None:
            return Unknown(f"{path.stem}.{name} is made on demand")
    below = m.project.below(path, name)
    if below is not None:
        load(m, below)
        return ProjectModule(str(below))
    return Unknown(f"{path.stem} has no {name} that could be read", ("attr", ("module", owner.path), name))


def globals_of(m: Machine, frame: int) -> Value:
    """module.__dict__, globals(): its names as a dict."""
    from dllint.infer import containers

    pairs = [(Const(name), value) for name in m.names(frame) if (value := m.store.get((frame, name))) is not None]
    return containers.new_dict(m, pairs, m.here.site)


def load(m: Machine, path: Path, most: int = MOST_STEPS_A_FILE) -> None:
    """Run the top level of a file of the project, once, as an import does; its packages first. most: steps it may take.

    It happens outside the branch that imports: what it defines stays.
    """
    if (path, False) in m.modules or path.is_dir():
        return
    with m.budget(min(most, m.allowance())) as kept:
        run_file(m, path, "")
    if not kept.whole:
        m.cut(path)


def run_file(m: Machine, path: Path, name: str) -> None:
    """Run the top level of a file. name: "__main__" when it runs as a script."""
    script = name == "__main__"
    frame = m.new_id()
    m.modules[path, script] = frame
    try:
        tree = m.parsed(path)
    except NotParsed:
        return
    number = m.number(path)
    m.prepares = m.prepares or not fits.MENTIONS.isdisjoint(tree.mentions)
    site = Site(number, tree.at)
    assumed, m.assumed = m.assumed, ALWAYS
    trail, logs, loops_later, inside, passes = m.store.trail, m.store.logs, m.loops_later, m.inside, m.passes
    m.store.trail, m.store.logs, m.loops_later, m.inside, m.passes = [], [], 0, 0, ()
    m.store.set((frame, "__name__"), Const(name or path.stem))
    m.store.set((frame, "__file__"), Unknown("the path of the file"))
    here = Activation(frame, number, site, (frame,), None, m.store.mark(), path.stem, node=tree, kept=True)
    stack = m.stack
    m.stack = [here]
    try:
        m.block(tree.body)
    finally:
        m.store.unassume()
        m.stack, m.assumed = stack, assumed
        m.store.trail, m.store.logs, m.loops_later, m.inside, m.passes = trail, logs, loops_later, inside, passes
