"""Whether anything shows how a network does on data that it is not trained on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dllint.events import Forward, Unvalidated, Where
from dllint.infer import unseeded
from dllint.program import ir
from dllint.values.value import BatchKey, Const, LoaderKey, Step

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

PART = re.compile(r"[a-z]+\d?|[A-Z][a-z]*\d?")
SPLITS = ("valid", "val", "test", "eval", "infer", "predict", "holdout", "heldout", "generate", "sample")
"""How words begin that speak of other data than that to train on, or of what a network is for once it is trained."""
OTHERS = frozenset({"value", "values", "sampler", "samplers"})


def settle(m: Machine) -> None:
    """At the end of a run: an Unvalidated for each loader a network is trained on, where that is all that is done."""
    forwards = m.forwards.values()
    trained = [event for event in forwards if event.updates and event.looped and not event.where.test]
    if not trained or any(not event.feeds for event in forwards) or any(_speaks(m, path) for path in m.trees):
        return
    optimizers = Counter(m.heap[o].site.file for o in m.optimizers if isinstance(o, int) and unseeded.steps(m, o))
    for event in trained:
        if optimizers[event.where.site.file] < 2 and any(map(_of_epochs, event.given)):
            for loader in _loaders(event):
                m.note(Unvalidated(event.module, Where(loader.site), _regularised(m, event)))


def _regularised(m: Machine, event: Forward) -> tuple[Step, ...]:
    """What keeps a network that is trained from fitting its data: dropout in it, weight decay of an optimizer."""
    dropped = (Step(leaf.made, "dropout") for leaf in event.leaves if "dropout" in leaf.name and leaf.made is not None)
    things = (m.heap[o] for o in m.optimizers if isinstance(o, int) and unseeded.steps(m, o))
    decayed = (
        Step(thing.site, "weight decay")
        for thing in things
        if type(by := dict(thing.bound).get("weight_decay")) is Const and by.value
    )
    return (*dropped, *decayed)


def _of_epochs(made: object) -> bool:
    """Whether it is a loop over data that a loop around repeats."""
    return type(made) is BatchKey and bool(made.context[1])


def _loaders(event: Forward) -> list[LoaderKey]:
    return sorted(key for key in event.given if type(key) is LoaderKey)


def _speaks(m: Machine, path: Path) -> bool:
    """Whether a file that holds no tests has a name for such data or such a use."""
    return m.numbers.get(path) not in m.tests and any(word.startswith(SPLITS) for word in words(m, path) - OTHERS)


def words(m: Machine, path: Path) -> set[str]:
    """The words that the names in a file are made of."""
    tree = m.trees[path]
    names = (path.stem, *tree.mentions, *_defined(tree.body)) if isinstance(tree, ir.Module) else ()
    return {part.lower() for name in names for part in PART.findall(name)}


def _defined(body: list[ir.Stmt]) -> Iterator[str]:
    """Names of functions, classes and methods."""
    for node in body:
        if isinstance(node, (ir.FunctionDef, ir.ClassDef)):
            yield node.name
        if isinstance(node, ir.ClassDef):
            yield from _defined(node.body)
