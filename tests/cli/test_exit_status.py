"""0 clean, 1 findings, 2 could not be done, 130 interrupted: with one line on stderr for each failure."""

from collections.abc import Callable

import pytest

from dllint.errors import CannotCheck
from dllint.findings import Level, Report
from dllint.rulebook import UnknownRule

Dllint = Callable[..., tuple[int, str, str]]


def test_clean_is_0(dllint: Dllint, asked) -> None:
    asked.report = Report()
    assert dllint("check", ".")[0] == 0


def test_a_finding_is_1(dllint: Dllint) -> None:
    assert dllint("check", ".")[0] == 1


@pytest.mark.parametrize(
    ("level", "least", "status"),
    [
        (Level.ADVICE, "warning", 0),
        (Level.ADVICE, "advice", 1),
        (Level.WARNING, "warning", 1),
        (Level.WARNING, "error", 0),
        (Level.ERROR, "error", 1),
    ],
)
def test_fail_on_is_the_least_level_that_counts(dllint: Dllint, asked, level: Level, least: str, status: int) -> None:
    asked.level(level)
    assert dllint("--fail-on", least)[0] == status


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (CannotCheck("gone.py: no such file or folder"), "dllint: gone.py: no such file or folder\n"),
        (UnknownRule("los", ["loss"]), 'dllint: no rule is called "los"; did you mean loss?\n'),
    ],
)
def test_a_job_that_cannot_be_done_is_2(dllint: Dllint, asked, error: Exception, line: str) -> None:
    asked.error = error
    assert dllint(".") == (2, "", line)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--selct", "loss"], "--select"),
        (["--output-format", "yaml"], 'no output format is called "yaml": it may be text, concise, json'),
        (["--show", "all"], "possible"),
        (["explain"], "Missing argument"),
        (["explain", "mising-eval"], "did you mean missing-eval?"),
        (["rules", "extra"], "extra"),
    ],
)
def test_a_wrong_command_line_is_2_and_one_line(dllint: Dllint, arguments: list[str], words: str) -> None:
    status, out, err = dllint(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("dllint: ")
    assert words in err


def test_an_interrupt_is_130_and_one_line(dllint: Dllint, asked) -> None:
    asked.error = KeyboardInterrupt()
    assert dllint(".") == (130, "", "dllint: interrupted; nothing was reported\n")


def test_a_bug_of_ours_is_2_and_one_line(dllint: Dllint, asked) -> None:
    asked.error = ZeroDivisionError("by 0")
    status, out, err = dllint(".")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "internal error, please report it: ZeroDivisionError: by 0 (conftest.py:" in err
