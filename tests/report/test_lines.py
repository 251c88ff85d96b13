"""Reading lines to show: odd files are shown as well as they can be."""

from pathlib import Path

import pytest

from dllint.report.lines import reader


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"a\nb", ["a", "b"]),
        (b"a\r\nb\rc", ["a", "b", "c"]),
        (b"\xef\xbb\xbfa", ["a"]),
        (b"# coding: latin-1\n\xe9", ["# coding: latin-1", "é"]),
        (b"\xff", ["\ufffd"]),
        (b"a\x0cb\nc", ["a\x0cb", "c"]),
        (b"# coding: nonsense\nx", ["# coding: nonsense", "x"]),
    ],
)
def test_lines_are_those_python_counts(tmp_path: Path, content: bytes, lines: list[str]) -> None:
    (tmp_path / "a.py").write_bytes(content)
    assert reader(tmp_path)("a.py") == lines


def test_a_file_that_is_gone_has_no_lines(tmp_path: Path) -> None:
    assert reader(tmp_path)("gone.py") == []
