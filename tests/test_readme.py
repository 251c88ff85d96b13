"""What the README shows is what dllint says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dllint.cli.run import run

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")

DATA = "import torch\n\nloader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset())\n"
"""The file that the sample imports and does not show."""


def blocks(language: str) -> list[str]:
    """What stands between fences of a language, in order."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    return [text for name, text in fenced if name == language]


def test_the_first_output_is_that_of_the_first_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program, shown = blocks("python")[0], blocks("")[0]
    for part in re.split(r"^# (?=\w+\.py$)", program, flags=re.MULTILINE)[1:]:
        name, _, text = part.partition("\n")
        (tmp_path / name).write_text(text.strip() + "\n")
    (tmp_path / "data.py").write_text(DATA)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "110")
    assert run([]) == 1
    assert re.sub(r"[\d.]+ s$", "0.3 s", capsys.readouterr().out, flags=re.MULTILINE) == shown


@pytest.mark.parametrize(
    "command", [line for block in blocks("sh") for line in block.splitlines() if line[:6] == "dllint"]
)
def test_the_commands_are_understood(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "src").mkdir()
    (tmp_path / "train.py").touch()
    words = command.partition("#")[0].partition(">")[0].split()[1:]
    assert run(words) == 0
    assert capsys.readouterr().err == ""
