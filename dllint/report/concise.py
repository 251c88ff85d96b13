"""One line a finding, as editors and grep read it."""

from __future__ import annotations

from dllint.findings import Finding, Report
from dllint.report.cells import visible


def concise(report: Report) -> str:
    """`path:line:column: error DL301 softmax-into-logit-loss (certain): message`, in the order of the report."""
    return "".join(f"{visible(_line(finding))}\n" for finding in report.findings)


def _line(finding: Finding) -> str:
    place = finding.place
    rule = f"{finding.level} {finding.code} {finding.rule} ({finding.confidence})"
    return f"{place.path}:{place.line}:{place.column}: {rule}: {finding.message}"
