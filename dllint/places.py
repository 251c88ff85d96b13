"""From sites to lines: the only step that reads a file again, for the files that have something to say."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from dllint import located
from dllint.findings import NotChecked, Place
from dllint.infer.run import Witness
from dllint.program import ir
from dllint.program.positions import Finder, Span, finder, source_text
from dllint.program.text import decode
from dllint.project import Suppressions
from dllint.values.value import Site

if TYPE_CHECKING:
    from dllint.program.notebook import Notebook


class Places:
    """Where sites stand, looked up file by file."""

    def __init__(self, witness: Witness) -> None:
        self.machine = witness.machine
        self.spans: dict[Site, Span] = {}
        self.finders: dict[int, Finder] = {}  # by file: each is read once more, however often it is asked
        self.comments: dict[str, Suppressions] = {}
        self.scopes: dict[int, list[tuple[int, int, str]]] = {}

    def want(self, sites: Iterable[Site]) -> None:
        """Look up all of these."""
        by_file: dict[int, set[int]] = {}
        for site in sites:
            if site not in self.spans:
                by_file.setdefault(site.file, set()).add(site.at)
        for file, wanted in by_file.items():
            if file not in self.finders:
                self.finders[file] = finder(self.program(file))
            for at, span in self.finders[file](wanted).items():
                self.spans[Site(file, at)] = span

    def span(self, site: Site) -> Span:
        if site not in self.spans:
            self.want((site,))
        return self.spans[site]

    def place(self, site: Site) -> Place:
        span = self.span(site)
        return Place(self.name(site.file), span.line, span.column, span.end_line, span.end_column)

    def note(self, site: Site, why: str) -> NotChecked:
        """That something there was not checked."""
        place = located.place(self.place(site), self.notebook)
        return NotChecked(place.path, place.line, why, place.cell)

    def name(self, file: int) -> str:
        return self.machine.project.name(self.machine.files[file])

    def text(self, site: Site) -> str:
        """The source of the expression there."""
        return source_text(self.program(site.file), self.spans[site])

    def scope(self, site: Site) -> str:
        """The dotted name of the function or class a site is in."""
        inside = ""
        for first, last, name in self._scopes(site.file):
            if first <= site.at < last:
                inside = name
        return inside

    def suppressions(self, name: str) -> Suppressions:
        """The suppressions of a file, by its reported name."""
        found = self.comments.get(name)
        if found is None:
            found = self.comments[name] = Suppressions.of(decode(self._program(self.paths[name])))
        return found

    @functools.cached_property
    def paths(self) -> dict[str, Path]:
        """The files that were run, by their reported names."""
        return {self.machine.project.name(path): path for path in self.machine.files}

    def tree(self, file: int) -> ir.Module | None:
        """The program of a file, by its number; None where it has none."""
        tree = self.machine.trees.get(self.machine.files[file])
        return tree if isinstance(tree, ir.Module) else None

    def _scopes(self, file: int) -> list[tuple[int, int, str]]:
        """Every function and class of a file: its ordinals from, up to, and its dotted name; outer ones first."""
        found = self.scopes.get(file)
        if found is None:
            found = self.scopes[file] = []
            if (tree := self.tree(file)) is not None:
                _scopes(tree.body, "", 1 << 60, found)
        return found

    def program(self, file: int) -> bytes | str:
        """The program of a file as text, by its number."""
        return self._program(self.machine.files[file])

    def notebook(self, name: str) -> Notebook | None:
        """The notebook of a reported path; None for any other file."""
        path = self.paths.get(name)
        return self.machine.project.source(path).notebook if path else None

    def _program(self, path: Path) -> bytes | str:
        return self.machine.project.source(path).program


def _scopes(body: list[ir.Stmt], outer: str, end: int, found: list[tuple[int, int, str]]) -> None:
    for index, statement in enumerate(body):
        after = body[index + 1].at if index + 1 < len(body) else end
        if isinstance(statement, (ir.FunctionDef, ir.ClassDef)):
            name = f"{outer}.{statement.name}" if outer else statement.name
            found.append((statement.at, after, name))
            _scopes(statement.body, name, after, found)
            continue
        for block in ("body", "orelse", "finalbody"):
            _scopes(getattr(statement, block, []), outer, after, found)
