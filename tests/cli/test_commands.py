"""What each command says, and what `check` asks of the engine."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dllint.config import Settings

Dllint = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("arguments", "paths"),
    [
        ([], (".",)),
        (["check"], (".",)),
        (["src", "train.py"], ("src", "train.py")),
        (["check", "src"], ("src",)),
        (["./rules"], ("./rules",)),
        (["--fail-on", "error", "src"], ("src",)),
        (["--", "--odd.py"], ("--odd.py",)),
    ],
)
def test_check_is_meant_when_no_command_is_named(dllint: Dllint, asked, arguments: list[str], paths) -> None:
    dllint(*arguments)
    assert asked.given["paths"] == paths
    assert asked.given["cwd"] == Path.cwd()


def test_words_are_repeated_or_put_between_commas(dllint: Dllint, asked) -> None:
    dllint(
        "--select", "loss,DL401", "--select", "mode", "--ignore", "DL304, DL305", "--exclude", "a/*", "--exclude", "b"
    )
    assert asked.given["settings"] == Settings(
        select=["loss", "DL401", "mode"], ignore=["DL304", "DL305"], exclude=["a/*", "b"], root=Path.cwd()
    )


def test_possible_findings_are_asked_for(dllint: Dllint, asked) -> None:
    dllint(".")
    assert not asked.given["settings"].shows_possible
    dllint("--show", "possible", "--no-cache", "--no-progress")
    assert asked.given["settings"].shows_possible


def test_text_is_the_format_for_people(dllint: Dllint) -> None:
    _, out, err = dllint(".")
    assert out.startswith("train.py:1:8 warning DL301 softmax-into-logit-loss (certain)\n")
    assert "1 │ loss = criterion(p, y)\n" in out
    assert "not checked:\n  old.py:3 not analysed\n" in out
    assert err == ""


def test_json_is_alone_on_stdout(dllint: Dllint) -> None:
    status, out, err = dllint("--output-format", "json")
    assert (status, err) == (1, "")
    assert json.loads(out)["findings"][0]["path"] == "train.py"


def test_concise_says_what_it_looked_at_on_stderr(dllint: Dllint) -> None:
    _, out, err = dllint("--output-format", "concise")
    assert out.count("\n") == 1
    assert err.startswith("1 warning · 2 files")


@pytest.mark.parametrize(
    ("environment", "options", "painted"),
    [
        ({}, [], False),  # not a terminal
        ({"FORCE_COLOR": "1"}, [], True),
        ({"FORCE_COLOR": "0"}, [], False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
    ],
)
def test_who_decides_about_colours(
    dllint: Dllint, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], options: list[str], painted: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in dllint(*options)[1]) is painted


def test_explain_shows_the_page(dllint: Dllint) -> None:
    status, out, _ = dllint("explain", "dl301")
    assert status == 0
    assert out.startswith("error DL301 softmax-into-logit-loss\n\nSoftmax twice.\n\nBad:\n    ```python\n    loss(p)\n")


def test_explain_paints_code_and_leaves_out_the_fences(dllint: Dllint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = dllint("explain", "dl301")[1]
    assert "\x1b[1mBad:\x1b[0m\n\x1b[36m    loss(p)\x1b[0m\n" in out
    assert "```" not in out


def test_explain_lists_a_family(dllint: Dllint) -> None:
    out = dllint("explain", "loss")[1]
    assert [line.split()[0] for line in out.splitlines()] == ["DL301", "DL304"]


def test_rules_are_a_table(dllint: Dllint) -> None:
    out = dllint("rules")[1]
    assert out.splitlines()[2] == "DL401  warning  missing-eval             Evaluated in train mode."


def test_rules_as_json(dllint: Dllint) -> None:
    entries = json.loads(dllint("rules", "--output-format", "json")[1])
    assert entries[0] == {
        "code": "DL301",
        "name": "softmax-into-logit-loss",
        "level": "error",
        "family": "loss",
        "summary": "Softmax twice.",
    }


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["explain", "-h"], ["rules", "-h"]])
def test_help(dllint: Dllint, arguments: list[str]) -> None:
    status, out, err = dllint(*arguments)
    assert (status, err) == (0, "")
    assert out.startswith("Usage: dllint")
