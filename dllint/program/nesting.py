"""How deep a text is nested, found out before a parser recurses over it.

libcst's native parser recurses and, on a stack of 8 MiB, ends the process at some 3,000 nested brackets or 10,000
chained operators (on 1 MiB at 200, 1,000 and 60 nested blocks); its time grows with the square of both (5 s for 1,000
nested lists).
Python's own limits are lower: 200 brackets, and chains of about 3,000 since its compiler recurses too. So deeper
files are refused, and files that come near get a larger stack.
"""

from __future__ import annotations

import re

from dllint.program.source import NotParsed

BRACKETS = 200  # nested; MAXLEVEL of CPython's tokenizer
CHAIN = 3_000  # operators, names' dots, calls and strings in a row; CPython 3.11 compiles 2,990 or so
SAFE_BRACKETS = 20  # up to these four together, a stack of 1 MiB will do
SAFE_LINE = 800  # code points of a logical line, less its strings
SAFE_INDENT = 24  # columns
SAFE_ELIF = 50

_STRING = (
    r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""|'
    r"'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''|"
    r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'
    r"'[^'\\\n]*(?:\\.[^'\\\n]*)*'"
)
_TOKEN = re.compile(rf"{_STRING}|#[^\n]*|[(\[{{}})\]]|\\\n|\n", re.DOTALL)
_WORD = r"\b(?:not|and|or|if|else|for|in|lambda|await)\b"
_LINK = re.compile(
    rf"(?P<string>{_STRING})|#[^\n]*|(?P<open>[(\[{{])|(?P<close>[}})\]])|(?P<end>[,;]|(?<![=!<>])=(?!=))"
    rf"|\b\d[\w.]*|(?P<link>{_WORD}|[-+~]|\*\*?|//?|[%@&|^.])",
    re.DOTALL,
)


def needs_room(text: str) -> bool:
    """Whether to parse `text` in `roomy`. NotParsed when it is nested deeper, or chained longer, than Python allows."""
    depth = deepest = start = longest = 0
    indented = False
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in "([{":
            depth += 1
            if depth > deepest:
                deepest = _checked_depth(text, match.start(), depth)
        elif token in ")]}":
            depth = max(0, depth - 1)
        elif token == "\n":
            if depth == 0:
                if match.start() - start > SAFE_LINE:
                    longest = max(longest, _code_length(text, start, match.start()))
                start = match.end()
                indented = indented or text[start : start + SAFE_INDENT + 1].isspace()
        elif token[-1] in "\"'":
            deepest = max(deepest, depth + _inner_depth(text, match))
    longest = max(longest, _code_length(text, start, len(text)))
    return indented or deepest > SAFE_BRACKETS or longest > SAFE_LINE or text.count("elif") > SAFE_ELIF


def _checked_depth(text: str, place: int, depth: int) -> int:
    if depth > BRACKETS:
        raise NotParsed(text.count("\n", 0, place) + 1, f"nested deeper than {BRACKETS} brackets")
    return depth


def _inner_depth(text: str, string: re.Match[str]) -> int:
    """Brackets nested in an f-string, which the parser enters."""
    token = string.group()
    if token.count("{") + token.count("(") + token.count("[") <= SAFE_BRACKETS:
        return 0
    if text[max(0, string.start() - 2) : string.start()].lower().strip("rb")[-1:] not in ("f", "t"):
        return 0
    depth = deepest = 0
    for bracket in re.finditer(r"[(\[{}\])]", token):
        depth = depth + 1 if bracket.group() in "([{" else max(0, depth - 1)
        deepest = max(deepest, _checked_depth(text, string.start() + bracket.start(), depth))
    return deepest


def _code_length(text: str, start: int, end: int) -> int:
    """Code points of a logical line less those in strings and comments. NotParsed when it chains too long."""
    links, outer, inside = 0, list[int](), 0
    for match in _LINK.finditer(text, start, end):
        match match.lastgroup:
            case "link":
                links += 1
            case "open":
                outer.append(links + 2)  # a call or subscript costs the parser more than an operator
                links = 0
            case "close":
                links = outer.pop() if outer else 0
            case "end":
                links = 0
            case "string":
                links += 1
                inside += len(match.group()) - 2
            case _ if match.group().startswith("#"):
                inside += len(match.group())
        if links > CHAIN:
            line = text.count("\n", 0, match.start()) + 1
            raise NotParsed(line, f"an expression that chains more than {CHAIN:,} operators")
    return end - start - inside
