"""Deep nesting and long chains are lowered or refused; they never end the process."""

import subprocess
import sys
import threading

import pytest
from differential import nodes

from dllint.program import ir
from dllint.program.lower import lower
from dllint.program.nesting import BRACKETS, needs_room
from dllint.program.positions import places
from dllint.program.room import roomy
from dllint.program.source import NotParsed

NESTED = {
    "parentheses": "(" * 300 + "x" + ")" * 300,
    "lists": "[" * 300 + "]" * 300,
    "calls": "f(" * 300 + ")" * 300,
    "dicts": "{0: " * 300 + "1" + "}" * 300,
    "fields of an f-string": "f'" + "{x:" * 300 + "}" * 300 + "'",
    "brackets in an f-string": "rf'{" + "(" * 300 + ")" * 300 + "}'",
}


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_nesting_beyond_pythons_own_limit_is_refused(text: str) -> None:
    with pytest.raises(NotParsed, match=f"line 2: nested deeper than {BRACKETS} brackets"):
        lower(f"\n{text}\n")


def test_nesting_within_pythons_own_limit_is_lowered() -> None:
    assert sum(isinstance(node, ir.List) for node in nodes(lower("[" * 150 + "]" * 150))) == 150


def test_brackets_in_strings_and_comments_do_not_count() -> None:
    lower("x = '" + "(" * 500 + "'\n# " + "[" * 500 + "\ny = '''" + "{\n" * 500 + "'''\n")


def test_300_nested_blocks_are_refused_on_the_line_where_python_stops() -> None:
    text = "".join(" " * depth + "if x:\n" for depth in range(300)) + " " * 300 + "pass\n"
    with pytest.raises(NotParsed, match="line 101: too many levels of indentation"):
        lower(text)


@pytest.mark.parametrize("links", [5_000, 20_000])
@pytest.mark.parametrize("link", ["+ x ", ".x", "[0]", "()", "** x ", "and x ", "if x else x "])
def test_a_chain_beyond_pythons_own_limit_is_refused(link: str, links: int) -> None:
    with pytest.raises(NotParsed, match="line 1: an expression that chains more than 3,000 operators"):
        lower("x " + link * links)


CHAINS = {
    "sums": "x = x" + " + x" * 1_500,
    "powers": "x = x" + " ** x" * 1_500,
    "attributes": "x" + ".x" * 1_500,
    "method calls": "x" + ".x()" * 500,
    "negations": "x = " + "-" * 1_500 + "x",
    "conditions": "x = " + "x if x else " * 500 + "x",
    "strings": "x = (" + "'x'\n" * 2_500 + ")",
    "conjunctions": "x = x" + " and x" * 2_500,
    "comparisons": "x = x" + " < x" * 5_000,
    "elif": "if x: x\n" + "elif x: x\n" * 5_000,
    "items": "x = [" + "x, " * 20_000 + "]",
}


@pytest.mark.parametrize("text", CHAINS.values(), ids=CHAINS)
def test_a_long_chain_is_lowered(text: str) -> None:
    assert "x" in lower(text).mentions


def test_positions_in_a_long_chain_are_found() -> None:
    text = "x = x" + " + x" * 1_500
    last = max((node for node in nodes(lower(text)) if isinstance(node, ir.BinOp)), key=lambda node: node.at)
    assert places(text, {last.at})[last.at].end_column == len(text) + 1


def test_a_short_line_that_recurses_deeply_is_lowered_near_the_recursion_limit() -> None:
    def deeper(frames: int) -> ir.Module:
        return deeper(frames - 1) if frames else lower("x = " + "-" * 700 + "x")

    limit = sys.getrecursionlimit()
    assert deeper(limit // 2).mentions == {"x"}
    assert sys.getrecursionlimit() == limit


def test_ten_thousand_lines_need_no_room() -> None:
    assert not needs_room("x = f(a, b)\n" * 10_000)


def test_a_long_docstring_needs_no_room() -> None:
    assert not needs_room(f"def f():\n    '''{'word ' * 1_000}'''\n")


def test_an_error_in_the_roomy_thread_reaches_the_caller() -> None:
    def fail() -> None:
        raise LookupError(threading.current_thread().name)

    with pytest.raises(LookupError, match="dllint-roomy"):
        roomy(fail)


SMALL = {
    "brackets": "(" * 190 + "x" + ")" * 190,
    "attributes": "x" + ".x" * 1_000,
    "blocks": "".join(" " * depth + "if x:\n" for depth in range(98)) + " " * 98 + "x",
    "just below every bound": "".join(" " * depth + "if x:\n" for depth in range(23)) + " " * 23 + "(" * 19 + "-" * 750
    + "x" + ")" * 19,
}  # fmt: skip


@pytest.mark.parametrize("text", SMALL.values(), ids=SMALL)
def test_a_thread_with_a_small_stack_survives(text: str) -> None:
    """1 MiB, the least that Python gives a thread anywhere; libcst alone would end the process there."""
    program = (
        "import threading; from dllint.program.lower import lower; threading.stack_size(2**20);"
        f"thread = threading.Thread(target=lambda: print(len(lower({text!r}).body))); thread.start(); thread.join()"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stdout) == (0, "1\n"), ran.stderr
