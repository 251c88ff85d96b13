"""Colours of a terminal, by what a stretch of text is."""

from __future__ import annotations

from dllint.plain import plain

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "advice": "1;36",
    "path": "1",
    "strong": "1",
    "faint": "2",
    "rail": "34",
    "step": "36",
    "code": "36",
}


@plain
class Style:
    """Paints text when `color`, else hands it back."""

    color: bool

    def __call__(self, text: str, what: str) -> str:
        """The text in the colour of `what`. KeyError for a word that has none."""
        code = _CODES[what]
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text
