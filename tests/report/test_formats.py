"""What holds of every format, also of those that are still to come."""

from dataclasses import replace
from pathlib import Path

import pytest

from dllint.findings import Finding, Place, Related, Report
from dllint.report.formats import FORMATS, Context

ON = Context(color=False, width=80, source=lambda path: [], cwd=Path("/"))

ODD = Place("模:,%\udc80 \n.py", 1, 1, 9, 1)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_whole_lines_of_any_report(name: str, finding: Finding, report: Report) -> None:
    odd = replace(finding, place=ODD, message="100%; \r\n::x", related=(Related(ODD, "\x1b[31m"),))
    for one in (Report(), report, replace(report, findings=[odd])):
        for write in (FORMATS[name].write, FORMATS[name].counted):
            said = write(one, ON) if write else ""
            assert said == "" or said.endswith("\n")
            assert "\x1b" not in said


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_the_rule_and_the_place(name: str, report: Report) -> None:
    said = FORMATS[name].write(report, ON)
    assert all(word in said for word in ("DL301", "softmax-into-logit-loss", "train.py", "3"))


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if one.whole])
def test_a_whole_format_says_what_was_not_checked(name: str, report: Report) -> None:
    assert "timm.create_model" in FORMATS[name].write(report, ON)
