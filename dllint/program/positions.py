"""Lines and columns, on demand: only files with findings need them, and only for a few nodes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from dllint.program import quick
from dllint.program.source import Span
from dllint.program.text import decode

__all__ = ["Finder", "Span", "decode", "finder", "places", "source_text"]

LONGEST = 200  # code points of quoted source


Finder = Callable[[Collection[int]], dict[int, Span]]
"""The spans of ordinals, in a text that was read once. KeyError for an ordinal it never gave."""


def places(content: bytes | str, wanted: Collection[int]) -> dict[int, Span]:
    """The span of each wanted ordinal of `lower(content)`. KeyError, or NotParsed, as `finder` says."""
    return finder(content)(wanted)


def finder(content: bytes | str) -> Finder:
    """What says the spans of ordinals of `lower(content)`.

    A definition's span begins at its `def` or `class`, a parameter's ends with its name; parentheses around an
    expression are outside it, but for a tuple's or a generator's own. Read by `ast` where it reads the file, a
    seventh of what libcst takes; NotParsed where neither does.
    """
    text = decode(content)
    walk = quick.walked(text)
    if walk is not None:
        return partial(quick.spans, walk)
    from dllint.program.recorder import recorded  # libcst: only files that the running Python cannot read need it

    return partial(recorded, text)


def source_text(content: bytes | str, span: Span) -> str:
    """The source at a span, white space folded, at most 200 code points."""
    lines = decode(content).split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    folded = " ".join(" ".join(lines).split())
    return folded if len(folded) <= LONGEST else folded[: LONGEST - 1] + "…"
