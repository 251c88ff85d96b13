"""Roles of data: which part of a data set a loader gives, and what is decided by results on the part to test with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dllint import api
from dllint.events import Choice
from dllint.infer.state import Thing
from dllint.plain import replace
from dllint.values.value import FALSE, Const, Decided, Deps, LoaderKey, Ref, Site, Step

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

TEST, VALIDATION = "test", "validation"
PARTS = ("split", "image_set")
"""Arguments of data sets that name a part."""
WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")
VALIDATES = ("val", "dev", "eval")


def part(m: Machine, loader: Ref, dataset: Thing | None) -> str:
    """Which part a loader gives, "" where nobody knows: its name says so, else its data set does."""
    return _named(next(_names(m, loader), "")) or (_taken(dataset) if dataset is not None else "")


def _names(m: Machine, loader: Ref) -> Iterator[str]:
    """What callers of the code being run call a loader, the outermost first."""
    for running in m.stack:
        for owner in (running.frame, running.self.id if type(running.self) is Ref else None):
            for name in m.store.names.get(owner, ()):
                if m.store.cells.get((owner, name)) == loader:
                    yield name


def _named(name: str) -> str:
    """What a name says: `test_loader`, `testloader`; "validation" for any word that says something else."""
    words = [word.lower() for word in WORD.findall(name)]
    if any(word.startswith(VALIDATES) for word in words):
        return VALIDATION
    return TEST if any(word.startswith(TEST) for word in words) and "train" not in words else ""


def _taken(dataset: Thing) -> str:
    """What a data set of a library was told: `train=False`, `split="test"`."""
    bound = dict(dataset.bound)
    if bound.get("train") == FALSE and api.attribute(getattr(dataset.cls, "name", ""), "pictures"):
        return TEST
    return TEST if any(bound.get(name) == Const(TEST) for name in PARTS) else ""


# ---------------------------------------------------------------- what is decided


def judged(m: Machine, made: Deps, site: Site) -> Decided | None:
    """A condition asks for this: the loader of test data that it is a result on, outside the loop over its batches."""
    loaders = [key for key in made if type(key) is LoaderKey and key.part]
    around = {loop for loop, _ in m.passes}
    if not loaders or not around or any(key.part != TEST for key in loaders):
        return None
    if any(getattr(key, "loop", None) in around for key in made):
        return None
    return Decided(min(loaders), site)


def kept(m: Machine, site: Site) -> None:
    """Weights are kept here: perhaps since a result on test data is the best so far."""
    if m.deciding is not None and m.passes:
        after = Step(site, "the weights are kept")
        _chosen(m, "weights", m.deciding, after)


def scheduled(m: Machine, made: Deps, site: Site) -> None:
    """scheduler.step(result)."""
    decided = judged(m, made, site)
    if decided is not None:
        _chosen(m, "learning rate", decided)


def _chosen(m: Machine, of: str, decided: Decided, kept: Step | None = None) -> None:
    """Note a choice, with the loop in which it is made, until it is known what else there is to test with."""
    m.context()
    loader = decided.loader.site
    choice = Choice(of, Step(loader, "the loader of the test data is made"), m.where(decided.site), kept)
    m.choices.setdefault(loader, {})[choice] = m.passes[-1][0]


def passed(m: Machine, key: LoaderKey, site: Site) -> None:
    """The batches of a loader are gone through: a test, where it comes after the loop that chose by the same data."""
    if key.part == VALIDATION:
        m.validated = True
    elif key.part == TEST:
        m.context()
        around = {loop for loop, _ in m.passes}
        for choice, loop in m.choices.get(key.site, {}).items():
            if loop not in around:
                m.tested[choice] = Step(site, "the network is tested with the same data")


def settle(m: Machine) -> None:
    """At the end of a root: what was chosen in it, and what else there was to test with."""
    for chosen in m.choices.values():
        for choice in chosen:
            m.note(replace(choice, tested=m.tested.get(choice), apart=m.validated))
    m.choices.clear()
    m.tested.clear()
    m.validated = False
