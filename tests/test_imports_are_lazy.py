"""What a run imports: nothing that it does not use, never torch, and never the network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LINT = """
import os, sys
os._exit = sys.exit  # the command ends the process at once; here something is asked of it first
sys.argv = ["dllint", *sys.argv[1:]]
try:
    from dllint.cli import main
    main()
except SystemExit as end:
    status = end.code or 0
else:
    status = 0
print("imported:", *sorted(name for name in WATCHED if name in sys.modules), file=sys.stderr)
sys.exit(status)
"""

ALONE = """
import socket, sys

def refuse(event, arguments):
    if event.startswith("socket.") or event in ("urllib.Request", "ftplib.connect"):
        print("network:", event, file=sys.stderr)
        raise PermissionError(event)

sys.addaudithook(refuse)
"""
"""Forbids what opens a connection, and tells of it, whoever catches the error."""

WATCHED = ("libcst", "torch", "numpy", "keras", "pathspec", "dllint.infer", "dllint.infer.run", "dllint.judge")

TRAIN = (
    "import torch.nn.functional as F\n\ndef step(net, x, y):\n    F.cross_entropy(net(x).softmax(1), y).backward()\n"
)


def dllint(folder: Path, *arguments: str) -> tuple[int, str, list[str], str]:
    """Run with these arguments: exit status, stdout, which of WATCHED were imported, the rest of stderr."""
    program = f"WATCHED = {WATCHED!r}\n{ALONE}{LINT}"
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )
    rest, _, imported = ran.stderr.rpartition("imported:")
    return ran.returncode, ran.stdout, imported.split(), rest


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["check", "--help"], ["rules"], ["explain", "missing-eval"]], ids=" ".join
)
def test_what_needs_no_engine_imports_none(tmp_path: Path, arguments: list[str]) -> None:
    status, out, imported, rest = dllint(tmp_path, *arguments)
    assert (status, imported, rest) == (0, [], "")
    assert out


def test_a_project_without_deep_learning_imports_no_parser(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("import os\n\nprint(os.getcwd())\n")
    status, out, imported, rest = dllint(tmp_path, ".", "--output-format", "concise")
    assert (status, out) == (0, "")
    assert rest.startswith("nothing was checked · 1 file without deep learning imports")
    assert set(imported) <= {"pathspec"}


def test_an_empty_folder_imports_no_parser(tmp_path: Path) -> None:
    status, _, imported, _ = dllint(tmp_path, ".")
    assert status == 0
    assert set(imported) <= {"pathspec"}


@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_linting_imports_no_framework_and_asks_no_network(tmp_path: Path, form: str) -> None:
    (tmp_path / "train.py").write_text(TRAIN)
    status, out, imported, rest = dllint(tmp_path, ".", "--output-format", form)
    assert (status, "DL301" in out) == (1, True)
    assert "libcst" not in imported  # Python reads this file: libcst is for those it does not, and for fixes
    assert not {"torch", "numpy", "keras"} & set(imported)
    assert "network:" not in rest


def test_the_code_that_is_linted_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(f"{TRAIN}\nopen('touched', 'w').close()\n")
    (tmp_path / "torch.py").write_text("open('touched', 'w').close()\n")
    (tmp_path / "conftest.py").write_text("import torch\nopen('touched', 'w').close()\n")
    assert dllint(tmp_path, ".")[0] in (0, 1)
    assert not (tmp_path / "touched").exists()
