"""What git says of a folder: its files that are not ignored, in one call."""

from __future__ import annotations

import os
import re
import subprocess

from dllint.plain import plain

_UNREADABLE = re.compile(rb"could not open directory '(.*?)/?': (.*)")


@plain
class Listing:
    """Posix paths below the folder that was listed. nested: repositories inside it, which git does not look into."""

    files: tuple[str, ...]
    nested: tuple[str, ...]
    unreadable: tuple[tuple[str, str], ...]  # folder, reason


def top_of(folder: str) -> str | None:
    """The nearest folder at or above that holds `.git`, None outside a work tree. Starts no process."""
    while not os.path.exists(f"{folder}/.git"):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def list_files(folder: str) -> Listing | None:
    """Tracked files, and untracked ones that git does not ignore. None when git cannot say (absent, not trusted)."""
    done = _git(folder, "ls-files", "-co", "--exclude-standard", "-z")
    if done is None or done.returncode != 0:
        return None
    names = dict.fromkeys(os.fsdecode(name) for name in done.stdout.split(b"\0") if name)
    others = (name for name in names if "." not in name.rpartition("/")[2])
    return Listing(
        tuple(f"{folder}/{name}" for name in names if name.endswith((".py", ".ipynb"))),
        tuple(f"{folder}/{name.rstrip('/')}" for name in others if _is_repository(folder, name)),
        tuple((f"{folder}/{os.fsdecode(name)}", why.decode()) for name, why in _UNREADABLE.findall(done.stderr)),
    )


def is_ignored(folder: str) -> bool:
    """Whether git's rules hide the folder itself: then a listing of it is empty for that reason alone."""
    done = _git(folder, "check-ignore", "-q", ".")
    return done is not None and done.returncode == 0


def _is_repository(folder: str, name: str) -> bool:
    # An untracked clone is listed with a slash; a submodule as a bare name, which only a look at the disk tells apart.
    place = f"{folder}/{name}"
    return name.endswith("/") or (os.path.exists(f"{place}/.git") and not os.path.islink(place))


def _git(folder: str, *args: str) -> subprocess.CompletedProcess[bytes] | None:
    # A git hook exports GIT_DIR and GIT_INDEX_FILE, which would answer for another repository than the folder's.
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"LC_ALL": "C"}
    # core.fsmonitor may name a program to run: listing files must not run what a repository says.
    command = ["git", "-C", folder, "-c", "core.fsmonitor=false", *args]
    try:
        return subprocess.run(command, capture_output=True, env=env, stdin=subprocess.DEVNULL)
    except OSError:
        return None
