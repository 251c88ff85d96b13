"""Samplers of loaders: which order they give their data in, pass after pass of the loop over epochs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dllint.events import SameOrder, Where
from dllint.values.value import NONE, TRUE, BatchKey, Library, Ref, Value, atoms

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

DISTRIBUTED = "torch.utils.data.DistributedSampler"


def asked(m: Machine, loader: Ref) -> None:
    """A batch is taken from a loader: note its sampler, where that shuffles by the epoch it is told."""
    for atom in atoms(dict(m.heap[loader.id].bound).get("sampler", NONE)):
        if type(atom) is Ref and is_distributed(m, atom.id):
            m.drawn.append(atom.id)


def is_distributed(m: Machine, number: int) -> bool:
    """Whether an object is a sampler that gives each process its part."""
    return m.heap[number].cls == Library(DISTRIBUTED)


def looped(m: Machine, samplers: Iterable[int], key: BatchKey) -> None:
    """A loop goes over what these samplers give."""
    m.context()
    for sampler in samplers:
        m.looped.setdefault(sampler, set()).add(key)


def told(m: Machine, receiver: Value) -> None:
    """sampler.set_epoch(epoch)."""
    m.told_epoch.update(atom.id for atom in atoms(receiver) if type(atom) is Ref)


def settle(m: Machine) -> None:
    """At the end of a run: samplers that nobody told the epoch, trained on in several passes of a loop around."""
    for sampler, keys in m.looped.items():
        shuffles = dict(m.heap[sampler].bound).get("shuffle", TRUE) == TRUE
        passes = {key.context[1] for key in keys if key in m.trained}
        if shuffles and sampler not in m.told_epoch and len(passes - {()}) > 1:
            site = m.heap[sampler].site
            m.note(SameOrder(min(key.loop for key in keys), Where(site, test=site.file in m.tests)))
