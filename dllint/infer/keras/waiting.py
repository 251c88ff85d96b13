"""What is written down of a model where it is compiled waits until it is trained.

Keras once wanted a model compiled before it predicts: a generator that is trained through another model has a loss that
nobody computes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dllint.values.value import Ref

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def held(m: Machine, model: Ref, write: Callable[[], None]) -> None:
    """Write events down that wait for a model to be trained."""
    before = len(m.record.events)
    write()
    events = m.record.events[before:]
    del m.record.events[before:]
    m.seen_events.difference_update(events)
    m.waiting[model.id] = events


def trained(m: Machine, model: Ref) -> None:
    """A model is trained or evaluated: its loss is computed."""
    for event in m.waiting.pop(model.id, ()):
        m.note(event)
    m.fitted.add(model.id)


def used(m: Machine, model: Ref) -> None:
    """A model predicts."""
    if model.id not in m.fitted:
        m.predicting.add(model.id)


def settle(m: Machine) -> None:
    """At the end of a run: nobody knows who trains what was compiled and is seen no more."""
    for number, events in m.waiting.items():
        for event in events if number not in m.predicting else ():
            m.note(event)
