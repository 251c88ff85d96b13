"""Where the pieces of an f-string are, which `ast` does not tell: it joins neighbours, and before 3.12 misplaces them.

All offsets are of bytes: every delimiter is ASCII, and ast counts columns in bytes of UTF-8. The text has been parsed,
so nothing here looks for errors; Unclear is for what cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dllint.plain import node

_OPENING = re.compile(rb"([A-Za-z]{0,3})(\"\"\"|'''|\"|')")
_PREFIXES = frozenset(b"b r u f t br rb fr rf tr rt".split())
_REST = {  # of a string without fields, behind its opening quote
    b'"""': re.compile(rb'[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""', re.DOTALL),
    b"'''": re.compile(rb"[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''", re.DOTALL),
    b'"': re.compile(rb'[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL),
    b"'": re.compile(rb"[^'\\]*(?:\\.[^'\\]*)*'", re.DOTALL),
}
_GAP = re.compile(rb"(?:[ \t\f\n]|\\\n|#[^\n]*)*")
_STOP = re.compile(rb"[{}\\'\"]")
_TURN = re.compile(rb"[A-Za-z_0-9\x80-\xff]+|[\"'(\[{)\]}:!=<>#]")
_CONVERSION = re.compile(rb"[ \t\f\n]*(?:![ \t\f\n]*\w+[ \t\f\n]*)?")


class Unclear(ValueError):
    """Source that cannot be told apart with certainty, and why."""


@node
class Text:
    """Literal text between fields, as written."""

    start: int
    end: int


@node
class Field:
    """`{expression!r:form}`: where the expression is; `form` is None without a colon. shown: it is `{expression=}`."""

    start: int
    end: int
    shown: bool
    form: list[Text | Field] | None


@node
class Token:
    """One of the strings side by side; `pieces` is None for one that has no fields at all."""

    start: int
    end: int
    prefix: str
    pieces: list[Text | Field] | None


def tokens(data: bytes, start: int, end: int) -> Iterator[Token]:
    """The strings side by side in `data[start:end]`."""
    while start < end:
        token = _token(data, start)
        yield token
        gap = _GAP.match(data, token.end, end)
        start = gap.end() if gap else end
    if start != end:
        raise Unclear("a string that ends elsewhere")


def closes(data: bytes, start: int) -> int:
    """Behind the bracket that closes the one at `start`."""
    depth = 0
    while True:
        turn = _TURN.search(data, start)
        if turn is None:
            raise Unclear("an open bracket")
        start, token = turn.end(), turn[0]
        if token in b"([{":
            depth += 1
        elif token in b")]}":
            depth -= 1
            if depth == 0:
                return start
        else:
            start = _beyond(data, turn)


def _token(data: bytes, start: int) -> Token:
    opening = _OPENING.match(data, start)
    if opening is None:
        raise Unclear("no string where one should be")
    prefix, quote = opening[1].lower().decode(), opening[2]
    if "f" not in prefix and "t" not in prefix:
        rest = _REST[quote].match(data, opening.end())
        if rest is None:
            raise Unclear("a string without an end")
        return Token(start, rest.end(), prefix, None)
    pieces, end = _pieces(data, opening.end(), quote, "r" in prefix, in_form=False)
    return Token(start, end + len(quote), prefix, pieces)


def _pieces(data: bytes, start: int, quote: bytes, raw: bool, *, in_form: bool) -> tuple[list[Text | Field], int]:
    """Pieces up to the closing quote, or in a format specification up to the closing brace; and where that is."""
    pieces: list[Text | Field] = []
    here = start
    while stop := _STOP.search(data, here):
        here, token = stop.start(), stop[0]
        if token == b"\\":
            here = _escaped(data, here, raw)
        elif token in b"\"'":
            if data.startswith(quote, here) and not in_form:
                break
            here += 1
        elif data[here + 1 : here + 2] == token and not in_form:
            here += 2
        elif token == b"}":
            break
        else:
            if here > start:
                pieces.append(Text(start, here))
            field, here = _field(data, here + 1, quote, raw)
            pieces.append(field)
            start = here
    if stop is None:
        raise Unclear("an f-string without an end")
    if here > start:
        pieces.append(Text(start, here))
    return pieces, here


def _escaped(data: bytes, here: int, raw: bool) -> int:
    """Behind a backslash and what it escapes: a brace it does not."""
    if not raw and data.startswith(b"\\N{", here):
        return data.index(b"}", here) + 1
    return here + (1 if data[here + 1 : here + 2] in (b"{", b"}") else 2)


def _field(data: bytes, start: int, quote: bytes, raw: bool) -> tuple[Field, int]:
    """The field whose brace opened just before `start`, and the place behind the one that closes it."""
    end = _expression_end(data, start)
    shown = data[end] == ord("=")
    here = end + shown
    conversion = _CONVERSION.match(data, here)
    here = conversion.end() if conversion else here
    form = None
    if data[here] == ord(":"):
        if data.startswith(b"{{", here + 1):
            raise Unclear("braces in a format specification")
        form, here = _pieces(data, here + 1, quote, raw, in_form=True)
    if data[here] != ord("}"):
        raise Unclear("a field of an f-string that does not end")
    return Field(start, end, shown, form), here + 1


def _expression_end(data: bytes, start: int) -> int:
    depth = 0
    while turn := _TURN.search(data, start):
        start, token = turn.end(), turn[0]
        if token in b"([{":
            depth += 1
        elif token in b")]}":
            if depth == 0:
                return turn.start()
            depth -= 1
        elif token in b":!=<>" and len(token) == 1:
            if token != b":" and data[start : start + 1] == b"=":
                start += 1
            elif token not in b"<>" and depth == 0:
                return turn.start()
        else:
            start = _beyond(data, turn)
    raise Unclear("a field of an f-string without an end")


def _beyond(data: bytes, turn: re.Match[bytes]) -> int:
    """Behind a word, a string with its prefix, or a comment."""
    token = turn[0]
    if token in b"\"'":
        return _token(data, turn.start()).end
    if token == b"#":
        newline = data.find(b"\n", turn.end())
        return len(data) if newline < 0 else newline
    if token.lower() in _PREFIXES and data[turn.end() : turn.end() + 1] in (b'"', b"'"):
        return _token(data, turn.start()).end
    return turn.end()
