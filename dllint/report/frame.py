"""Code frames: the source of a chain, each place underlined and labelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dllint.findings import Finding
from dllint.plain import plain
from dllint.report.cells import Row, lay_out, visible, width, wrap
from dllint.report.chain import Folded, Frame, Step, frames
from dllint.report.count import counted
from dllint.report.style import Style

_BESIDE = 24
"""Cells that a label wants beside or under its underline; with less it starts at the margin."""


@plain
class Canvas:
    """Where frames are drawn. digits: of the largest line number; room: cells right of the rail."""

    style: Style
    digits: int
    room: int

    def line(self, number: int | str, rail: str, rest: str) -> str:
        """One line: number, rail, what stands right of it."""
        margin = self.style(f"{number:>{self.digits + 1}}", "rail")
        return f"{margin} {self.style(rail, 'rail')} {rest}".rstrip()


def draw(finding: Finding, source: Callable[[str], list[str]], columns: int, style: Style) -> Iterator[str]:
    """Lines of the frames of a finding's whole chain, at most `columns` cells wide where the paths allow."""
    chain = frames(finding)
    last = max(step.place.line for part in chain if not isinstance(part, Folded) for step in part)
    digits = len(str(last))
    canvas = Canvas(style, digits, max(columns - digits - 4, 20))
    for index, part in enumerate(chain):
        if isinstance(part, Folded):
            yield canvas.line("…", "│", style(counted(part.steps, "more steps"), "faint"))
        else:
            yield from _frame(canvas, part, source(part[0].place.path), first=index == 0)
    yield canvas.line("", "╰", "")


def _frame(canvas: Canvas, frame: Frame, lines: Sequence[str], *, first: bool) -> Iterator[str]:
    """One frame: where it is, then its lines with what is marked on them."""
    place = frame[0].place
    yield canvas.line("", "╭" if first else "├", canvas.style(visible(f"{place.path}:{place.line}"), "path"))
    numbers = [step.place.line for step in frame]
    for number in range(min(numbers), max(numbers) + 1):
        steps = [step for step in frame if step.place.line == number]
        yield from _line(canvas, number, lines[number - 1] if 0 < number <= len(lines) else None, steps)


def _line(canvas: Canvas, number: int, text: str | None, steps: Sequence[Step]) -> Iterator[str]:
    """A line of source with an underline for each step; steps alone where the source is not at hand."""
    row = lay_out(text or "")
    left = _left(row, steps, canvas.room)
    if text is not None:
        yield canvas.line(number, "│", _cropped(row, left, canvas.room))
    for step in steps:
        for mark in _mark(canvas, row, left, step):
            yield canvas.line("", "│", mark)


def _left(row: Row, steps: Sequence[Step], room: int) -> int:
    """First cell shown: 0 unless the first mark would lie outside, then a little before that mark."""
    if row.width <= room or not steps:
        return 0
    start, end = _span(row, steps[0])
    return 0 if end < room else min(max(start - room // 4, 0), row.width - room + 1)


def _cropped(row: Row, left: int, room: int) -> str:
    """The part of a row that fits, with … where it was cut."""
    right = left + room
    before = "…" if left else ""
    after = "…" if right < row.width else ""
    return before + row.crop(left + len(before), right - len(after)) + after


def _span(row: Row, step: Step) -> tuple[int, int]:
    """Cells that a step underlines: to the end of the line when it goes on below, at least one."""
    place = step.place
    start = row.cell(place.column)
    end = row.cell(place.end_column) if place.end_line == place.line else row.width
    return start, max(end, start + 1)


def _mark(canvas: Canvas, row: Row, left: int, step: Step) -> list[str]:
    """Lines under a line of source: the underline and, beside or below it, the label."""
    what = "error" if step.hurts else "step"
    label = f"{step.number} {step.label}" if step.number else step.label
    if not row.width:
        return [canvas.style(text, what) for text in wrap(label, canvas.room)]
    start, end = (min(max(cell - left, 0), canvas.room) for cell in _span(row, step))
    start = min(start, canvas.room - 1)
    underline = ("^" if step.hurts else "-") * max(end - start, 1) + (
        "…" if step.place.end_line > step.place.line else ""
    )
    used = start + width(underline) + 1
    if used + width(label) <= canvas.room:
        return [" " * start + canvas.style(f"{underline} {visible(label)}", what)]
    indent = start if canvas.room - start >= _BESIDE else 0
    below = [" " * indent + canvas.style(text, what) for text in wrap(label, canvas.room - indent)]
    return [" " * start + canvas.style(underline, what), *below]
