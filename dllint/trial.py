"""An example of a page put to the rules: what its marks promise against what is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dllint.config import Settings
from dllint.findings import Finding, Report
from dllint.page import Example, Expected, statement_line
from dllint.rule import Rule
from dllint.run import judged


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of an example. missed: promised and not said. extra: said and not promised."""

    report: Report
    missed: tuple[Expected, ...]
    extra: tuple[Finding, ...]

    def faults(self) -> Iterator[str]:
        """What is wrong, a line each; nothing when the findings are exactly at the marks."""
        for mark in self.missed:
            yield f"{mark.rule} is promised at {mark.file}:{mark.line} and not found{self._perhaps()}"
        for one in self.extra:
            yield f"{one.rule} is found at {one.place.path}:{one.place.line} and not promised: {one.message}"

    def _perhaps(self) -> str:
        """Why something may be missing."""
        unread = [f"{note.path}:{note.line} {note.why}" for note in self.report.not_checked]
        hidden = ["what is only possible is hidden"] if self.report.summary.hidden else []
        return f" ({'; '.join(unread + hidden)})" if unread or hidden else ""


def tried(example: Example, settings: Settings, book: Sequence[Rule], folder: Path) -> Trial:
    """Write an example to an empty folder, and judge it by rules of the book as the settings say."""
    write(example.files, folder)
    report = judged(["."], settings, book, cwd=folder)
    open_marks = Counter(example.expects)
    extra = []
    for finding in report.findings:
        mark = place(example.files, finding)
        if open_marks[mark]:
            open_marks[mark] -= 1
        else:
            extra.append(finding)
    return Trial(report, tuple(sorted(open_marks.elements())), tuple(extra))


def write(files: Mapping[str, str], folder: Path) -> None:
    """The files of an example, below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def place(files: Mapping[str, str], finding: Finding) -> Expected:
    """A finding as a mark would promise it: its file, the line where its statement starts, its rule."""
    name = finding.place.path
    return Expected(name, statement_line(files[name], finding.place.line), finding.rule)
