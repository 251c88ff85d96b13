"""The command line over a report and rules of our own, so that no engine is needed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dllint import rulebook
from dllint.cli.run import run
from dllint.findings import Confidence, Finding, Level, NotChecked, Place, Report, Summary
from dllint.rule import Rule

FINDING = Finding(
    "softmax-into-logit-loss",
    "DL301",
    Level.WARNING,
    Confidence.CERTAIN,
    "the loss gets probabilities; it cannot fall below 1.46; pass the scores",
    Place("train.py", 1, 8, 1, 23),
)

PAGE = "Softmax twice.\n\nBad:\n    ```python\n    loss(p)\n    ```\n"

RULES = (
    Rule("DL301", Level.ERROR, int, lambda event: iter(()), "softmax-into-logit-loss", PAGE),
    Rule("DL304", Level.ERROR, int, lambda event: iter(()), "softmax-into-nll", "No logarithm."),
    Rule("DL401", Level.WARNING, int, lambda event: iter(()), "missing-eval", "Evaluated in train mode."),
)


class Asked:
    """Stands in for the engine: keeps what it was asked, and answers `report`."""

    def __init__(self) -> None:
        self.report = Report([FINDING], [NotChecked("old.py", 3, "not analysed")], Summary(rules=3, files=2))
        self.given: dict[str, object] = {}
        self.error: BaseException | None = None

    def __call__(self, paths: object, settings: object, **given: object) -> Report:
        self.given = {"paths": paths, "settings": settings, **given}
        if self.error:
            raise self.error
        return self.report

    def level(self, level: Level) -> None:
        """Answer one finding of this level."""
        self.report = replace(self.report, findings=[replace(FINDING, level=level)])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Asked:
    (tmp_path / "train.py").write_text("loss = criterion(p, y)\n")
    engine = Asked()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("dllint.cli.check.judge", engine)
    monkeypatch.setattr(rulebook, "load", lambda **_: RULES)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return engine


Dllint = Callable[..., tuple[int, str, str]]


@pytest.fixture
def dllint(asked: Asked, capsys: pytest.CaptureFixture[str]) -> Dllint:
    """Run with these arguments: exit status, stdout, stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        return status, *capsys.readouterr()

    return call
