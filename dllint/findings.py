"""What a rule reports: plain data that compares, pickles and prints."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field


class Level(enum.IntEnum):
    """How bad it is when true. Compares: ERROR is above WARNING is above ADVICE."""

    ADVICE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Confidence(enum.IntEnum):
    """CERTAIN: wrong on every path to it. LIKELY: rests on one stated assumption. POSSIBLE: shown on request."""

    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class InCell:
    """A stretch of a notebook's cell: its lines and columns as those of a place. index: from 1, every cell counted.

    id: what the notebook calls the cell; None where it has no names for them.
    """

    index: int
    id: str | None
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of source: 1-based lines and columns, columns in code points, end exclusive. path: posix.

    cell: in a notebook, the same stretch as who opens it there sees it; lines and columns are those of its file.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: InCell | None = field(default=None, compare=False)

    @property
    def seen(self) -> Place:
        """The place as people look for it: in a notebook "nb.ipynb:cell 7", with the lines and columns of the cell."""
        cell = self.cell
        if cell is None:
            return self
        return Place(f"{self.path}:cell {cell.index}", cell.line, cell.column, cell.end_line, cell.end_column)


@dataclass(frozen=True, slots=True)
class Related:
    """One step of the chain that led to a finding."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A text in place of what stands at a place; where that is empty, the text is inserted."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a bug, to be made together. safe: nothing else reads what they change."""

    message: str
    edits: tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One bug at one place, with the chain that led to it: producer first, further sinks last."""

    rule: str
    code: str
    level: Level
    confidence: Confidence
    message: str
    place: Place
    related: tuple[Related, ...] = ()
    scope: str = ""  # dotted name of the function the place is in, "" at the top of a module
    text: str = ""  # source of the expression at the place, white space folded
    fix: Fix | None = None

    @property
    def fingerprint(self) -> str:
        """Stays the same when lines move: from the rule, the path, the scope and the code, never a line number.

        Two findings of one rule on equal code in one scope share it; `numbered` tells them apart.
        """
        return _digest(self.rule, self.place.path, self.scope, self.text)


@dataclass(frozen=True, slots=True, order=True)
class NotChecked:
    """Something a rule would have judged but could not, or a file that was not read, with the reason."""

    path: str
    line: int
    why: str
    cell: InCell | None = field(default=None, compare=False)

    @property
    def seen(self) -> str:
        """Path and line as people look for them: "train.py:88", "nb.ipynb:cell 7:3"."""
        return f"{self.path}:cell {self.cell.index}:{self.cell.line}" if self.cell else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts for the footer. `subjects`: what the rules had to judge, by its plural name: (seen, resolved)."""

    rules: int = 0  # that judged
    files: int = 0  # linted
    files_without_dl: int = 0  # skipped: no deep learning framework in them or reached from them
    files_not_parsed: int = 0
    suppressed: int = 0
    hidden: int = 0  # findings held back as merely possible
    seconds: float = 0.0
    subjects: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a run has to say: everything a format needs."""

    findings: Sequence[Finding] = ()
    not_checked: Sequence[NotChecked] = ()
    summary: Summary = field(default_factory=Summary)
    asked: frozenset[str] = frozenset()  # the files it is about, by name


def numbered(findings: Sequence[Finding]) -> list[str]:
    """Fingerprints of findings, in their order: the n-th of equal ones gets its ordinal, so all differ."""
    seen: dict[str, int] = {}
    prints = []
    for finding in findings:
        base = finding.fingerprint
        seen[base] = ordinal = seen.get(base, 0) + 1
        prints.append(base if ordinal == 1 else _digest(base, str(ordinal)))
    return prints


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=8).hexdigest()
