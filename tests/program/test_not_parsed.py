"""A file that is no Python is refused with its line and one clear reason."""

import pytest

from dllint.program.lower import lower
from dllint.program.source import NotParsed


def refusal(content: bytes | str) -> tuple[int, str]:
    with pytest.raises(NotParsed) as caught:
        lower(content)
    assert "\n" not in str(caught.value)
    return caught.value.line, caught.value.why


def test_an_open_bracket_is_named_where_it_opens() -> None:
    assert refusal(b"a = 1\nx = (\n  1,\n") == (2, "'(' was never closed")


def test_a_syntax_error_is_found_on_its_line() -> None:
    assert refusal(b"x = 1\n\ny = = 2\nz = 3\n") == (3, "invalid syntax")


def test_a_missing_block_is_found_on_its_line() -> None:
    line, why = refusal(b"x = 1\nif x:\npass\n")
    assert line == 3
    assert "indented block" in why


def test_a_wrong_dedent_is_found_on_its_line() -> None:
    assert refusal(b"class A:\n  def f(self):\n     x\n   y\n")[0] == 4


def test_tabs_mixed_with_spaces_are_named() -> None:
    line, why = refusal(b"if x:\n\ty\n        z\n")
    assert line == 3
    assert "tabs" in why


def test_a_syntax_error_after_newer_syntax_is_found_on_its_own_line() -> None:
    assert refusal(b"type X = int\n\nx = 1 1\n") == (3, "invalid syntax")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("print 'a'", "print statement"),
        ("print a, b", "print statement"),
        ("if a: print b", "print statement"),
        ("exec 'a'", "exec statement"),
        ("exec code in scope", "exec statement"),
        ("raise E, 'a'", "raise X, message"),
        ("x = `a`", "backticks"),
        ("x = a <> b", "the <> operator"),
        ("x = 0777", "an octal number without 0o"),
        ("x = 10L", "a long number"),
        ("x = ur'a'", "a ur'' string"),
        ("def f(a, (b, c)): pass", "a parameter that is a tuple"),
        ("try: a\nexcept E, (b, c): print d", "print statement"),
    ],
)
def test_python_2_is_named(line: str, what: str) -> None:
    lines = f"import a\n{line}\n"
    assert refusal(lines.encode()) == (1 + len(line.split("\n")), f"Python 2: {what}")


def test_an_ipython_magic_is_named() -> None:
    assert refusal(b"import a\n%matplotlib inline\n") == (2, "an IPython magic")


def test_a_nul_byte_is_named() -> None:
    assert refusal(b"a = 1\nb\0 = 2\n") == (2, "a NUL byte: not Python source")


def test_bytes_that_are_not_utf_8_are_found_on_their_line() -> None:
    assert refusal(b"a = 1\n\nb = '\xff'\n") == (3, "bytes that are not utf-8, and no encoding is declared")


def test_bytes_that_are_not_of_the_declared_encoding_are_found_on_their_line() -> None:
    assert refusal(b"# coding: ascii\na = '\xff'\n") == (2, "bytes that are not ascii, the encoding declared")


@pytest.mark.parametrize("name", ["nonsense", "rot13"])
def test_an_unknown_encoding_is_named(name: str) -> None:
    assert refusal(f"# coding: {name}\n".encode()) == (1, f"unknown encoding {name!r} declared")


def test_an_encoding_that_contradicts_the_mark_is_named() -> None:
    assert refusal(b"\xef\xbb\xbf# coding: latin-1\n")[1].startswith("encoding 'latin-1' declared after")


def test_utf_16_is_named() -> None:
    assert refusal("x = 1".encode("utf-16"))[1].startswith("UTF-16 text")


def test_half_a_surrogate_pair_is_refused() -> None:
    assert refusal("a = 1\nb = '\ud800'\n") == (2, "half a surrogate pair: no text")


def test_an_integer_that_python_refuses_is_refused() -> None:
    assert refusal("a = 1\nb = " + "9" * 5_000) == (2, "an integer of 5,000 digits; Python refuses it")


@pytest.mark.parametrize("cookie", ["latin-1", "iso-8859-1-unix", "cp1252"])
def test_a_declared_encoding_is_used(cookie: str) -> None:
    module = lower(f"#!python\n# -*- coding: {cookie} -*-\né = 1\n".encode("latin-1"))
    assert module.mentions == {"é"}


def test_an_encoding_declared_on_the_third_line_does_not_count() -> None:
    assert refusal(b"a = 1\nb = 2\n# coding: latin-1\n'\xe9'\n")[0] == 4
