"""Workflow commands: one line a finding, in the places that GitHub shows, whatever the text holds."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from dllint.findings import Finding, Level, Place, Report
from dllint.report.github import github


def said(*findings: Finding, cwd: Path = Path("/"), workspace: str = "") -> str:
    return github(Report(findings), cwd=cwd, workspace=workspace)


def properties(line: str) -> dict[str, str]:
    """The properties of a command, unescaped."""
    given = line.split("::")[1].partition(" ")[2]
    return {name: unquote(value) for name, _, value in (one.partition("=") for one in given.split(","))}


def message(line: str) -> str:
    return unquote(line.split("::", 2)[2].removesuffix("\n"))


def test_a_finding_is_one_line_with_the_chain_in_its_message(finding: Finding) -> None:
    line = said(finding)
    assert line.startswith("::error title=DL301 softmax-into-logit-loss (certain),file=train.py,line=3,endLine=3,")
    assert line.count("\n") == 1
    assert message(line).splitlines() == [
        "train.py:3:8: the loss gets probabilities",
        "why: it applies softmax itself, so it cannot fall below 1.46",
        "fix: pass the scores",
        "model.py:2: softmax here",
        "train.py:1: passes here",
    ]


@pytest.mark.parametrize(
    ("level", "command"), [(Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.ADVICE, "notice")]
)
def test_levels_are_github_s(finding: Finding, level: Level, command: str) -> None:
    assert said(replace(finding, level=level)).startswith(f"::{command} ")


def test_columns_are_given_on_one_line_only(finding: Finding) -> None:
    assert "col=8,endColumn=23" in said(finding)
    over_two = said(replace(finding, place=Place("train.py", 3, 8, 4, 2)))
    assert properties(over_two)["endLine"] == "4"
    assert "col" not in over_two.split("::")[1].lower()


def test_an_end_is_never_before_its_start(finding: Finding) -> None:
    assert "col=8,endColumn=8" in said(replace(finding, place=Place("train.py", 3, 8, 3, 0)))


def test_what_would_end_a_property_or_a_line_is_escaped(finding: Finding) -> None:
    odd = replace(finding, place=Place("a:b,c%d\r\ne.py", 3, 8, 3, 9), message="100%; a::b; c", related=())
    line = said(odd)
    assert "file=a%3Ab%2Cc%25d%0D%0Ae.py," in line
    assert line.endswith("100%25%0Awhy: a::b%0Afix: c\n")
    assert line.count("\n") == 1
    assert properties(line)["file"] == "a:b,c%d\r\ne.py"


def test_paths_are_those_of_the_workspace(finding: Finding, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    assert properties(said(finding, cwd=tmp_path / "sub", workspace=str(tmp_path)))["file"] == "sub/train.py"
    assert properties(said(finding, cwd=tmp_path, workspace=str(tmp_path / "sub")))["file"] == "train.py"
    assert message(said(finding, cwd=tmp_path / "sub", workspace=str(tmp_path))).startswith("train.py:3:8: ")


def test_nothing_found_says_nothing() -> None:
    assert said() == ""
