"""Every claim beside this file holds: findings exactly at the marks, none where there is no mark."""

from __future__ import annotations

from pathlib import Path

import pytest
from claims import Claim, read
from judged import RULES, assert_exactly_at_its_marks

from dllint.trial import place

FILES = sorted(Path(__file__).parent.glob("*.md"))


def parameters() -> list[object]:
    """The claims, named by their headings; one that fails today must go on failing until it is mended."""
    found = []
    for path in FILES:
        for claim in read(path):
            marks = [pytest.mark.xfail(reason=claim.reason, strict=True)] if claim.reason else []
            found.append(pytest.param(path.stem, claim, id=f"{path.stem}: {claim.kind}: {claim.title}", marks=marks))
    return found


@pytest.mark.parametrize(("rule", "claim"), parameters())
def test_claim(rule: str, claim: Claim, tmp_path: Path) -> None:
    found = assert_exactly_at_its_marks(claim.example, tmp_path, rule)
    for finding in found:
        assert claim.words.get(place(claim.example.files, finding), "") in finding.message


def test_every_rule_has_its_claims() -> None:
    assert [path.stem for path in FILES] == sorted(rule.name for rule in RULES)


def test_no_claim_is_made_twice() -> None:
    for path in FILES:
        titles = [(claim.kind, claim.title) for claim in read(path)]
        assert len(titles) == len(set(titles))
