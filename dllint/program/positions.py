"""Lines and columns, on demand: only files with findings need them, and only for a few nodes."""

from __future__ import annotations

from collections.abc import Collection

from dllint.program import quick
from dllint.program.source import Span
from dllint.program.text import decode

__all__ = ["Span", "decode", "places", "source_text"]

LONGEST = 200  # code points of quoted source


def places(content: bytes | str, wanted: Collection[int]) -> dict[int, Span]:
    """The span of each wanted ordinal of `lower(content)`. KeyError for an ordinal it never gave.

    A definition's span begins at its `def` or `class`, a parameter's ends with its name; parentheses around an
    expression are outside it, but for a tuple's or a generator's own. Read by `ast` where it reads the file, a
    seventh of what libcst takes; NotParsed where neither does.
    """
    text = decode(content)
    found = quick.places(text, wanted)
    if found is not None:
        return found
    from dllint.program.recorder import recorded  # libcst: only files that the running Python cannot read need it

    return recorded(text, wanted)


def source_text(content: bytes | str, span: Span) -> str:
    """The source at a span, white space folded, at most 200 code points."""
    lines = decode(content).split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    folded = " ".join(" ".join(lines).split())
    return folded if len(folded) <= LONGEST else folded[: LONGEST - 1] + "…"
