"""Files as they are found: each that cannot be read costs one line that names it, and the others are linted."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dllint.cli.run import run

ROOT = Path(__file__).parents[2]

BUG = """\
import torch.nn.functional as F


def step(net, x, y):
    F.cross_entropy(net(x).softmax(1), y).backward()
"""

Files = Mapping[str, str | bytes]
Lint = Callable[..., dict]


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lint:
    """Write files, lint the folder by the real command line, and give what the json says, and the exit status."""

    def call(files: Files, *paths: str) -> dict:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        monkeypatch.chdir(tmp_path)
        status = run([*(paths or (".",)), "--output-format", "json"])
        out, err = capsys.readouterr()
        assert err == ""
        return {**json.loads(out), "status": status}

    return call


def places(said: dict) -> list[tuple[str, str, int]]:
    """Code, path and line of every finding."""
    return [(f["code"], f["path"], f["line"]) for f in said["findings"]]


UNREADABLE = {
    "a syntax error": ("import torch\nx = = 1\n", 2, "invalid syntax"),
    "Python 2": ("import torch\n\nprint 'loss'\n", 3, "Python 2: print statement"),
    "a NUL byte": (b"import torch\nx = '\0'\n", 2, "a NUL byte: not Python source"),
    "Latin-1 not declared": (b"import torch\nx = '\xe9'\n", 2, "bytes that are not utf-8, and no encoding is declared"),
    "a codec nobody has": ("# coding: klingon\nimport torch\n", 1, "unknown encoding 'klingon' declared"),
    "300 brackets": (f"import torch\nx = {'[' * 300}{']' * 300}\n", 2, "nested deeper than 200 brackets"),
    "300 blocks": (
        "import torch\n" + "".join(" " * n + "if x:\n" for n in range(300)) + " " * 300 + "x\n",
        102,
        "too many levels of indentation",
    ),
    "5,000 terms": ("import torch\nx = 1" + " + 1" * 5_000, 2, "an expression that chains more than 3,000 operators"),
    "an endless string": ("import torch\n\nx = '''\n", 3, "unterminated triple-quoted string literal"),
}


@pytest.mark.parametrize(("text", "line", "why"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_no_python_is_one_line_and_the_others_are_linted(
    lint: Lint, text: str | bytes, line: int, why: str
) -> None:
    said = lint({"good.py": BUG, "pack/odd.py": text})
    assert places(said) == [("DL301", "good.py", 5)]
    (note,) = said["not_checked"]
    assert (note["path"], note["line"]) == ("pack/odd.py", line)
    assert note["why"].startswith(f"not analysed: {why}")
    assert said["summary"]["files"] == 1
    assert said["summary"]["files_not_parsed"] == 1


def test_a_file_that_does_not_parse_is_no_failure(lint: Lint) -> None:
    assert lint({"odd.py": "import torch\nx = = 1\n", "fine.py": "import torch\n"})["status"] == 0


def test_a_file_that_does_not_parse_is_shown_to_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    (tmp_path / "odd.py").write_text("import torch\nx = = 1\n")
    monkeypatch.chdir(tmp_path)
    assert run(["."]) == 0
    assert "  odd.py:2 not analysed: invalid syntax\n" in capsys.readouterr().out


def test_one_who_imports_a_file_that_does_not_parse_is_linted(lint: Lint) -> None:
    said = lint({"odd.py": "import torch\nx = = 1\n", "train.py": f"from odd import x\nimport odd\n{BUG}"})
    assert places(said) == [("DL301", "train.py", 7)]


SAME = {
    "CRLF": BUG.replace("\n", "\r\n").encode(),
    "CR": BUG.replace("\n", "\r").encode(),
    "a byte order mark": b"\xef\xbb\xbf" + BUG.encode(),
    "a mark and CRLF": b"\xef\xbb\xbf" + BUG.replace("\n", "\r\n").encode(),
    "no last line end": BUG.removesuffix("\n").encode(),
    "Latin-1 declared": b"# coding: latin-1 \xe9\n" + BUG.encode().replace(b"\n\n\n", b"\n\n"),
    "form feeds": BUG.replace("\n\n\n", "\n\f\n\n").encode(),
}


@pytest.mark.parametrize("content", SAME.values(), ids=SAME)
def test_line_ends_and_encodings_move_nothing(lint: Lint, content: bytes) -> None:
    said = lint({"odd.py": content})
    (found,) = said["findings"]
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (5, 5, 5, 42)
    assert said["not_checked"] == []


EMPTY = {"nothing": b"", "a byte order mark": b"\xef\xbb\xbf", "a comment": b"# torch", "blank lines": b"\n \n\f\n"}


@pytest.mark.parametrize("content", EMPTY.values(), ids=EMPTY)
def test_an_empty_file_is_no_trouble(lint: Lint, content: bytes) -> None:
    said = lint({"empty.py": content, "good.py": f"from empty import *\nimport empty\n{BUG}"})
    assert places(said) == [("DL301", "good.py", 7)]
    assert said["not_checked"] == []


def test_links_that_turn_in_circles_are_walked_once(lint: Lint, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack/again").symlink_to(tmp_path / "pack", target_is_directory=True)
    (tmp_path / "pack/self.py").symlink_to("self.py")
    (tmp_path / "pack/gone.py").symlink_to("nowhere.py")
    said = lint({"pack/good.py": BUG})
    assert places(said) == [("DL301", "pack/good.py", 5)]
    assert {(note["path"], note["why"]) for note in said["not_checked"]} == {
        ("pack/self.py", "Too many levels of symbolic links"),
        ("pack/gone.py", "broken symbolic link"),
    }


NOBODY = """
import contextlib, io, os, sys
from dllint import rulebook
from dllint.cli.run import run

book = rulebook.load()
rulebook.load = lambda **_: book
with contextlib.redirect_stdout(io.StringIO()):
    run(sys.argv[1:])
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
sys.exit(run([*sys.argv[1:], "--output-format", "json"]))
"""
"""Lints as a user without rights: root reads everything, so it takes another's name once all is imported."""


@pytest.mark.skipif(sys.platform == "win32", reason="no permissions to take away")
def test_a_file_that_may_not_be_read_is_noted() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "good.py").write_text(BUG)
        (folder / "locked.py").write_text(BUG)
        (folder / "locked.py").chmod(0)
        (folder / "closed").mkdir(0)
        ran = subprocess.run([sys.executable, "-c", NOBODY, name], cwd=ROOT, capture_output=True, text=True, timeout=60)
        (folder / "closed").chmod(0o755)
    assert (ran.returncode, ran.stderr) == (1, "")
    said = json.loads(ran.stdout)
    assert [Path(path).name for _, path, _ in places(said)] == ["good.py"]
    why = {Path(note["path"]).name: note["why"] for note in said["not_checked"]}
    assert why == {"locked.py": "Permission denied", "closed": "Permission denied"}
