"""The hook that pre-commit reads from this repository: its entry exists, and does what a commit needs.

pre-commit itself wants a network to install from; here its part is played by calling the entry with staged files.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from dllint.cli.run import run

ROOT = Path(__file__).parents[1]

HOOK = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")

FILES = {
    "shop/__init__.py": "",
    "shop/model.py": (
        "import torch.nn as nn\n\n\ndef build():\n    return nn.Sequential(nn.Linear(4, 3), nn.Softmax(1))\n"
    ),
    "shop/train.py": (
        "import torch.nn as nn\nfrom shop.model import build\n\n\n"
        "def step(x, y):\n    nn.CrossEntropyLoss()(build()(x), y).backward()\n"
    ),
    "shop/other.py": (
        "import torch.nn.functional as F\n\n\n"
        "def other(net, x, y):\n    F.cross_entropy(net(x).softmax(1), y).backward()\n"
    ),
    "shop/fine.py": "import torch\n\nx = torch.zeros(3)\n",
}


def value(key: str) -> str:
    """What the one hook of the file says for a key: it is flat, and needs no reader of YAML."""
    (found,) = re.findall(rf"^(?:- |  ){key}: (.+)$", HOOK, re.MULTILINE)
    return found


@pytest.fixture
def commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable:
    """Run the entry on staged files of a project: the exit status, and where findings are."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(value("entry"))
    assert program == "dllint"

    def call(*staged: str) -> tuple[int, list[str]]:
        status = run([*arguments, "--output-format", "concise", *staged])
        return status, [line.split(":")[0] for line in capsys.readouterr().out.splitlines()]

    return call


def test_the_hook_is_one_process_over_scripts_and_notebooks() -> None:
    assert [value(key) for key in ("id", "language", "types_or", "require_serial", "args")] == [
        *("dllint", "python", "[python, jupyter]", "true", "[]")
    ]


def test_its_program_is_one_that_is_installed() -> None:
    assert f'{shlex.split(value("entry"))[0]} = "dllint.cli:main"' in (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("staged", [["shop/model.py"], ["shop/train.py"], ["shop/train.py", "shop/model.py"]])
def test_a_bug_across_two_files_is_found_when_either_is_staged(commit: Callable, staged: list[str]) -> None:
    assert commit(*staged) == (1, ["shop/train.py"])


def test_a_staged_file_without_a_part_in_any_bug_passes(commit: Callable) -> None:
    assert commit("shop/fine.py") == (0, [])


def test_a_staged_file_that_the_settings_exclude_passes(commit: Callable) -> None:
    assert commit("shop/other.py") == (1, ["shop/other.py"])
    Path("pyproject.toml").write_text('[tool.dllint]\nexclude = ["shop/other.py"]\n')
    assert commit("shop/other.py") == (0, [])
