"""Comments that silence rules: `# dllint: ignore[missing-eval] reason`, forms for blocks and files, `# noqa: DL401`.

`ignore` counts for the statement that it stands on or above, `ignore-file` for the file, `off` from its line to the
next `on` or to the end of the block it stands in.
"""

from __future__ import annotations

import difflib
import io
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dllint.plain import plain, replace

FORMS = ("ignore", "ignore-file", "off", "on")
_HABITS = {"disable": "off", "enable": "on", "noqa": "ignore", "skip": "ignore", "skip-file": "ignore-file"}
"""What other tools call it."""

_SIGN = re.compile(r"dllint:|noqa", re.IGNORECASE)
_OURS = re.compile(r"#\s*dllint:\s*(?P<form>\w[\w-]*)(?:\s*\[(?P<names>[^\]#]*)\]?)?(?P<reason>[^#]*)")
_CODE = r"[A-Za-z]+\d+"
_WORD = rf"(?:{_CODE}|[a-z]+(?:-[a-z]+)+)\b"
_NOQA = re.compile(
    rf"#\s*noqa(?![\w-])(?P<colon>\s*:\s*(?P<names>{_WORD}(?:\s*,\s*{_WORD}|\s+{_CODE}\b)*)?)?(?P<reason>[^#]*)",
    re.IGNORECASE,
)
_LAYOUT = frozenset({tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER})


@plain
class Suppression:
    """One name in one comment.

    line, column: where the comment stands, from 1, column in code points. written: the comment, without what other
    tools read in it. form: one of FORMS or "noqa"; "" for a word that is none, which is the name then. name: a
    rule, code or family, as written; None for every rule. first, last: the lines it covers, 0 when it covers none.
    why: it covers none.
    """

    line: int
    column: int
    written: str
    form: str
    name: str | None
    reason: str
    first: int = 0
    last: int = 0
    why: str = ""

    def covers(self, line: int) -> bool:
        """Whether it counts for a 1-based line: of what it covers, or its own."""
        return self.first <= line <= self.last or (self.first > 0 and line == self.line)


@plain
class Suppressions:
    """The suppressions of one file, in order."""

    all: tuple[Suppression, ...] = ()

    @staticmethod
    def of(text: str) -> Suppressions:
        """Read a file's comments; of a text that Python cannot split into tokens, line by line. Never raises."""
        if not _SIGN.search(text):
            return Suppressions()
        text = text.removeprefix("\ufeff")
        try:
            stretches = list(_by_statement(text))
        except (tokenize.TokenError, SyntaxError):
            stretches = list(_by_line(text))
        return Suppressions(tuple(sorted(_placed(stretches), key=lambda one: (one.line, one.column))))

    def at(self, line: int) -> Iterator[Suppression]:
        """Those that count for a 1-based line."""
        return (one for one in self.all if one.covers(line))


# -------------------------------------------------------- which comments belong to which lines


class _Comment(NamedTuple):
    """line from 1, column from 0. above: alone on its line, between statements."""

    line: int
    column: int
    text: str
    above: bool


@plain
class _Stretch:
    """The lines of a statement, or of the header of a compound one, and the comments that count for it.

    first and last are 0 for comments that belong to no statement. indent: the column of the statement.
    """

    first: int
    last: int
    indent: int
    comments: tuple[_Comment, ...]


def _by_statement(text: str) -> Iterator[_Stretch]:
    """A stretch for each logical line; decorators belong to the header below them."""
    comments: list[_Comment] = []  # the block above that ends on the line before, then those inside
    first = indent = 0  # where the statement began, first is 0 between statements
    fresh = True  # at the start of a logical line, where an @ is a decorator and no product
    decorating = False
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        line, column = token.start
        match token.type:
            case tokenize.COMMENT:
                comments.append(_Comment(line, column, token.string, not first))
            case tokenize.NL if not first and not token.line.strip():
                yield _Stretch(0, 0, 0, tuple(comments))  # a blank line parts comments from what follows
                comments = []
            case tokenize.NEWLINE:
                fresh = True
                if not decorating:
                    yield _Stretch(first, line, indent, tuple(comments))
                    comments, first = [], 0
                decorating = False
            case kind if kind != tokenize.NL and kind not in _LAYOUT:
                if not first:
                    first, indent = line, column
                decorating = decorating or (fresh and token.string == "@")
                fresh = False
    # A last statement that a backslash leaves open never ends: its comments are those below the backslash.
    yield _Stretch(first, comments[-1].line if first and comments else first, indent, tuple(comments))


def _by_line(text: str) -> Iterator[_Stretch]:
    """A stretch for each physical line that is more than a comment."""
    comments: list[_Comment] = []
    for number, line in enumerate(text.split("\n"), 1):
        column, indent = line.find("#"), len(line) - len(line.lstrip())
        if column >= 0:
            comments.append(_Comment(number, column, line[column:], column == indent))
        if column >= 0 and column == indent:
            continue
        here = number if line.strip() else 0
        yield _Stretch(here, here, indent, tuple(comments))
        comments = []
    yield _Stretch(0, 0, 0, tuple(comments))


# -------------------------------------------------------------------- what a comment covers


def _placed(stretches: Iterable[_Stretch]) -> Iterator[Suppression]:
    """Every suppression with the lines that it covers."""
    blocks: list[Suppression] = []  # the `off` that nothing has ended yet
    for stretch in stretches:
        for comment in stretch.comments:
            for said in _said(comment.text, comment):
                match said.form:
                    case "off" if comment.above:
                        blocks.append(replace(said, first=said.line, last=sys.maxsize))
                    case "on" if comment.above and (ended := [off for off in blocks if _ends(said, off)]):
                        yield from _ended(blocks, ended, said.line)
                    case _:
                        yield _covering(said, stretch, comment)
        if stretch.first:
            left = [off for off in blocks if off.column - 1 > stretch.indent]
            yield from _ended(blocks, left, stretch.first - 1)
    yield from blocks


def _ends(on: Suppression, off: Suppression) -> bool:
    return on.name is None or (off.name is not None and on.name.casefold() == off.name.casefold())


def _ended(blocks: list[Suppression], ended: list[Suppression], line: int) -> Iterator[Suppression]:
    """These blocks, which end on this line; they are open no more."""
    for off in ended:
        blocks.remove(off)
        yield replace(off, last=line)


def _covering(said: Suppression, stretch: _Stretch, comment: _Comment) -> Suppression:
    """A suppression of no block: the lines it covers, or why it covers none."""
    match said.form:
        case "ignore" if stretch.first:
            return replace(said, first=stretch.first, last=stretch.last)
        case "ignore":
            return replace(said, why="no statement follows on the next line")
        case "ignore-file" if comment.column == 0 or (not comment.above and stretch.indent == 0):
            return replace(said, first=1, last=sys.maxsize)
        case "ignore-file":
            return replace(said, why="it must stand at the top level of the file")
        case "noqa" if comment.above:
            return replace(said, why="noqa counts for its own line")
        case "noqa" if said.name is None:  # whoever wrote it thought of one line, and not of us
            return replace(said, first=said.line, last=said.line)
        case "noqa":
            return replace(said, first=stretch.first, last=stretch.last)
        case "on" if comment.above:
            return replace(said, why="nothing of that name is off here")
        case "on" | "off":
            return replace(said, why="it must stand on a line of its own, between statements")
    return said


# ------------------------------------------------------------------------ what a comment says


def _said(text: str, at: _Comment) -> Iterator[Suppression]:
    """Every name of every suppression in a comment, before it has lines."""
    for match in _OURS.finditer(text):
        form, names = match["form"], match["names"]
        if form in FORMS:
            yield from _named(match, at, form, None if names is None else _split(names))
        elif near := _nearest(form):
            yield Suppression(*_place(match, at), "", form, "", why=f"did you mean {near}?")
    for match in _NOQA.finditer(text):
        if match["names"]:
            yield from _named(match, at, "noqa", re.split(r"[\s,]+", match["names"]))
        elif not match["colon"]:
            yield from _named(match, at, "noqa", None)


def _named(match: re.Match[str], at: _Comment, form: str, names: list[str] | None) -> Iterator[Suppression]:
    for name in [None] if names is None else names:
        yield Suppression(*_place(match, at), form, name, match["reason"].strip())


def _place(match: re.Match[str], at: _Comment) -> tuple[int, int, str]:
    return at.line, at.column + match.start() + 1, match[0].rstrip()


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()] or [""]


def _nearest(form: str) -> str:
    """The form that a word which is none is meant to be; "" for a word like no form: it is prose."""
    near = difflib.get_close_matches(form, FORMS, n=1, cutoff=0.7)
    return near[0] if near else _HABITS.get(form, "")
