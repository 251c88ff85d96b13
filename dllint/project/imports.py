"""What a file's bytes say of imports, found without parsing it: 15 µs a file where libcst takes 10 ms.

Text in a string or a comment may read like an import: one file too many is then looked at, never one too few.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from dllint.plain import field, plain

# "torch" in the bytes is 50 times quicker to rule out than the words are to find.
_STEMS = (b"torch", b"keras", b"tensorflow", b"lightning", b"timm", b"transformers", b"fastai", b"ignite", b"monai")
_FRAMEWORK = re.compile(
    rb"\b(?:import|from|import_module\(|importorskip\()[ \t]*[^\n#;]*?"
    rb"\b(?:torch\w*|keras\w*|tensorflow\w*|\w*lightning|timm|transformers|fastai|ignite|monai|pytorch_\w+|\w+_pytorch)\b"
)
# Names in parentheses may span lines and hold comments with parentheses of their own; else the line may be continued.
_IMPORT = re.compile(rb"import(?![\w.])[ \t]*(\([^)#]*(?:#[^\n]*\n[^)#]*)*|[^\n;#\\]*(?:\\\r?\n[^\n;#\\]*)*)")
_FROM = re.compile(rb"(?:^|[:;]\s*)from\b\s*(\.*)([.\w \t]*?)[ \t\\]*$")
_COMMENT = re.compile(rb"#[^\n]*")
_DYNAMIC = re.compile(rb"(?:import_module|__import__)\(\s*[fF]?[\"'](\.*)([.\w]*)([\"']?)")
_PATH_EDIT = re.compile(rb"sys\.path\.(?:append|insert|extend)\(([^\n]*)")
_LITERAL = re.compile(rb"[\"']([^\"'\n]+)[\"']")


@plain
class Import:
    """`from module import names`, or `import module` without names. level: its leading dots.

    names: those that may be modules of the project themselves.
    every: the rest of the name is made at run time (`import_module("models." + name)`), so it may be any of them.
    """

    module: str
    names: tuple[str, ...] = ()
    level: int = 0
    every: bool = False


def names_framework(content: bytes) -> bool:
    """Whether a file imports a deep learning framework: named, as a whole word, in what reads like an import.

    A string or comment that names one does not count: a completion engine tests itself on "import tensorflow".
    """
    return any(stem in content for stem in _STEMS) and _FRAMEWORK.search(content) is not None


def by_line(notebook: bytes) -> bytes:
    """The file of a notebook with each line of a cell on a line of its own, as the imports of a script are read."""
    return notebook.replace(b"\\n", b"\n").replace(b"\\t", b"\t").replace(b'"', b"\n")


@plain
class ImportReader:
    """Reads the imports that may mean a project file. near: the names that an absolute import of one can begin with."""

    near: frozenset[bytes]
    _known: dict[tuple[bytes, bytes], tuple[Import, ...]] = field(default_factory=dict)

    def read(self, content: bytes) -> tuple[Import, ...]:
        """The imports of one file, in order, repeats included."""
        content = content.removeprefix(codecs.BOM_UTF8)
        found: list[Import] = []
        for match in _IMPORT.finditer(content):
            start = match.start()
            head = content[content.rfind(b"\n", 0, start) + 1 : start].strip()
            statement = head, match[1]
            # Most statements of a project are copies of one another, so each text is taken apart once.
            if statement not in self._known:
                self._known[statement] = tuple(self._statement(*statement))
            found += self._known[statement]
        if b"import_" in content:
            found += self._dynamic(content)
        return tuple(found)

    def _statement(self, head: bytes, names: bytes) -> Iterator[Import]:
        """head: what stands before the word `import` on its line; names: what follows."""
        if not head or head.endswith((b":", b";")):
            for name in _names(names):
                yield from self._plain(name)
        elif match := _FROM.search(head):
            level = len(match[1])
            module = match[2].replace(b" ", b"")
            if self._may_be_ours(module, level):
                yield Import(_text(module), tuple(_text(name) for name in _names(names) if name in self.near), level)

    def _plain(self, name: bytes) -> Iterator[Import]:
        """`import a.b` binds a and runs a, then a.b: each may be a file."""
        if self._may_be_ours(name, 0):
            parts = _text(name).split(".")
            yield from (Import(".".join(parts[:end])) for end in range(1, len(parts) + 1))

    def _dynamic(self, content: bytes) -> Iterator[Import]:
        for match in _DYNAMIC.finditer(content):
            level, module, follows = len(match[1]), match[2], match[3]
            every = follows == b"" or module.endswith(b".")
            if self._may_be_ours(module, level):
                yield Import(_text(module.rpartition(b".")[0] if every else module), (), level, every)

    def _may_be_ours(self, module: bytes, level: int) -> bool:
        return level > 0 or module.partition(b".")[0] in self.near


def path_entries(content: bytes) -> tuple[str, ...]:
    """Folders named in `sys.path.append(...)` and its like, as they are written."""
    if b"sys.path" not in content:
        return ()
    calls = _PATH_EDIT.findall(content)
    return tuple(text.decode("utf-8", "replace") for call in calls for text in _LITERAL.findall(call))


def _names(text: bytes) -> list[bytes]:
    """The imported names of a list like `a as b, c`: a and c."""
    if text.startswith(b"("):
        text = _COMMENT.sub(b"", text[1:])
    if b"\\" in text:
        text = text.replace(b"\\", b" ")
    return [words[0] for item in text.split(b",") if (words := item.split(None, 1))]


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace")
