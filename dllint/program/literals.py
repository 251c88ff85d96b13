"""What names, strings and numbers stand for, without evaluating anything."""

from __future__ import annotations

import re
import unicodedata
from sys import intern

_ESCAPE = re.compile(
    r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<x>[\da-fA-F]{2})|u(?P<u>[\da-fA-F]{4})|U(?P<U>[\da-fA-F]{8})"
    r"|N\{(?P<name>[^}]+)\}|(?P<one>[\n\\'\"abfnrtv]))"
)
_ONE = dict(zip("\n\\'\"abfnrtv", ("", "\\", "'", '"', "\a", "\b", "\f", "\n", "\r", "\t", "\v"), strict=True))


def identifier(name: str) -> str:
    """A name as Python compares it: two spellings that NFKC makes equal are one name (PEP 3131)."""
    return intern(name if name.isascii() else unicodedata.normalize("NFKC", name))


class TooManyDigits(ValueError):
    """An integer literal that Python itself refuses to convert."""

    def __init__(self, literal: str) -> None:
        super().__init__(f"an integer of {len(literal):,} digits; Python refuses it")
        self.literal = literal


def string(literal: str) -> str | bytes:
    """Value of one string literal, e.g. `rb'x'`."""
    quoted = literal.lstrip("bBrRuU")
    prefix = literal[: len(literal) - len(quoted)].lower()
    width = 3 if quoted.startswith(('"""', "'''")) else 1
    text = piece(quoted[width:-width], prefix)
    return text.encode("latin-1", "replace") if "b" in prefix else text


def piece(text: str, prefix: str) -> str:
    """Value of the text between quotes; bytes come as the code points 0..255."""
    if "\\" not in text or "r" in prefix:
        return text
    return _ESCAPE.sub(_byte if "b" in prefix else _character, text)


def integer(literal: str) -> int:
    """Value of an integer literal. TooManyDigits above Python's limit, 4,300 decimal digits."""
    try:
        return int(literal, 0)
    except ValueError:
        raise TooManyDigits(literal) from None


def _character(escape: re.Match[str]) -> str:
    text = escape[escape.lastgroup or 0]
    match escape.lastgroup:
        case "one":
            return _ONE[text]
        case "octal":
            return chr(int(text, 8))
        case "name":
            return _named(escape)
        case _:
            return chr(code) if (code := int(text, 16)) <= 0x10FFFF else escape[0]


def _byte(escape: re.Match[str]) -> str:
    match escape.lastgroup:
        case "u" | "U" | "name":  # no escapes in bytes
            return escape[0]
        case "octal":
            return chr(int(escape["octal"], 8) & 0xFF)
        case _:
            return _character(escape)


def _named(escape: re.Match[str]) -> str:
    try:
        return unicodedata.lookup(escape["name"])
    except KeyError:  # a name of a newer Unicode, or none
        return escape[0]
