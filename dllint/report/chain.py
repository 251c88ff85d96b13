"""The chain of a finding as the steps a reader follows: made here, passes here, hurts here."""

from __future__ import annotations

from collections.abc import Sequence

from dllint.findings import Finding, Place
from dllint.plain import plain

AFTER = ("also ", "then ")
"""Starts of a related message that follows the finding's own place: it hurts there too, or goes on there."""

MOST = 6
"""Steps that are shown; of a longer chain, the middle is folded."""

NEAR = 3
"""Lines between two steps of one file that a frame still spans."""


@plain
class Step:
    """One place of a chain. number: from 1, 0 when the chain is this place alone."""

    place: Place
    label: str
    hurts: bool
    number: int


@plain
class Folded:
    """Steps in the middle that are not shown."""

    steps: int


Frame = tuple[Step, ...]
"""Steps of one file, near one another, in the order of the chain."""


def frames(finding: Finding) -> list[Frame | Folded]:
    """The chain in frames, in its order, with the middle of a long one folded."""
    steps = _steps(finding)
    if len(steps) <= MOST:
        return list(_near(steps))
    half = MOST // 2
    return [*_near(steps[:half]), Folded(len(steps) - 2 * half), *_near(steps[-half:])]


def _steps(finding: Finding) -> list[Step]:
    before = [(related.place, related.message) for related in finding.related if not related.message.startswith(AFTER)]
    after = [(related.place, related.message) for related in finding.related if related.message.startswith(AFTER)]
    places = [*before, (finding.place, "hurts here"), *after]
    return [
        Step(place, label or _role(index), index >= len(before), index + 1 if len(places) > 1 else 0)
        for index, (place, label) in enumerate(places)
    ]


def _role(index: int) -> str:
    return "passes here" if index else "made here"


def _near(steps: Sequence[Step]) -> list[Frame]:
    """Steps in frames: one joins the frame before it when it lies in the same file within a few lines."""
    found: list[Frame] = []
    for step in steps:
        if found and _fits(found[-1], step.place):
            found[-1] = (*found[-1], step)
        else:
            found.append((step,))
    return found


def _fits(frame: Frame, place: Place) -> bool:
    lines = [step.place.line for step in frame]
    return frame[0].place.path == place.path and min(lines) - NEAR <= place.line <= max(lines) + NEAR
