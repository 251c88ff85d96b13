"""The format for programs: one object, whose keys are a contract."""

from __future__ import annotations

import json as _json

from dllint.findings import Edit, Finding, Fix, InCell, NotChecked, Place, Related, Report, Summary, numbered

VERSION = 1
"""Of the contract: rises when a key changes its meaning or goes."""


def json(report: Report) -> str:
    """The report as one JSON object in ASCII, which every encoding can carry."""
    prints = numbered(report.findings)
    content = {
        "version": VERSION,
        "findings": [_finding(finding, mark) for finding, mark in zip(report.findings, prints, strict=True)],
        "not_checked": [_not_checked(place) for place in report.not_checked],
        "summary": summary(report.summary),
    }
    return _json.dumps(content, indent=2) + "\n"


def _finding(finding: Finding, fingerprint: str) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "code": finding.code,
        "level": str(finding.level),
        "confidence": str(finding.confidence),
        "verdict": None,
        "message": finding.message,
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "end_line": finding.place.end_line,
        "end_column": finding.place.end_column,
        "cell": _cell(finding.place.cell),
        "related": [_related(step) for step in finding.related],
        "fix": _fix(finding.fix),
        "fingerprint": fingerprint,
    }


def _fix(fix: Fix | None) -> dict[str, object] | None:
    if fix is None:
        return None
    safety = "safe" if fix.safe else "unsafe"
    return {"applicability": safety, "message": fix.message, "edits": [_edit(edit) for edit in fix.edits]}


def _edit(edit: Edit) -> dict[str, object]:
    place = edit.place
    start = {"path": place.path, "line": place.line, "column": place.column}
    return {**start, "end_line": place.end_line, "end_column": place.end_column, "text": edit.text}


def _related(related: Related) -> dict[str, object]:
    place: Place = related.place
    start = {"path": place.path, "line": place.line, "column": place.column, **_within(place.cell)}
    return {**start, "message": related.message}


def _not_checked(place: NotChecked) -> dict[str, object]:
    return {"path": place.path, "line": place.line, **_within(place.cell), "why": place.why}


def _within(cell: InCell | None) -> dict[str, object]:
    return {"cell": _cell(cell)} if cell else {}


def _cell(cell: InCell | None) -> dict[str, object] | None:
    """Where in a notebook; None in any other file."""
    return None if cell is None else {"index": cell.index, "id": cell.id, "line": cell.line}


def summary(summary: Summary) -> dict[str, object]:
    """The counts of a run, as in every form of this format."""
    return {
        "rules": summary.rules,
        "files": summary.files,
        "files_without_dl": summary.files_without_dl,
        "files_not_parsed": summary.files_not_parsed,
        "suppressed": summary.suppressed,
        "hidden": summary.hidden,
        "seconds": round(summary.seconds, 3),
        "subjects": [{"name": name, "seen": seen, "resolved": done} for name, seen, done in summary.subjects],
    }
