"""Programs judged by every rule, and fixed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from fixing import EVERY, Judge, Rewrite

from dllint.findings import Report
from dllint.fix.apply import applied
from dllint.fix.mend import Mended, mended
from dllint.run import check


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Write these files and judge them; or judge what is there, with some contents in its place."""

    def call(files: Mapping[str, str | bytes] | None = None, given: Mapping[str, bytes] | None = None) -> Report:
        for name, text in (files or {}).items():
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return check(".", EVERY, cwd=tmp_path, given=given)

    return call


@pytest.fixture
def mend(judge: Judge, tmp_path: Path) -> Callable[..., Mended]:
    """The fixes of these files, safe or not, tried."""

    def call(files: Mapping[str, str | bytes], unsafe: bool = True) -> Mended:
        return mended(
            judge(files),
            unsafe=unsafe,
            source=lambda path: (tmp_path / path).read_bytes(),
            again=lambda contents: judge(given=contents),
        )

    return call


@pytest.fixture
def rewrite(judge: Judge) -> Rewrite:
    """The text of a program with the fix of its only finding of a rule, and whether that is safe."""

    def call(program: str, rule: str) -> tuple[str, bool]:
        found = [finding for finding in judge({"a.py": program}).findings if finding.rule == rule]
        (finding,) = found
        assert finding.fix is not None
        return applied(program.encode(), finding.fix.edits).decode(), finding.fix.safe

    return call
