"""json and concise: contracts that programs read."""

import json as standard

from dllint.findings import Finding, Place, Report
from dllint.report.concise import concise
from dllint.report.json import json

KEYS = [
    *("rule", "code", "level", "confidence", "verdict", "message", "path", "line", "column", "end_line"),
    *("end_column", "cell", "related", "fix", "fingerprint"),
]


def test_json_has_the_keys_of_the_contract(report: Report) -> None:
    content = standard.loads(json(report))
    assert list(content) == ["version", "findings", "not_checked", "summary"]
    assert content["version"] == 1
    assert list(content["findings"][0]) == KEYS


def test_json_says_what_the_finding_says(report: Report, finding: Finding) -> None:
    found = standard.loads(json(report))["findings"][0]
    assert (found["level"], found["confidence"], found["verdict"], found["cell"], found["fix"]) == (
        *("error", "certain"),
        *(None, None, None),
    )
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (3, 8, 3, 23)
    assert found["related"][0] == {"path": "model.py", "line": 2, "column": 12, "message": "softmax here"}
    assert found["fingerprint"] == finding.fingerprint


def test_json_lists_what_was_not_checked(report: Report) -> None:
    content = standard.loads(json(report))
    assert content["not_checked"] == [{"path": "train.py", "line": 88, "why": "the model comes from timm.create_model"}]
    assert content["summary"]["subjects"] == [{"name": "losses", "seen": 5, "resolved": 4}]


def test_json_fingerprints_of_equal_findings_differ(finding: Finding) -> None:
    found = standard.loads(json(Report([finding, finding])))["findings"]
    assert found[0]["fingerprint"] != found[1]["fingerprint"]


def test_json_is_ascii_whatever_a_path_holds(finding: Finding) -> None:
    odd = Finding("r", "DL301", finding.level, finding.confidence, "m", Place("模\udc80.py", 1, 1, 1, 2))
    assert standard.loads(json(Report([odd])).encode("ascii"))["findings"][0]["path"] == "模\udc80.py"


def test_concise_is_one_line_a_finding(report: Report) -> None:
    assert concise(report) == (
        "train.py:3:8: error DL301 softmax-into-logit-loss (certain): the loss gets probabilities; "
        "it applies softmax itself, so it cannot fall below 1.46; pass the scores\n"
    )


def test_concise_of_nothing_is_nothing() -> None:
    assert concise(Report()) == ""
