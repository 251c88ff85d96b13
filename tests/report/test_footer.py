"""The footer: what was looked at, never more."""

import dataclasses

import pytest

from dllint.findings import Finding, Level, NotChecked, Report, Summary
from dllint.report.count import counted, listed
from dllint.report.footer import footer
from dllint.report.style import Style

CLEAN = Summary(rules=3, files=14, seconds=0.26, subjects=(("losses", 5, 5), ("evaluations", 2, 2)))


def said(report: Report, columns: int = 200) -> str:
    return "\n".join(footer(report, columns=columns, style=Style(False)))


def test_no_findings_says_what_that_rests_on() -> None:
    assert said(Report(summary=CLEAN)) == "no findings: 3 rules on 14 files; 5 losses and 2 evaluations judged · 0.3 s"


def test_one_of_each_is_singular() -> None:
    one = Summary(rules=1, files=1, files_without_dl=1, subjects=(("losses", 1, 1),))
    assert said(Report(summary=one)).startswith("no findings: 1 rule on 1 file; 1 loss judged · 1 file without")


def test_files_with_nothing_to_judge_are_not_approved() -> None:
    assert "nothing in them was judged" in said(Report(summary=Summary(rules=3, files=2)))


def test_a_run_over_no_files_says_that_nothing_was_checked() -> None:
    assert said(Report()) == "nothing was checked: no Python files found · 0.0 s"


def test_a_run_that_skipped_every_file_says_why() -> None:
    line = said(Report(summary=Summary(files_without_dl=9)))
    assert line == "nothing was checked · 9 files without deep learning imports · 0.0 s"


def test_what_was_not_resolved_is_said_without_findings_too() -> None:
    summary = dataclasses.replace(CLEAN, subjects=(("losses", 5, 4), ("evaluations", 2, 2)))
    _, judged, place = said(Report([], [NotChecked("a.py", 8, "timm")], summary)).splitlines()
    assert judged == "5 losses, 4 resolved · 2 evaluations, all resolved; 1 not:"
    assert place == "  a.py:8 timm"


def test_a_file_that_does_not_parse_is_not_counted_as_a_loss() -> None:
    _, judged, place = said(Report([], [NotChecked("old.py", 3, "not analysed")], CLEAN)).splitlines()
    assert judged == "5 losses, all resolved · 2 evaluations, all resolved; not checked:"
    assert place == "  old.py:3 not analysed"


def test_five_places_are_listed_and_the_rest_counted() -> None:
    lines = said(Report([], [NotChecked("a.py", line, "why") for line in range(1, 18)], CLEAN)).splitlines()
    assert lines[-1] == "  … 12 more (--output-format json has all)"
    assert sum(line.startswith("  a.py:") for line in lines) == 5


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ([Level.WARNING, Level.ERROR, Level.ERROR], "2 errors, 1 warning"),
        ([Level.ADVICE], "1 piece of advice"),
        ([Level.ADVICE, Level.ADVICE, Level.ERROR], "1 error, 2 pieces of advice"),
    ],
)
def test_findings_are_counted_worst_first(finding: Finding, levels: list[Level], words: str) -> None:
    found = [dataclasses.replace(finding, level=level) for level in levels]
    assert said(Report(found, summary=CLEAN)).startswith(f"{words} · 14 files · 0.3 s")


def test_what_is_held_back_is_counted() -> None:
    line = said(Report(summary=dataclasses.replace(CLEAN, suppressed=2, hidden=1)))
    assert "2 suppressed · 1 only possible (--show possible)" in line


def test_plurals() -> None:
    words = [counted(number, "losses") for number in (0, 1, 2)]
    assert words == ["0 losses", "1 loss", "2 losses"]
    assert [counted(1, noun) for noun in ("evaluations", "files", "updates")] == ["1 evaluation", "1 file", "1 update"]


def test_lists() -> None:
    assert [listed(list("abc")[:number]) for number in range(4)] == ["", "a", "a and b", "a, b and c"]
