"""The text format: a whole finding as people see it, and what terminals do to it."""

import dataclasses
import re
from collections.abc import Callable

import pytest

from dllint.findings import Finding, Place, Related, Report
from dllint.report.cells import width
from dllint.report.text import text

Source = Callable[[str], list[str]]

WHOLE = """\
train.py:3:8 error DL301 softmax-into-logit-loss (certain)
  the loss gets probabilities
   ╭ model.py:2
 2 │     return softmax(x)
   │            ---------- 1 softmax here
   ├ train.py:1
 1 │ p = net(x)
   │     ------ 2 passes here
 2 │
 3 │ loss = criterion(p, y)
   │        ^^^^^^^^^^^^^^^ 3 hurts here
   ╰
  why   it applies softmax itself, so it cannot fall below 1.46
  fix   pass the scores
  more  dllint explain softmax-into-logit-loss

1 error · 14 files, 9 without deep learning imports, 1 not parsed · 0.3 s
5 losses, 4 resolved; 1 not:
  train.py:88 the model comes from timm.create_model
"""


def shown(finding: Finding, source: Source, columns: int = 80) -> str:
    return text(Report([finding]), color=False, width=columns, source=source)


def at(finding: Finding, line: int, column: int, end: int, **changes: object) -> Finding:
    """The finding alone, at columns of a line of `a.py`."""
    return dataclasses.replace(finding, place=Place("a.py", line, column, line, end), related=(), **changes)


def underlined(output: str) -> tuple[str, str]:
    """The line of source above the carets, and the carets' line."""
    lines = output.splitlines()
    carets = next(index for index, line in enumerate(lines) if "^" in line)
    return lines[carets - 1], lines[carets]


def test_a_finding_is_shown_with_its_whole_chain(report: Report, source: Source) -> None:
    assert text(report, color=False, width=80, source=source) == WHOLE


def test_colours_change_nothing_but_colours(report: Report, source: Source) -> None:
    painted = text(report, color=True, width=80, source=source)
    assert painted != WHOLE
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == WHOLE


@pytest.mark.parametrize("columns", [40, 60, 79])
def test_no_line_is_wider_than_the_terminal(report: Report, source: Source, columns: int) -> None:
    output = text(report, color=False, width=columns, source=source)
    _header, *rest = output.splitlines()
    assert max(map(width, rest)) <= columns


def test_carets_stand_under_what_follows_a_tab(finding: Finding) -> None:
    line, carets = underlined(shown(at(finding, 1, 2, 6), lambda _: ["\tloss = 1"]))
    assert line.index("loss") == carets.index("^")


def test_carets_stand_under_what_follows_wide_characters(finding: Finding) -> None:
    _, carets = underlined(shown(at(finding, 1, 6, 10), lambda _: ["画像 = loss"]))
    assert carets.index("^") == len(" 1 │ ") + 2 * 2 + len(" = ")


def test_a_combining_mark_takes_no_cell(finding: Finding) -> None:
    _, carets = underlined(shown(at(finding, 1, 6, 10), lambda _: ["e\u0301 = loss"]))
    assert carets.index("^") == len(" 1 │ ") + 1 + len(" = ")


def test_a_far_place_on_a_long_line_is_brought_into_view(finding: Finding) -> None:
    line, carets = underlined(shown(at(finding, 1, 301, 305), lambda _: ["x" * 300 + "loss" + "x" * 300], 60))
    assert line[carets.index("^") :].startswith("loss")
    assert carets.count("^") == 4


def test_a_place_over_several_lines_is_underlined_to_the_end_of_its_first(finding: Finding) -> None:
    wide = dataclasses.replace(finding, place=Place("a.py", 1, 8, 3, 2), related=())
    _, carets = underlined(shown(wide, lambda _: ["loss = criterion(", "    p, y", ")"]))
    assert carets.endswith("^^^^^^^^^^… hurts here")


def test_source_that_cannot_be_read_leaves_the_steps(finding: Finding) -> None:
    output = shown(finding, lambda _: [])
    assert "1 softmax here" in output
    assert "3 hurts here" in output


def test_source_does_not_steer_the_terminal(finding: Finding) -> None:
    output = shown(at(finding, 1, 1, 2), lambda _: ["x = '\x1b[2J\u202e'"])
    assert "\x1b" not in output
    assert "\u202e" not in output


def test_the_middle_of_a_long_chain_is_folded(finding: Finding) -> None:
    steps = tuple(Related(Place("a.py", 20 * line, 1, 20 * line, 2), f"step {line}") for line in range(1, 10))
    output = shown(dataclasses.replace(finding, related=steps), lambda _: [])
    assert "… │ 4 more steps" in output
    assert ("3 step 3" in output, "4 step 4" in output) == (True, False)
    assert ("7 step 7" in output, "8 step 8" in output) == (False, True)


def test_one_folded_step_is_singular(finding: Finding) -> None:
    steps = tuple(Related(Place("a.py", 20 * line, 1, 20 * line, 2), "") for line in range(1, 7))
    assert "1 more step\n" in shown(dataclasses.replace(finding, related=steps), lambda _: [])


def test_a_further_sink_comes_after_the_place_that_hurts(finding: Finding) -> None:
    also = Related(Place("test.py", 9, 1, 9, 2), "also hurts here")
    output = shown(dataclasses.replace(finding, related=(*finding.related, also)), lambda _: [])
    assert output.index("3 hurts here") < output.index("4 also hurts here")


def test_a_message_of_one_part_has_no_why_and_no_fix(finding: Finding) -> None:
    output = shown(at(finding, 1, 1, 2, message="only this"), lambda _: [])
    assert ("only this" in output, "  why" in output, "  fix" in output) == (True, False, False)
