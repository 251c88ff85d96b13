"""`# dllint: ignore[name, DL301] reason`: which rules a file silences, on which statements."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"#\s*dllint:\s*ignore(?![\w-])(?:\s*\[(?P<names>[^\]#]*)\]?)?(?P<reason>[^#]*)")
_FAMILY = re.compile(r"dl\d*")
_Comment = tuple[int, int, str]  # line from 1, column from 0, text
_LAYOUT = frozenset({tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER})


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment. line, column: where it stands, 1-based, column in code points. first, last: the lines it covers,
    0 when it covers none.

    names: rule names, codes or families (DL3), as written; None for every rule.
    """

    line: int
    column: int
    first: int
    last: int
    names: tuple[str, ...] | None
    reason: str

    def covers(self, line: int, names: Collection[str]) -> bool:
        """Whether it silences, on a 1-based line, a rule that goes by any of `names` (its name and its code)."""
        if not self.first <= line <= self.last:
            return False
        return self.names is None or any(_means(written, name) for written in self.names for name in names)


@dataclass(frozen=True, slots=True)
class Suppressions:
    """The suppressions of one file, in order."""

    all: tuple[Suppression, ...] = ()

    @staticmethod
    def of(text: str) -> Suppressions:
        """Read a file's comments; of a text that Python cannot split into tokens, line by line. Never raises."""
        if "dllint:" not in text:
            return Suppressions()
        text = text.removeprefix("\ufeff")
        try:
            stretches = list(_by_statement(text))
        except (tokenize.TokenError, SyntaxError):
            stretches = list(_by_line(text))
        return Suppressions(tuple(_read(stretches)))

    def allows(self, line: int, names: Collection[str]) -> Suppression | None:
        """The first suppression that silences, at a 1-based line, a rule that goes by any of `names`."""
        return next((one for one in self.all if one.covers(line, names)), None)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The lines of a statement, or of the header of a compound one, and the comments that count for it.

    first and last are 0 for comments that belong to no statement.
    """

    first: int
    last: int
    comments: tuple[_Comment, ...]


def _by_statement(text: str) -> Iterator[_Stretch]:
    """A stretch for each logical line; decorators belong to the header below them."""
    above: list[_Comment] = []  # the block of comments that ends on the line before
    inside: list[_Comment] = []
    first = 0  # where the statement began, 0 between statements
    fresh = True  # at the start of a logical line, where an @ is a decorator and no product
    decorating = False
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        line, column = token.start
        match token.type:
            case tokenize.COMMENT:
                (inside if first else above).append((line, column, token.string))
            case tokenize.NL if not first and not token.line.strip():
                yield _Stretch(0, 0, tuple(above))  # a blank line parts comments from what follows
                above = []
            case tokenize.NEWLINE:
                fresh = True
                if not decorating:
                    yield _Stretch(first, line, (*above, *inside))
                    above, inside, first = [], [], 0
                decorating = False
            case kind if kind != tokenize.NL and kind not in _LAYOUT:
                first = first or line
                decorating = decorating or (fresh and token.string == "@")
                fresh = False
    yield _Stretch(0, 0, tuple(above))


def _by_line(text: str) -> Iterator[_Stretch]:
    """A stretch for each physical line that is more than a comment."""
    above: list[_Comment] = []
    for number, line in enumerate(text.split("\n"), 1):
        column = line.find("#")
        comments = [(number, column, line[column:])] if column >= 0 else []
        if comments and not line[:column].strip():
            above += comments
            continue
        here = number if line.strip() else 0
        yield _Stretch(here, here, (*above, *comments))
        above = []
    yield _Stretch(0, 0, tuple(above))


def _read(stretches: Iterable[_Stretch]) -> Iterator[Suppression]:
    for stretch in stretches:
        for line, column, text in stretch.comments:
            for match in _COMMENT.finditer(text):
                names, reason = match["names"], match["reason"].strip()
                place = line, column + match.start() + 1, stretch.first, stretch.last
                yield Suppression(*place, None if names is None else _split(names), reason)


def _split(names: str) -> tuple[str, ...]:
    return tuple(name for part in names.split(",") if (name := part.strip()))


def _means(written: str, name: str) -> bool:
    """Whether what is written in a comment means a rule's name or code: itself, or a family that it begins with."""
    written, name = written.casefold(), name.casefold()
    return written == name or (_FAMILY.fullmatch(written) is not None and name.startswith(written))
