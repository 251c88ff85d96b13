"""What the page on precision is written from holds together, and its figures are what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from dllint import rulebook
from tests.precision.judgements import COLUMNS, Judgement, blank, judgements
from tests.precision.page import Measured, page
from tests.precision.repositories import Repository, repositories
from tests.precision.sightings import Sighting
from tests.precision.tally import interval

HERE = Repository("someone/nets", "0123456789abcdef", "clean")
SEEN = Sighting(HERE, "f00d", "missing-eval", "error", "certain", "a.py:3", "evaluated in train mode")
MAYBE = Sighting(HERE, "beef", "missing-eval", "error", "possible", "a.py:9", "perhaps evaluated in train mode")


def judged(verdict: str) -> dict[tuple[str, str], Judgement]:
    one = Judgement(HERE.name, HERE.commit[:12], SEEN.rule, SEEN.place, SEEN.fingerprint, verdict, "read it")
    return {one.key: one}


def written(verdict: str) -> list[str]:
    return page(Measured([HERE], [SEEN, MAYBE], judged(verdict), rulebook.load())).splitlines()


def row(lines: list[str], begins: str) -> list[str]:
    return [cell.strip() for cell in next(line for line in lines if begins in line).strip("|").split("|")]


def test_kept_judgements_belong_to_kept_repositories_at_their_commits() -> None:
    commits = {one.name: one.commit for one in repositories()}
    for one in judgements().values():
        assert commits[one.repository].startswith(one.at)


def test_a_judgement_without_a_reason_is_an_error(tmp_path: Path) -> None:
    kept = tmp_path / "kept.tsv"
    kept.write_text("\t".join(COLUMNS) + "\n" + blank(SEEN).replace("VERDICT", "true").replace("REASON", "") + "\n")
    with pytest.raises(ValueError, match=r"kept\.tsv:2"):
        judgements(kept)


def test_an_unread_finding_asks_for_a_verdict(tmp_path: Path) -> None:
    kept = tmp_path / "kept.tsv"
    kept.write_text("\t".join(COLUMNS) + "\n" + blank(SEEN) + "\n")
    with pytest.raises(ValueError, match="true, harmless, false"):
        judgements(kept)


def test_what_is_shown_and_what_is_hidden_are_counted_apart() -> None:
    first, second = (line for line in written("true") if "`missing-eval`" in line)
    assert "100% (21%–100%)" in first
    assert second.strip("| ").endswith("–")  # nobody judged it


def test_harmless_counts_against_precision_and_not_as_false() -> None:
    assert row(written("harmless"), "well kept")[:3] == ["well kept", "1", "1"]
    assert row(written("harmless"), "`missing-eval`")[-1].startswith("0%")


def test_a_false_one_spoils_its_repository() -> None:
    assert row(written("false"), "well kept")[:3] == ["well kept", "1", "0"]


@pytest.mark.parametrize(
    ("true", "judged", "low", "high"), [(5, 5, 0.566, 1.0), (0, 0, 0.0, 1.0), (19, 20, 0.764, 0.991)]
)
def test_intervals_are_wilsons(true: int, judged: int, low: float, high: float) -> None:
    assert interval(true, judged) == pytest.approx((low, high), abs=1e-3)
