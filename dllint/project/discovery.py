"""From PATHS to files: git's ignore rules, excludes, links seen through, every file once, in a stable order."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from dllint.errors import CannotCheck
from dllint.findings import NotChecked
from dllint.plain import field, plain, replace
from dllint.project import git
from dllint.project.root import root_of
from dllint.project.walk import spec_of, walk

_NEVER = frozenset(
    {
        *(".git", ".hg", ".venv", "venv", "node_modules", "__pycache__", "site-packages", ".tox", ".nox", ".eggs"),
        ".ipynb_checkpoints",
    }
)
_OUTPUT = frozenset({"build", "dist"})


class MissingPath(CannotCheck):
    """A path that was asked for and is not there."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: no such file or folder")
        self.path = path


@plain
class Found:
    """Files, by absolute posix path with links resolved, in order. links: other spellings of them met on the way."""

    files: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    notes: list[NotChecked] = field(default_factory=list)


def discover(
    paths: Sequence[str], cwd: Path, excluded: Callable[[str], bool] = lambda path: False, *, force: bool = False
) -> Found:
    """The files that `paths` name: a file whatever its name is, a folder for the *.py and *.ipynb below it.

    excluded: hides files in folders; files named directly when force.
    MissingPath when one of `paths` is not there. What cannot be read is noted, and the rest found.
    """
    here = real(cwd)
    found = Found()
    files: set[str] = set()
    for path in paths:
        place = os.path.join(here, path)
        mode = _mode(place, path, found)
        if stat.S_ISDIR(mode):
            inside = (file for file in _files_below(real(place), here, found) if not excluded(file))
            files.update(_seen_through(inside, here, found))
        elif stat.S_ISREG(mode) and not (force and excluded(real(place))):
            files.add(real(place))
    return replace(found, files=tuple(sorted(files)))


def real(path: str | Path) -> str:
    """Absolute posix path with every link resolved: the one spelling of a file."""
    return os.path.realpath(path).replace(os.sep, "/")


def shown(path: str, cwd: str) -> str:
    """The path to report: relative to cwd when below it. Bytes that are no text are escaped, so that it prints."""
    name = path[len(cwd) + 1 :] if path.startswith(f"{cwd}/") else path
    return name.encode("utf-8", "backslashreplace").decode()


def excluder(patterns: Sequence[str], root: str) -> Callable[[str], bool]:
    """Says whether a file is hidden by patterns as in `.gitignore`, relative to a folder. Outside it, those count that
    are not tied to a folder.
    """
    if not patterns:
        return lambda path: False
    spec = spec_of(patterns)
    return lambda path: spec.match_file(path.removeprefix(f"{root}/").lstrip("/"))


def _mode(place: str, asked: str, found: Found) -> int:
    """The file mode behind a path that was asked for; 0, with a note, when it is no file or folder to read."""
    try:
        mode = os.stat(place).st_mode
    except FileNotFoundError:
        raise MissingPath(asked) from None
    except (OSError, ValueError) as error:
        found.notes.append(NotChecked(asked, 1, _reason(error)))
        return 0
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        found.notes.append(NotChecked(asked, 1, "not a regular file"))
    return mode


def _files_below(folder: str, cwd: str, found: Found) -> Iterator[str]:
    """The scripts and notebooks below a folder, links not yet seen through."""
    skip = _Skips(folder)
    listing = git.list_files(folder) if git.top_of(folder) else None
    # A folder that git ignores as a whole was still asked for by name.
    if listing is None or (not listing.files and git.is_ignored(folder)):
        walked = walk(folder, folder if listing else root_of(folder, cwd), skip)
        found.notes.extend(NotChecked(shown(place, cwd), 1, why) for place, why in walked.unreadable)
        yield from walked.files
        return
    found.notes.extend(NotChecked(shown(place, cwd), 1, why) for place, why in listing.unreadable)
    yield from (file for file in listing.files if not skip(os.path.dirname(file)))
    for nested in listing.nested:
        if not skip(nested):
            yield from _files_below(nested, cwd, found)


def _seen_through(files: Iterable[str], cwd: str, found: Found) -> Iterator[str]:
    """Each file under its real path; what git lists and is gone is left out."""
    for file in files:
        try:
            if not stat.S_ISLNK(os.lstat(file).st_mode):
                yield file
                continue
            if stat.S_ISREG(os.stat(file).st_mode):
                target = found.links[file] = real(file)
                yield target
        except FileNotFoundError:
            if os.path.islink(file):
                found.notes.append(NotChecked(shown(file, cwd), 1, "broken symbolic link"))
        except OSError as error:
            found.notes.append(NotChecked(shown(file, cwd), 1, _reason(error)))


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


class _Skips:
    """Folders that hold nobody's own source: asked once each, below the folder where the search began."""

    __slots__ = ("_known",)

    def __init__(self, start: str) -> None:
        self._known = {start: False}

    def __call__(self, folder: str) -> bool:
        known = self._known.get(folder)
        if known is None:
            known = self._known[folder] = self(os.path.dirname(folder)) or _is_foreign(folder)
        return known


def _is_foreign(folder: str) -> bool:
    name = os.path.basename(folder)
    if name in _OUTPUT:
        return not os.path.exists(f"{folder}/__init__.py")  # a package named build is source
    return name in _NEVER or os.path.exists(f"{folder}/pyvenv.cfg")
