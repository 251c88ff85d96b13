"""Programs of pages and claims, judged as the command line would judge them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from dllint import rulebook
from dllint.config import Settings
from dllint.findings import Finding
from dllint.page import Example, Expected, statement_line
from dllint.run import check

RULES = rulebook.load(pages=True)
CODES = [rule.code for rule in RULES]


def write(files: Mapping[str, str], folder: Path) -> None:
    """The files of an example, below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def findings(files: Mapping[str, str], folder: Path) -> list[Finding]:
    """What every rule of the book has to say of these files, written to a folder; possible findings stay hidden."""
    write(files, folder)
    return list(check(["."], Settings(select=CODES), cwd=folder).findings)


def place(files: Mapping[str, str], finding: Finding) -> Expected:
    """A finding as a mark would promise it: its file, the line where its statement starts, its rule."""
    name = finding.place.path
    return Expected(name, statement_line(files[name], finding.place.line), finding.rule)


def assert_exactly_at_its_marks(example: Example, folder: Path) -> list[Finding]:
    """The findings of an example are those that its marks promise, each once."""
    found = findings(example.files, folder)
    places = Counter(place(example.files, finding) for finding in found)
    missed = sorted((Counter(example.expects) - places).elements())
    extra = sorted((places - Counter(example.expects)).elements())
    said = "\n".join(f"  {f.place.path}:{f.place.line} {f.confidence} {f.rule}: {f.message}" for f in found)
    assert (missed, extra) == ([], []), f"missed: {missed}\nextra: {extra}\nsaid:\n{said}"
    return found
