"""The tour: a small project whose bugs lie across files, and the right twin of each bug beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dllint.cli.run import run

ROOT = Path(__file__).parent.parent
TWINS = {"fixtures/tour/training/metrics.py": "careful_accuracy", "fixtures/tour/training/loops.py": "fit_classes"}


@pytest.fixture
def linted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit status and lines of the tour, linted from the root of the checkout."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")
    status = run(["check", "fixtures/tour", "--output-format", "concise"])
    return status, capsys.readouterr().out


def test_the_tour_says_what_is_expected(linted: tuple[int, str], expected) -> None:
    expected.same(ROOT / "fixtures/tour.expected", linted[1])


def test_the_tour_ends_with_status_1(linted: tuple[int, str]) -> None:
    assert linted[0] == 1


@pytest.mark.parametrize(("path", "name"), TWINS.items())
def test_the_right_twin_is_silent(linted: tuple[int, str], path: str, name: str) -> None:
    """`careful_accuracy` is `accuracy` in eval mode, `fit_classes` clears what `fit_areas` piles up."""
    lines = (ROOT / path).read_text().splitlines()
    first = next(number for number, text in enumerate(lines, 1) if text.startswith(f"def {name}("))
    last = next((n for n, text in enumerate(lines[first:], first + 1) if text.startswith("def ")), len(lines) + 1)
    hurt = [int(line.split(":")[1]) for line in linted[1].splitlines() if line.startswith(f"{path}:")]
    assert hurt
    assert not [number for number in hurt if first <= number < last]
