"""From a file's bytes to its program: a script's own, the cells of a notebook, what IPython adds taken out."""

from __future__ import annotations

from pathlib import Path

from dllint.program.source import NOTEBOOK, Source
from dllint.program.text import decode

_SIGNS = (b"\n!", b"\n%", b"\n# %%", b"\n#%%")
"""Scripts that editors cut into cells, and those that notebooks are exported to, have one of these."""


def opened(path: Path, name: str, content: bytes) -> Source:
    """A file with its program. NotParsed for a notebook that is broken, and for magics in bytes that are no text."""
    if path.suffix == NOTEBOOK:
        from dllint.program import notebook  # with json, which most runs do without

        found = notebook.read(content)
        return Source(path, name, content, found.program, found)
    if any(sign in content for sign in _SIGNS):
        from dllint.program import magics

        return Source(path, name, content, magics.script(decode(content)))
    return Source(path, name, content, content)
