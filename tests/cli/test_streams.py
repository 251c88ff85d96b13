"""Streams as they are in the world: pipes that close, terminals of another encoding, a bar that leaves no trace."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dllint.cli import terminal
from dllint.cli.progress import Bar
from dllint.version import __version__

ROOT = Path(__file__).parents[2]

TEXT = " 7 │ 模 = softmax(…) · ^^"


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=variables, errors="replace")


def test_version_imports_neither_click_nor_libcst() -> None:
    code = "import sys; sys.argv[1:] = ['--version']; import dllint.cli as c; c.main()"
    code += "; print({'click', 'libcst', 'inspect', 'dataclasses'} & set(sys.modules) or '')"
    assert python(code).stdout == f"dllint {__version__}\n\n"


def test_a_latin_1_terminal_gets_plain_rails_and_escapes() -> None:
    run = python(f"from dllint.cli.terminal import write; write({TEXT!r})", PYTHONIOENCODING="latin-1")
    assert (run.returncode, run.stdout) == (0, " 7 | \\u6a21 = softmax(~) - ^^")


def test_a_utf_8_terminal_gets_the_text() -> None:
    run = python(f"from dllint.cli.terminal import write; write({TEXT!r})", PYTHONIOENCODING="utf-8", PYTHONUTF8="1")
    assert run.stdout == TEXT


def test_a_reader_that_goes_away_is_no_error() -> None:
    code = "import sys; from dllint.cli.terminal import write; input(); write('line'); sys.exit(1)"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, **pipes) as process:
        process.stdout.close()
        process.stdin.write(b"\n")
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_run_under_a_second_draws_no_bar() -> None:
    clock, stream = Clock(), io.StringIO()
    bar = Bar(stream, 80, clock)
    clock.now += 0.9
    bar(1, 2, "a.py")
    bar.erase()
    assert stream.getvalue() == ""


def test_a_longer_run_draws_a_bar_and_erases_it() -> None:
    clock, stream = Clock(), io.StringIO()
    bar = Bar(stream, 80, clock)
    clock.now += 1.5
    bar(1, 2, "a.py")
    bar(2, 2, "b.py")  # too soon after the last
    bar.erase()
    full, empty = "\N{FULL BLOCK}" * 12, "\N{LIGHT SHADE}" * 12
    assert stream.getvalue() == f"\r\x1b[2K{full}{empty} 1/2 a.py\r\x1b[2K"


def test_a_bar_fits_a_narrow_terminal() -> None:
    clock, stream = Clock(), io.StringIO()
    clock.now -= 2
    bar = Bar(stream, 40, clock)
    clock.now += 2
    bar(1, 0, "a/very/long/path/to/some/file.py")
    assert len(stream.getvalue().removeprefix("\r\x1b[2K")) < 40


def test_columns_hears_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "61")
    assert terminal.columns() == 61


def test_a_bar_that_was_erased_is_not_drawn_again() -> None:
    clock, stream = Clock(), io.StringIO()
    bar = Bar(stream, 80, clock)
    clock.now += 2
    bar.erase()  # an interrupt: the thread that runs may not have heard of it yet
    bar(1, 2, "a.py")
    assert stream.getvalue() == ""
