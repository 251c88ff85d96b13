"""From the bytes of a file to its text, the way Python reads them."""

from __future__ import annotations

import codecs
import re

from dllint.program.source import NotParsed

_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"[ \t\f]*(?:#[^\r\n]*)?\r?\n?$")


def decode(content: bytes | str) -> str:
    """Text of a source file: no byte order mark, every line end a `\\n`. NotParsed for bytes that are no text."""
    return _normal(content.removeprefix("\ufeff") if isinstance(content, str) else _text(content))


def encoding(content: bytes) -> str:
    """The codec that a source file is read with. NotParsed where it contradicts itself."""
    return _encoding(content)[0]


def _text(content: bytes) -> str:
    encoding, declared = _encoding(content)
    body = content.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode(encoding)
    except LookupError:
        raise NotParsed(1, f"unknown encoding {encoding!r} declared") from None
    except UnicodeError as error:
        line = body.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise NotParsed(line, _undecodable(content, encoding, declared)) from None


def _normal(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (nul := text.find("\0")) >= 0:
        raise NotParsed(text.count("\n", 0, nul) + 1, "a NUL byte: not Python source")
    return text


def _encoding(content: bytes) -> tuple[str, bool]:
    """The codec's name, and whether the file declares it: PEP 263 looks at the first two lines only."""
    marked = content.startswith(codecs.BOM_UTF8)
    for line in content.removeprefix(codecs.BOM_UTF8).splitlines()[:2] if b"coding" in content[:2000] else ():
        if cookie := _COOKIE.match(line):
            name = _normalised(cookie[1].decode("ascii", "replace"))
            if marked and name != "utf-8":
                raise NotParsed(1, f"encoding {name!r} declared after a UTF-8 byte order mark")
            return name, True
        if not _BLANK.match(line):
            break
    return "utf-8", marked


def _normalised(name: str) -> str:
    """Codec name without what editors append, as Python's tokenizer does it: `utf-8-unix` is utf-8."""
    plain = name[:12].lower().replace("_", "-")
    if plain in ("utf8", "utf-8") or plain.startswith("utf-8-"):
        return "utf-8"
    if plain.startswith(("latin-1-", "iso-8859-1-", "iso-latin-1-")):
        return "iso-8859-1"
    return name


def _undecodable(content: bytes, encoding: str, declared: bool) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16 text; Python reads UTF-8 unless told otherwise"
    return f"bytes that are not {encoding}" + (
        ", the encoding declared" if declared else ", and no encoding is declared"
    )
