"""One finding across two files, and the files."""

from collections.abc import Callable

import pytest

from dllint.findings import Confidence, Finding, Level, NotChecked, Place, Related, Report, Summary

FILES = {
    "model.py": ["def net(x):", "    return softmax(x)"],
    "train.py": ["p = net(x)", "", "loss = criterion(p, y)"],
}


@pytest.fixture
def source() -> Callable[[str], list[str]]:
    return lambda path: FILES.get(path, [])


@pytest.fixture
def finding() -> Finding:
    return Finding(
        rule="softmax-into-logit-loss",
        code="DL301",
        level=Level.ERROR,
        confidence=Confidence.CERTAIN,
        message="the loss gets probabilities; it applies softmax itself, so it cannot fall below 1.46; pass the scores",
        place=Place("train.py", 3, 8, 3, 23),
        related=(Related(Place("model.py", 2, 12, 2, 22), "softmax here"), Related(Place("train.py", 1, 5, 1, 11), "")),
        scope="train",
        text="criterion(p, y)",
    )


@pytest.fixture
def report(finding: Finding) -> Report:
    return Report(
        [finding],
        [NotChecked("train.py", 88, "the model comes from timm.create_model")],
        Summary(rules=3, files=14, files_without_dl=9, files_not_parsed=1, seconds=0.31, subjects=(("losses", 5, 4),)),
    )
