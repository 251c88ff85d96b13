"""Which versions of a library a project is for, from the files that say so, read when somebody asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from dllint.plain import plain

Version: TypeAlias = tuple[int, ...]

ALSO = {"lightning": ("pytorch-lightning",), "segmentation_models_pytorch": ("segmentation-models-pytorch",)}
"""Other names that a library is installed by."""

LOCKS = ("uv.lock", "poetry.lock", "pdm.lock")
REQUIREMENTS = ("requirements*.txt", "requirements/*.txt")
PROJECTS = ("pyproject.toml", "setup.cfg")


@plain
class Versions:
    """Versions from `low` on and below `high`, where anybody said so. said: as written; where: `uv.lock:12`."""

    low: Version = ()
    high: Version | None = None
    said: str = ""
    where: str = ""

    def at_least(self, version: str) -> bool | None:
        """Whether all of them are this one or newer; None where some may be, or nobody said."""
        asked = _numbers(version)
        if self.low >= asked:
            return True
        return False if self.high is not None and self.high <= asked else None


UNKNOWN = Versions()


def declared(root: Path, package: str) -> Versions:
    """What the files of a project's root say of a package: the lock file, else requirements, else the project itself.

    Where several lines of one sort of file say different things, any of them may hold.
    """
    for names, lines in ((LOCKS, _locked), (REQUIREMENTS, _required), (PROJECTS, _required)):
        paths = [path for name in names for path in sorted(root.glob(name))]
        if found := [one for path in paths for one in _read(path, root, lines(package))]:
            return _any(found)
    return UNKNOWN


def _read(path: Path, root: Path, line: re.Pattern[str]) -> Iterator[Versions]:
    """What a file says, with the line it says it on. A file that cannot be read says nothing."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return
    for found in line.finditer(text):
        number = text.count("\n", 0, found.start(1)) + 1
        yield _between(found[1].strip(), f"{path.relative_to(root).as_posix()}:{number}")


def _locked(package: str) -> re.Pattern[str]:
    return re.compile(rf'^name = "{_names(package)}"\nversion = "([^"]+)"', re.MULTILINE)


def _required(package: str) -> re.Pattern[str]:
    """`torch>=2.1`, alone on a line or between quotes, and poetry's `torch = "^2.1"`."""
    name, extras = _names(package), r"(?:\[[^\]]*\])?"
    poetry = rf'(?:^{name}\s*=\s*(?:\{{[^}}\n]*?version\s*=\s*)?["\'])(?=[\d^~<>=!*])'
    return re.compile(rf'(?:(?:^\s*|["\']){name}{extras}\s*(?=[<>!~]|==)|{poetry})([^;#"\'\n]+)', re.M | re.I)


def _names(package: str) -> str:
    return f"(?:{'|'.join(map(re.escape, (package, *ALSO.get(package, ()))))})"


def _between(said: str, where: str) -> Versions:
    """The range that a specifier leaves open. What it says in a way that we do not know leaves all open."""
    low: Version = ()
    high: Version | None = None
    for part in said.split(","):
        found = re.fullmatch(r"(===?|~=|>=|<=|!=|>|<|\^|~)?\s*v?(\d+(?:\.\d+)*)(\.\*)?[^|\s]*", part.strip())
        if found is None:
            return Versions(said=said, where=where)
        below = _below(found[1] or "==", found[2])
        low = max(low, _numbers(found[2]) if found[1] not in ("<", "<=", "!=") else ())
        high = below if high is None or (below is not None and below < high) else high
    return Versions(low, high, said, where)


def _below(operator: str, version: str) -> Version | None:
    """What a version with an operator before it stays below."""
    parts = version.split(".")
    match operator:
        case "<":
            return _numbers(version)
        case "==" | "===" | "<=":
            return _after(version)
        case "~=":
            return _after(".".join(parts[:-1] or parts))
        case "~":
            return _after(".".join(parts[:2]))
        case "^":
            return _after(".".join(parts[: 1 if parts[0] != "0" else 2]))
    return None


def _numbers(version: str) -> Version:
    """1.10.0+cpu → (1, 10): numbers compare, and what ends in 0 is what does not."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _after(version: str) -> Version:
    """The first version that is none of this series: 2.2 for "2.1"."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    *first, last = map(int, found[0].split(".")) if found else [0]
    return (*first, last + 1)


def _any(found: Iterable[Versions]) -> Versions:
    """Versions of which one of several holds, and nobody knows which."""
    ranges = list(found)
    low = min(one.low for one in ranges)
    high = None if any(one.high is None for one in ranges) else max(one.high or () for one in ranges)
    said = " or ".join(dict.fromkeys(one.said for one in ranges))
    return Versions(low, high, said, ", ".join(dict.fromkeys(one.where for one in ranges)))


class Targets:
    """The versions a project is for, by library: what its configuration says of one, else what its files say."""

    def __init__(self, root: Path, configured: Mapping[str, str]) -> None:
        self._root = root
        self._known = {package: _between(f"=={version}.*", "") for package, version in configured.items()}

    def of(self, package: str) -> Versions:
        """What is known of a library's version; files are read when it is first asked for."""
        known = self._known.get(package)
        if known is None:
            known = self._known[package] = declared(self._root, package)
        return known
