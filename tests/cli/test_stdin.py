"""One file of a project on stdin, as an editor holds it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dllint.cli.run import run

MODEL = "import torch.nn as nn\n\n\ndef build():\n    return nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))\n"
SAVED = "import torch\n"
TYPED = """\
import torch
from model import build

net, criterion = build(), torch.nn.CrossEntropyLoss()
for images, labels in loader:
    criterion(net(images), labels).backward()
"""

Lint = Callable[..., tuple[int, str, str]]


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Lint:
    """Lint in a project whose train.py is saved clean, with this on stdin: exit status, stdout, stderr."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src/model.py").write_text(MODEL)
    (tmp_path / "src/train.py").write_text(SAVED)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def call(text: str, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        status = run(arguments)
        return status, *capsys.readouterr()

    return call


def test_stdin_is_read_in_place_of_the_file(lint: Lint) -> None:
    status, out, _ = lint(TYPED, "check", "-", "--stdin-filename", "src/train.py", "--output-format", "json")
    (found,) = json.loads(out)["findings"]
    assert (status, found["path"], found["line"]) == (1, "src/train.py", 6)
    assert found["related"][0]["path"] == "src/model.py"
    assert Path("src/train.py").read_text() == SAVED


def test_frames_show_what_is_on_stdin(lint: Lint) -> None:
    out = lint(TYPED, "-", "--stdin-filename", "./src/../src/train.py")[1]
    assert out.startswith("src/train.py:6:5 error DL301")
    assert "6 │     criterion(net(images), labels).backward()" in out


def test_concise_output_is_of_stdin(lint: Lint) -> None:
    out = lint(TYPED, "-", "--stdin-filename", "src/train.py", "--output-format", "concise")[1]
    assert out.startswith("src/train.py:6:5: error DL301")
    assert out.count("\n") == 1


def test_the_file_need_not_be_there_and_the_dash_need_not_be_said(lint: Lint) -> None:
    out = lint(TYPED, "--stdin-filename", "src/new/train.py", "--output-format", "concise")[1]
    assert out.startswith("src/new/train.py:6:5: error DL301")


def test_a_nameless_source_stands_in_the_working_directory(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("src")
    assert lint(TYPED, "-", "--output-format", "concise")[1].startswith("-:6:5: error DL301")


def test_other_files_of_the_project_are_not_reported(lint: Lint) -> None:
    Path("src/other.py").write_text(TYPED)
    status, out, _ = lint(SAVED, "-", "--stdin-filename", "src/train.py", "--output-format", "concise")
    assert (status, out) == (0, "")


def test_a_source_that_is_no_python_is_one_note(lint: Lint) -> None:
    status, out, _ = lint("import torch\nx = = 1\n", "-", "--stdin-filename", "src/train.py")
    assert status == 0
    assert "src/train.py:2 not analysed: invalid syntax" in out


def test_a_suppression_on_stdin_counts(lint: Lint) -> None:
    text = TYPED.replace(".backward()", ".backward()  # dllint: ignore[DL301] as published")
    assert lint(text, "-", "--stdin-filename", "src/train.py")[0] == 0


def test_the_configuration_is_that_of_the_file(lint: Lint) -> None:
    Path("src/dllint.toml").write_text('[per-file-ignores]\n"train.py" = ["loss"]\n')
    assert lint(TYPED, "-", "--stdin-filename", "src/train.py")[0] == 0
    assert lint(TYPED, "-", "--stdin-filename", "src/main.py")[0] == 1


def test_what_is_excluded_by_force_is_left_out(lint: Lint) -> None:
    arguments = ("-", "--stdin-filename", "src/train.py", "--exclude", "src/")
    assert lint(TYPED, *arguments)[0] == 1
    assert lint(TYPED, *arguments, "--force-exclude")[0] == 0


@pytest.mark.parametrize("arguments", [["-", "src"], ["src", "--stdin-filename", "src/train.py"]])
def test_stdin_goes_with_no_other_path(lint: Lint, arguments: list[str]) -> None:
    status, out, err = lint(TYPED, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith("dllint: stdin is one file")


def test_a_folder_is_no_file(lint: Lint) -> None:
    status, _, err = lint(TYPED, "-", "--stdin-filename", "src")
    assert (status, err.startswith("dllint: --stdin-filename src is a folder")) == (2, True)
