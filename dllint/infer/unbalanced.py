"""Classes that are weighted since some are rare, and an accuracy in which those do not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Unbalanced, Where
from dllint.infer.state import Thing
from dllint.infer.unvalidated import words
from dllint.values.kind import Kind
from dllint.values.value import NONE, BatchKey, ForwardKey, Library, Site, Step, Tensor, Value, deps

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

CLASSES = frozenset({Kind.INDEX, Kind.BOOLEAN})
WEIGHTS = {
    "torch.nn.CrossEntropyLoss": "weight",
    "torch.nn.NLLLoss": "weight",
    "torch.nn.BCEWithLogitsLoss": "pos_weight",
    "torch.utils.data.WeightedRandomSampler": "weights",
}
"""What is told how much each class counts: by which argument."""
FINER = frozenset(
    {
        *("f1", "fbeta", "precision", "recall", "auc", "auroc", "roc", "confusion", "iou", "dice", "balanced", "kappa"),
        *("sensitivity", "specificity", "matthews", "mcc", "ap", "report", "jaccard", "classwise", "average"),
    }
)
"""Words of measures in which a rare class counts."""


def matched(m: Machine, left: Value, right: Value, site: Site) -> None:
    """Remember where the classes that a network chose are compared with those of a batch."""
    for one, other in ((left, right), (right, left)):
        chosen = type(one) is Tensor and one.kind in CLASSES and any(type(key) is ForwardKey for key in one.deps)
        made = deps(other) if chosen else ()
        if any(type(key) is BatchKey for key in made) and not any(type(key) is ForwardKey for key in made):
            m.matched[site] = None


def settle(m: Machine) -> None:
    """At the end of a run: an Unbalanced for the first accuracy, where classes are weighted and that is all."""
    site = next((site for site in m.matched if site.file not in m.tests), None)
    if site is None:
        return
    weighted = next((thing for thing in m.heap.values() if _weighs(thing)), None)
    if weighted is None or any(not FINER.isdisjoint(words(m, path)) for path in m.trees):
        return
    m.note(Unbalanced(Step(weighted.site, f"{weighted.name} weights the classes"), Where(site)))


def _weighs(thing: Thing) -> bool:
    """Whether something is made with weights of classes."""
    name = WEIGHTS.get(thing.cls.name) if type(thing.cls) is Library else None
    return name is not None and dict(thing.bound).get(name, NONE) != NONE
