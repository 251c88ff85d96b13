"""What `quick.lower` makes of a file against what the libcst walk makes of it: every node, value and ordinal.

`python -m tests.program.quick_differential [FOLDER …]` compares every file of the folders, by default the standard
library, and prints each difference, each file left to libcst with the reason, and what both cost.
"""

from __future__ import annotations

import gc
import sys
import sysconfig
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import TypeVar

from dllint.program import ir, quick
from dllint.program.lower import lowered_by_libcst
from dllint.program.nesting import needs_room
from dllint.program.room import roomy
from dllint.program.source import NotParsed
from dllint.program.text import decode

T = TypeVar("T")


def difference(ours: object, theirs: object) -> str:
    """The first place where two lowered programs differ, or nothing."""
    todo: list[tuple[str, object, object]] = [("", ours, theirs)]
    while todo:
        where, one, other = todo.pop()
        if type(one) is not type(other):
            return f"{where}: {_shown(one)} and {_shown(other)}"
        if isinstance(one, ir.Node):
            fields = [name for kind in type(one).__mro__ for name in getattr(kind, "__slots__", ())]
            todo += [(f"{where}.{name}", getattr(one, name), getattr(other, name)) for name in fields]
        elif isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return f"{where}: {len(one)} and {len(other)} items"
            todo += [(f"{where}[{i}]", a, b) for i, (a, b) in enumerate(zip(one, other, strict=True))]
        elif isinstance(one, frozenset) and isinstance(other, frozenset):
            if one != other:
                return f"{where}: {sorted(one ^ other)}"
        elif repr(one) != repr(other):  # repr: -0.0 is no 0.0, and nan is nan
            return f"{where}: {one!r} and {other!r}"
    return ""


def _shown(thing: object) -> str:
    return f"{type(thing).__name__} at {thing.at}" if isinstance(thing, ir.Node) else repr(thing)


def compared(text: str) -> str:
    """The first difference. NotParsed: libcst does not read it. Other errors: ast does not, or quick is not certain."""

    def both() -> str:
        return difference(quick.lowered(text)[0], lowered_by_libcst(text))

    return roomy(both) if needs_room(text) else both()


def main(arguments: list[str]) -> int:
    folders = [Path(name) for name in arguments] or [Path(sysconfig.get_path("stdlib"))]
    outcomes: Counter[str] = Counter()
    spent: defaultdict[str, float] = defaultdict(float)
    found = {(path, folder) for folder in folders for path in folder.rglob("*.py") if path.is_file()}
    for path in sorted({path for path, folder in found if "site-packages" not in path.relative_to(folder).parts}):
        outcome, why = _outcome(path, spent)
        outcomes[outcome] += 1
        if outcome in ("differ", "left to libcst", "only quick reads it"):
            print(f"{path}: {outcome}: {why}", flush=True)
        gc.collect(0)
    print(dict(outcomes))
    print({kind: f"{1000 * spent[kind] / max(spent['kLOC'], 1e-9):.1f} ms/kLOC" for kind in ("quick", "libcst")})
    print(f"{spent['kLOC']:.0f} kLOC of {outcomes['agree']} files")
    return 1 if outcomes["differ"] else 0


def _outcome(path: Path, spent: defaultdict[str, float]) -> tuple[str, str]:
    try:
        text = decode(path.read_bytes())
        room = roomy if needs_room(text) else _here
    except NotParsed as refusal:
        return "neither reads it", str(refusal)
    start = process_time()
    try:
        module, why = room(lambda: quick.lowered(text)[0]), ""
    except quick.UNREAD as error:
        module, why = None, f"{type(error).__name__}: {error}"
    middle = process_time()
    try:
        other = lowered_by_libcst(text)
    except NotParsed as refusal:
        return ("only quick reads it", str(refusal)) if module else ("neither reads it", why)
    if module is None:
        return "left to libcst", why
    spent["quick"] += middle - start
    spent["libcst"] += process_time() - middle
    spent["kLOC"] += text.count("\n") / 1000
    found = difference(module, other)
    return ("differ", found) if found else ("agree", "")


def _here(work: Callable[[], T]) -> T:
    return work()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
