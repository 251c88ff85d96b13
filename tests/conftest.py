"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite expected outputs with the real ones; read the diff")


class Expected:
    """Outputs kept in files beside their inputs."""

    def __init__(self, accept: bool) -> None:
        self.accept = accept

    def same(self, path: Path, text: str) -> None:
        """The output is what the file says. With --accept the file is made to say it."""
        if self.accept:
            path.write_text(text, "utf-8")
        kept = path.read_text("utf-8") if path.exists() else ""
        assert text == kept, f"{path.name} says otherwise; `pytest --accept` rewrites it"


@pytest.fixture
def expected(request: pytest.FixtureRequest) -> Expected:
    return Expected(request.config.getoption("--accept"))
