"""Fixes are kept only when what they leave parses, has the finding no more, and no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from dllint.findings import Confidence, Edit, Finding, Fix, Level, Place, Related, Report
from dllint.fix.mend import Mended, mended

SOFTMAX = """\
import torch.nn.functional as F

def predict(net, x):
    return F.softmax(net(x), dim=1)

def step(net, x, y):
    F.cross_entropy(predict(net, x), y).backward()
    F.cross_entropy(F.softmax(net(x), 1), y).backward()
"""


def finding(rule: str, line: int, text: str | None, safe: bool = True) -> Finding:
    """A finding in its own scope, whose fix writes a text in place of its line's first column."""
    place = Place("a.py", line, 1, line, 2)
    fix = None if text is None else Fix("a fix", (Edit(place, text),), safe)
    return Finding(rule, "DL301", Level.ERROR, Confidence.CERTAIN, "a; b; c", place, scope=f"f{line}", fix=fix)


def tried(before: list[Finding], again: Callable[[Mapping[str, bytes]], list[Finding]], unsafe: bool = False) -> Mended:
    asked = frozenset({"a.py"})
    return mended(
        Report(before, asked=asked),
        unsafe=unsafe,
        source=lambda path: b"x = 1\nx = 2\nx = 3\n",
        again=lambda contents: Report(again(contents), asked=asked),
    )


def test_what_helps_is_kept() -> None:
    done = tried([finding("one", 1, "y"), finding("two", 2, "z")], lambda contents: [])
    assert done.contents == {"a.py": b"y = 1\nz = 2\nx = 3\n"}
    assert (len(done.fixed), done.refused, done.report.findings) == (2, [], [])


def test_an_unsafe_fix_is_made_on_request_only() -> None:
    found = [finding("one", 1, "y", safe=False)]
    assert tried(found, lambda contents: []).contents == {}
    assert tried(found, lambda contents: [], unsafe=True).contents == {"a.py": b"y = 1\nx = 2\nx = 3\n"}


def test_a_fix_that_does_not_parse_is_not_made() -> None:
    done = tried([finding("one", 1, ")")], lambda contents: [])
    assert (done.contents, done.fixed) == ({}, ())
    assert [one.why for one in done.refused] == ["a.py:1 would not parse: unmatched ')'"]


def test_a_fix_that_leaves_its_finding_is_taken_back_and_the_others_are_made() -> None:
    stays = finding("one", 1, "y")
    done = tried([stays, finding("two", 2, "z")], lambda contents: [stays])
    assert done.contents == {"a.py": b"x = 1\nz = 2\nx = 3\n"}
    assert [(one.finding, one.why) for one in done.refused] == [(stays, "it is still found with the fix")]


def test_a_fix_that_brings_another_finding_is_taken_back() -> None:
    new = finding("three", 3, None)
    done = tried([finding("one", 1, "y")], lambda contents: [new])
    assert done.contents == {}
    assert [one.why for one in done.refused] == ["the fix brings three at a.py:3"]


def test_of_two_fixes_of_one_place_the_first_is_made() -> None:
    done = tried([finding("one", 1, "y"), finding("two", 1, "z")], lambda contents: [finding("two", 1, "z")])
    assert done.contents == {"a.py": b"y = 1\nx = 2\nx = 3\n"}
    assert [one.why for one in done.refused] == ["another fix changes the same place; run it again"]


def test_the_same_edit_asked_for_twice_is_made_once() -> None:
    found = [finding("one", 1, "y"), replace(finding("two", 1, "y"), scope="g")]
    done = tried(found, lambda contents: [])
    assert (done.contents, len(done.fixed)) == ({"a.py": b"y = 1\nx = 2\nx = 3\n"}, 2)


def test_what_another_fix_changes_on_the_way_to_a_finding_is_left_to_the_next_run() -> None:
    """Of a sigmoid in the net and a second one behind it, both found, only one may go."""
    first, second = finding("one", 1, "y"), finding("two", 2, "z")
    second = replace(second, related=(Related(first.place, "made here"),))
    done = tried([second, first], lambda contents: [])
    assert done.contents == {"a.py": b"y = 1\nx = 2\nx = 3\n"}
    assert [(one.finding, one.why) for one in done.refused] == [
        (second, "another fix changes what leads to it; run it again")
    ]


def test_a_file_that_nobody_gave_is_left_alone() -> None:
    elsewhere = Edit(Place("model.py", 1, 1, 1, 2), "y")
    found = replace(finding("one", 1, "y"), fix=Fix("a fix", (elsewhere,), True))
    done = tried([found], lambda contents: [])
    assert done.contents == {}
    assert [one.why for one in done.refused] == ["model.py, where it would be fixed, is not among the files given"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_whole_program_is_mended_and_stays_as_it_was_elsewhere(
    mend: Callable[..., Mended], mark: str, end: str
) -> None:
    done = mend({"a.py": (mark + SOFTMAX.replace("\n", end)).encode()})
    mended = SOFTMAX.replace("F.softmax(net(x), dim=1)", "net(x)").replace("F.softmax(net(x), 1)", "net(x)")
    assert done.contents == {"a.py": (mark + mended.replace("\n", end)).encode()}
    assert done.report.findings == ()
