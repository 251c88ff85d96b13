"""What the pages in docs/ show is so."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from dllint import rulebook
from dllint.cli.run import run
from dllint.config import read_settings
from dllint.config.kinds import KEYS
from dllint.project import Suppressions
from dllint.project.suppressions import FORMS
from dllint.report.formats import FORMATS

DOCS = Path(__file__).parents[1] / "docs"
CONFIGURATION = (DOCS / "configuration.md").read_text("utf-8")
OUTPUTS = (DOCS / "outputs.md").read_text("utf-8")
SUPPRESSIONS = (DOCS / "suppressions.md").read_text("utf-8")
PRIVATE = (DOCS / "private-rules.md").read_text("utf-8")

TRAIN = "import torch.nn.functional as F\n\ndef step(net, x, y):\n    F.cross_entropy(net(x), y).backward()\n"
BUG = TRAIN.replace("net(x)", "net(x).softmax(1)")


def blocks(page: str, language: str, fence: str = "```") -> list[str]:
    """What stands between fences of a language, in order."""
    fenced = re.findall(rf"^{fence}(\w*)\n(.*?)^{fence}$", page, re.DOTALL | re.MULTILINE)
    return [text for name, text in fenced if name == language]


def words(command: str) -> list[str]:
    return command.partition("<")[0].split()[1:]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project where a file has the bug of the private rule."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src/train.py").write_text(TRAIN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_private_rule_passes_its_own_test_and_finds_its_bug(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = blocks(PRIVATE, "python", "~~~")
    path = project / re.findall(r"`(tools/\S+\.py)`", PRIVATE)[0]
    path.parent.mkdir(parents=True)
    path.write_text(program)
    test, use = blocks(PRIVATE, "sh")[0].splitlines()
    assert run(words(test)) == 0
    assert capsys.readouterr().out == blocks(PRIVATE, "")[0]
    assert run([*words(use), "--output-format", "concise"]) == 1
    assert "warning ACME001 unsmoothed-labels (certain)" in capsys.readouterr().out


def test_the_configuration_is_read_and_every_key_is_explained(project: Path) -> None:
    (project / "pyproject.toml").write_text(blocks(CONFIGURATION, "toml")[0])
    settings = read_settings()
    assert settings.per_file_ignores == {"tests/": ("mode",), "!src/": ("loss",)}
    assert run(["src", "--no-progress"]) == 0
    assert sorted(re.findall(r"^\| `([\w-]+)` \|", CONFIGURATION, re.MULTILINE)) == sorted(KEYS)


def test_the_commands_of_the_configuration_page(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pyproject.toml").write_text("[tool.dllint]\n")
    show, stdin = (block.strip() for block in blocks(CONFIGURATION, "sh"))
    assert run(words(show)) == 0
    shown = [line.split() for line in blocks(CONFIGURATION, "")[0].splitlines()]
    assert [line.split() for line in capsys.readouterr().out.splitlines()][: len(shown)] == shown
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BUG.encode())))
    assert run(words(stdin)) == 1
    assert capsys.readouterr().out.startswith("src/train.py:4:5: error DL301")


def test_the_program_of_the_configuration_page(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "src/train.py").write_text(TRAIN.replace("net(x)", "net(x).softmax(1)"))
    exec(blocks(CONFIGURATION, "python")[0], {})
    assert capsys.readouterr().out.startswith("src/train.py 4 DL301 the loss gets softmax output")


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^):#]+)\)", page.read_text("utf-8")):
        assert (DOCS / link).exists(), link


def test_the_page_of_outputs_shows_every_format_and_a_command_that_works(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert re.findall(r"^\| `(\w+)` \|", OUTPUTS.partition("\n## ")[0], re.MULTILINE) == list(FORMATS)
    assert run(words(blocks(OUTPUTS, "sh")[0])) < 2
    written = json.loads((project / "bugs.json").read_text())
    table = OUTPUTS.partition("## json")[2].partition("## github")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(written)
    assert all(f"`{key}`" in table for key in written["summary"])


def test_the_hook_on_the_page_of_outputs_is_the_hook(project: Path) -> None:
    (hook,) = re.findall(r"^ +- id: (\S+)$", OUTPUTS, re.MULTILINE)
    assert f"- id: {hook}\n" in (DOCS.parent / ".pre-commit-hooks.yaml").read_text("utf-8")


def test_the_comments_on_the_page_of_suppressions_mean_rules(project: Path) -> None:
    book = rulebook.load()
    shown = re.findall(r"# dllint: ([\w-]+)\[([\w, -]+)\]", SUPPRESSIONS)
    assert {form for form, _ in shown} == set(FORMS)
    for name in {name.strip() for _, names in shown for name in names.split(",")} - {"names"}:
        assert rulebook.find(book, name)
    for code, name in re.findall(r"`(DL\d{3}) ([a-z-]+)`", SUPPRESSIONS):
        assert [rule.code for rule in rulebook.find(book, name)] == [code]


def test_the_block_on_the_page_of_suppressions_ends_with_its_function() -> None:
    (block,) = [text for text in blocks(SUPPRESSIONS, "python") if "def " in text]
    (off,) = Suppressions.of(block).all
    assert block.splitlines()[off.last].startswith("def evaluate")
