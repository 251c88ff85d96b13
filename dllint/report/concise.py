"""One line a finding, as editors and grep read it."""

from __future__ import annotations

from dllint.findings import Finding, Report
from dllint.report.cells import visible


def concise(report: Report) -> str:
    """`path:line:column: error DL301 softmax-into-logit-loss (certain): message`, in the order of the report.

    In a notebook these are of its file, and the message begins with the cell: `cell 7:3:9: message`.
    """
    return "".join(f"{visible(_line(finding))}\n" for finding in report.findings)


def _line(finding: Finding) -> str:
    place = finding.place
    rule = f"{finding.level} {finding.code} {finding.rule} ({finding.confidence})"
    cell = f"cell {place.cell.index}:{place.cell.line}:{place.cell.column}: " if place.cell else ""
    return f"{place.path}:{place.line}:{place.column}: {rule}: {cell}{finding.message}"
