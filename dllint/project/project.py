"""A project opened for a run: what was asked for, what the engine must read, and where imports lead."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from dllint.findings import NotChecked
from dllint.plain import field, plain, replace
from dllint.program.source import NOTEBOOK, NotParsed, Source
from dllint.project.discovery import Found, discover, excluder, real, shown
from dllint.project.imports import Import, ImportReader, by_line, names_framework, path_entries
from dllint.project.modules import Modules, folders_of, modules_of, names_in
from dllint.project.root import outermost, root_of
from dllint.project.versions import Targets

LARGEST = 2_000_000
"""Bytes. A larger file is data or generated, and is not read."""

LARGEST_NOTEBOOK = 30_000_000
"""Bytes. Most of a notebook are the pictures that it printed."""

NOTHING: Mapping[str, bytes] = {}
"""No file is given: each is read where it stands."""

NO_VERSIONS: Mapping[str, str] = {}
"""Nobody says which versions the project is for, but perhaps its files."""


@plain
class Project:
    """What PATHS mean. Paths are absolute, links resolved, in posix order.

    asked: what is reported. roots: what the engine runs: the asked files, and those that import them, as far as they
    name a deep learning framework or reach one. skipped: asked, and neither naming nor reaching one. versions: of the
    libraries that it is for.
    """

    root: Path
    cwd: Path
    asked: tuple[Path, ...]
    roots: tuple[Path, ...]
    skipped: tuple[Path, ...]
    notes: tuple[NotChecked, ...]
    modules: Modules
    imports: Mapping[str, set[str]]  # file → the project files it imports
    importers: Mapping[str, set[str]]
    versions: Targets
    _given: Mapping[Path, bytes] = field(default_factory=dict)
    _sources: dict[Path, Source] = field(default_factory=dict)
    _paths: dict[str, Path] = field(default_factory=dict)
    _below: dict[tuple[Path, str], Path | None] = field(default_factory=dict)

    def source(self, path: Path) -> Source:
        """A file and its program, read once. NotParsed, with the reason, when it cannot be read or is too large."""
        source = self._sources.get(path)
        if source is None:
            from dllint.program.opened import (
                opened,
            )  # with the parser, which a run that finds nothing to do has no use for

            content = self._given[path] if path in self._given else read(path.as_posix())
            source = self._sources[path] = opened(path, self.name(path), content)
        return source

    @property
    def size(self) -> int:
        """Bytes of all programs that the engine runs; a file that is not there counts for nothing."""
        return sum(map(self._size, self.roots))

    def _size(self, path: Path) -> int:
        if path.suffix != NOTEBOOK:
            return os.stat(path).st_size if path.is_file() else 0
        try:
            return len(self.source(path).program)
        except NotParsed:
            return 0

    def name(self, path: Path) -> str:
        """How a file is called in a report: posix, relative to the working directory when below it."""
        return shown(path.as_posix(), self.cwd.as_posix())

    def resolve(self, importer: Path, module: str, level: int = 0) -> Path | None:
        """The project file that `module` means in `importer`, or a namespace package's folder; None when not ours."""
        found = self.modules.find(importer.as_posix(), module, level)
        return None if found is None else self.path(found)

    def path(self, found: str) -> Path:
        """The one Path of a file: to make and to hash another costs more than to look it up."""
        known = self._paths.get(found)
        if known is None:
            known = self._paths[found] = Path(found)
        return known

    def below(self, package: Path, name: str) -> Path | None:
        """The module of a name in the folder of a package; None where there is none."""
        key = (package, name)
        if key not in self._below:
            self._below[key] = _below(package, name)
        return self._below[key]

    def is_imported(self, path: Path) -> bool:
        """Whether some other project file imports it: if none does, it is a script, or nobody's."""
        return path.as_posix() in self.importers

    def tied(self, paths: Iterable[Path]) -> set[Path]:
        """The files that one value may pass through together with one of these: what their importers import."""
        users = closure((path.as_posix() for path in paths), self.importers)
        return {Path(file) for file in closure(users, self.imports)}


@plain
class Facts:
    """What the bytes of one file say. unread: why it was not read, "" when it was."""

    deep: bool = False
    imports: tuple[Import, ...] = ()
    paths: tuple[str, ...] = ()
    unread: str = ""


def _below(package: Path, name: str) -> Path | None:
    folder = package if package.is_dir() else package.parent if package.name == "__init__.py" else None
    if folder is None:
        return None
    found = (folder / f"{name}.py", folder / name / "__init__.py", folder / name)
    return next((each for each in found if each.exists() and each != package), None)


def open_project(
    paths: Sequence[str],
    *,
    cwd: Path,
    exclude: Sequence[str] = (),
    force_exclude: bool = False,
    root: Path | None = None,
    given: Mapping[str, bytes] = NOTHING,
    versions: Mapping[str, str] = NO_VERSIONS,
) -> Project:
    """Find what `paths` name and the project around it, and read every file once, bytes only.

    exclude: patterns as in `.gitignore`, relative to root, or to cwd; of files named directly too, when force_exclude.
    given: some of the paths, with what to read in place of the file there, which may be missing. versions: library →
    the version that the project is for, whatever its files say. MissingPath when another path is not there.
    """
    here = real(cwd)
    excluded = excluder(exclude, real(root or cwd))
    contents = {real(os.path.join(here, path)): content for path, content in given.items()}
    if force_exclude:
        contents = {place: content for place, content in contents.items() if not excluded(place)}
    asked = discover([path for path in paths if path not in given], cwd, excluded, force=force_exclude)
    asked = replace(asked, files=tuple(sorted({*asked.files, *contents})))
    tops = outermost(root_of(folder, here) for folder in _folders(paths, here)) or (root_of(here, here),)
    whole = not exclude and tops == tuple(real(os.path.join(here, path)) for path in paths)
    around = asked if whole else discover(tops, cwd)
    files = sorted({*asked.files, *around.files})
    facts = scan(files, tops, contents)
    importable = [file for file in files if not file.endswith(NOTEBOOK)]
    modules = modules_of(importable, asked.links | around.links, tops, {file: facts[file].paths for file in files})
    targets = Targets(Path(modules.tops[0]), versions)
    return _select(asked, modules, facts, link(facts, modules), here, excluded, contents, targets)


def read(path: str) -> bytes:
    """A file's bytes. NotParsed when it cannot be read, or is larger than any that a person wrote."""
    largest = LARGEST_NOTEBOOK if path.endswith(NOTEBOOK) else LARGEST
    try:
        with open(path, "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            if size > largest:
                raise NotParsed(1, f"larger than {largest // 1_000_000} MB ({size / 1e6:.1f})")
            return file.read()
    except OSError as error:
        raise NotParsed(1, error.strerror or str(error)) from None


def scan(files: Sequence[str], tops: tuple[str, ...], contents: Mapping[str, bytes] = NOTHING) -> dict[str, Facts]:
    """The facts of every file. contents: what some of them hold, whatever stands on disk."""
    reader = ImportReader(names_in(files, folders_of(files, tops)))
    return {file: _facts(file, reader, contents.get(file)) for file in files}


def link(facts: Mapping[str, Facts], modules: Modules) -> dict[str, set[str]]:
    """File → the project files it imports, itself left out."""
    return {file: set(_targets(file, fact.imports, modules)) - {file} for file, fact in facts.items()}


def closure(start: Iterable[str], edges: Mapping[str, Iterable[str]]) -> set[str]:
    """All that can be reached along the edges, the start included."""
    seen = set(start)
    pending = list(seen)
    while pending:
        new = set(edges.get(pending.pop(), ())) - seen
        seen |= new
        pending += new
    return seen


def _folders(paths: Sequence[str], cwd: str) -> Iterable[str]:
    places = (real(os.path.join(cwd, path)) for path in paths)
    return {_folder(place) for place in places}


def _folder(place: str) -> str:
    """The place itself or the nearest above it that is a folder: a file that is given need not have one yet."""
    while not os.path.isdir(place):
        place = os.path.dirname(place)
    return place


def _facts(file: str, reader: ImportReader, content: bytes | None) -> Facts:
    try:
        content = read(file) if content is None else content
    except NotParsed as error:
        return Facts(unread=error.why)
    if not file.endswith(NOTEBOOK):
        return Facts(names_framework(content), reader.read(content), path_entries(content))
    lines = by_line(content)
    deep = names_framework(lines) and _runs_framework(content)  # prose and output name them too
    return Facts(deep, reader.read(lines), path_entries(lines))


def _runs_framework(content: bytes) -> bool:
    """Whether the cells of a notebook import one. A broken notebook may, and is told."""
    from dllint.program.notebook import python

    try:
        return names_framework(python(content).encode("utf-8", "replace"))
    except NotParsed:
        return True


def _targets(file: str, imports: Iterable[Import], modules: Modules) -> Iterable[str]:
    """The files that imports mean: the module, those of its names that are modules, or all in it."""
    for one in imports:
        place = modules.find(file, one.module, one.level)
        if place is None:
            continue
        if place in modules.files:
            yield place
        if one.every:
            yield from modules.inside(place)
        if not modules.is_package(place):
            continue
        prefix = f"{one.module}." if one.module else ""
        for name in one.names:
            found = modules.find(file, prefix + name, one.level)
            if found is not None and found in modules.files:
                yield found


def _select(
    asked: Found,
    modules: Modules,
    facts: Mapping[str, Facts],
    imports: Mapping[str, set[str]],
    cwd: str,
    excluded: Callable[[str], bool],
    contents: Mapping[str, bytes],
    versions: Targets,
) -> Project:
    """What to run and what to skip, by who imports whom."""
    importers: dict[str, set[str]] = {}
    for file, targets in imports.items():
        for target in targets:
            importers.setdefault(target, set()).add(file)
    named = set(asked.files)
    reaching = closure((file for file, fact in facts.items() if fact.deep), importers)
    wanted = named | {file for file in closure(named, importers) if not excluded(file)}
    unread = {file for file in named if facts[file].unread}
    place = functools.cache(Path)
    notes = [NotChecked(shown(file, cwd), 1, facts[file].unread) for file in sorted(unread)]
    return Project(
        root=Path(modules.tops[0]),
        cwd=Path(cwd),
        asked=tuple(map(place, sorted(named))),
        roots=tuple(map(place, sorted(wanted & reaching))),
        skipped=tuple(map(place, sorted(named - reaching - unread))),
        notes=(*asked.notes, *notes),
        modules=modules,
        imports=imports,
        importers=importers,
        versions=versions,
        _given={place(file): content for file, content in contents.items()},
    )
