"""Findings counted by rule."""

import json as standard
from dataclasses import replace

import pytest

from dllint.findings import Finding, Level, NotChecked, Report, Summary
from dllint.report.statistics import counts, json, text

SUMMARY = Summary(rules=3, files=14, suppressed=2, hidden=1, seconds=0.31, subjects=(("losses", 5, 4),))


@pytest.fixture
def report(finding: Finding) -> Report:
    other = replace(finding, rule="missing-eval", code="DL405", level=Level.WARNING)
    milder = replace(finding, level=Level.WARNING)
    return Report([other, milder, finding], [NotChecked("a.py", 8, "timm")], SUMMARY)


def test_the_most_frequent_comes_first_at_its_worst_level(report: Report) -> None:
    assert [(one.code, one.level, one.number) for one in counts(report)] == [
        ("DL301", Level.ERROR, 2),
        ("DL405", Level.WARNING, 1),
    ]


def test_equal_counts_stand_by_code(finding: Finding) -> None:
    found = [replace(finding, code=code, rule=code) for code in ("DL405", "DL102")]
    assert [one.code for one in counts(Report(found))] == ["DL102", "DL405"]


def test_text_is_a_table_and_what_was_held_back(report: Report) -> None:
    assert text(report, color=False, width=120) == (
        "2  error    DL301  softmax-into-logit-loss\n"
        "1  warning  DL405  missing-eval\n"
        "\n"
        "1 error, 2 warnings · 14 files · 2 suppressed · 1 only possible (--show possible) · 0.3 s\n"
        "5 losses, 4 resolved; 1 not:\n"
        "  a.py:8 timm\n"
    )


def test_text_without_findings_says_what_that_rests_on() -> None:
    assert text(Report(summary=SUMMARY), color=False, width=120).startswith("no findings: 3 rules on 14 files")


def test_json_has_the_counts_and_the_summary(report: Report) -> None:
    content = standard.loads(json(report))
    assert list(content) == ["version", "statistics", "not_checked", "summary"]
    assert content["statistics"][0] == {
        "code": "DL301",
        "rule": "softmax-into-logit-loss",
        "level": "error",
        "count": 2,
    }
    assert (content["not_checked"], content["summary"]["suppressed"], content["summary"]["hidden"]) == (1, 2, 1)
