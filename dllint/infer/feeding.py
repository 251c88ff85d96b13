"""Which loaders feed the training of a network, and which its evaluation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dllint.events import Forward, Iterate, Where
from dllint.infer import seeds
from dllint.values.value import LabelKey, LoaderKey, Step

if TYPE_CHECKING:
    from dllint.infer.machine import Machine


def settle(m: Machine) -> None:
    """At the end of a run: an Iterate for each loader that trains on labels in order, or tests on what is drawn."""
    events = list(m.forwards.values())
    trained = _loaders(event for event in events if event.feeds or event.escapes)
    labelled = {key.data for key in m.trained if type(key) is LabelKey}
    for loader in sorted(_loaders(event for event in events if event.updates)):
        seeds.repeated(m, loader)
        if loader.order and loader.data in labelled:
            m.note(Iterate(loader.dataset, loader.order, True, _where(m, loader)))
    for event in events:
        if event.drawn and event.evaluates:
            for loader in sorted(_loaders((event,)) - trained):
                site, name = min(event.drawn)
                m.note(Iterate(loader.dataset, loader.order, False, _where(m, loader), Step(site, f"{name} is made")))


def _loaders(events: Iterable[Forward]) -> set[LoaderKey]:
    """The loaders that forwards got their input from."""
    return {key for event in events for key in event.given if type(key) is LoaderKey}


def _where(m: Machine, loader: LoaderKey) -> Where:
    return Where(loader.site, test=loader.site.file in m.tests)
