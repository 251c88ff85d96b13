"""Random numbers in the workers of loaders: what a worker starts with, and what data sets draw there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dllint.events import Repeat, Where
from dllint.infer import choices
from dllint.infer.state import Activation, Args, Thing
from dllint.values.value import NONE, Const, LoaderKey, Ref, Site, Step, Unknown, Value

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

FOLLOWED = "1.9"
"""From this version on, torch seeds numpy's global state in each worker."""


def drawn(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    """generator.normal(): for a sample of a data set it is noted with that; one that is made there is no copy."""
    generator, sampling = bound["self"], _sampling(m)
    if sampling is not None and type(generator) is Ref:
        thing = m.heap[generator.id]
        found = m.draws.setdefault(_made(m, sampling), {})
        copied = generator.id < sampling.frame and found.get(thing.site) != ""
        found[thing.site] = thing.name if copied else ""


def drawn_globally(m: Machine, name: str, site: Site) -> None:
    """numpy.random.uniform(): of the global state."""
    sampling = _sampling(m)
    if sampling is not None:
        m.global_draws.setdefault(_made(m, sampling), Step(site, name))


def _sampling(m: Machine) -> Activation | None:
    """The __getitem__ that is being run."""
    return next((a for a in reversed(m.stack) if a.name == "__getitem__" and type(a.self) is Ref), None)


def _made(m: Machine, sampling: Activation) -> Site:
    """Where the data set was made."""
    assert type(sampling.self) is Ref
    return m.heap[sampling.self.id].site


def started(m: Machine, loader: Ref) -> None:
    """A batch is taken from a loader: its workers begin with what its worker_init_fn does, or with copies of all."""
    bound = dict(m.heap[loader.id].bound)
    number = bound.get("num_workers", NONE)
    if number == NONE or (type(number) is Const and not number.value) or choices.OPEN in bound:
        return
    made, begin = m.heap[loader.id].site, bound.get("worker_init_fn", NONE)
    if begin == NONE:
        m.workers[made] = _innermost(m, bound.get("dataset", NONE))
    elif made not in m.begun and type(begin) is not Unknown:
        m.begun.add(made)
        _begin(m, begin, made)


def _innermost(m: Machine, dataset: Value) -> Site | None:
    """Where the data set was made that the others, such as Subsets, are parts of."""
    thing: Thing | None = m.thing(dataset)
    while thing is not None and (inner := m.thing(dict(thing.bound).get("dataset", NONE))) is not None:
        thing = inner
    return thing.site if thing is not None else None


def _begin(m: Machine, begin: Value, loader: Site) -> None:
    """Run worker_init_fn for a worker: where it seeds, and with nothing but constants, all workers draw the same."""
    outer, m.seeding = m.seeding, []
    m.call(begin, Args((Unknown("the number of a worker", ("worker", loader)),)), loader)
    given, m.seeding = m.seeding, outer
    if given and all(constant for _, constant in given):
        site = given[0][0]
        m.note(Repeat("seed", "", Where(site, test=site.file in m.tests), Step(loader, "every worker begins with it")))


def seeded(m: Machine, bound: dict[str, Value], args: Args, site: Site) -> None:
    """numpy.random.seed(number)."""
    if m.seeding is not None and "self" not in bound:
        m.seeding.append((site, bool(args.positional) and type(args.positional[0]) is Const))


def repeated(m: Machine, loader: LoaderKey) -> None:
    """At the end of a run, of a loader that trains: what its workers draw alike."""
    data = m.workers.get(loader.site)
    if data is None:
        return
    after = Step(loader.site, "its workers get copies")
    generators = m.draws.get(data, {})
    if all(generators.values()):
        for site, name in generators.items():
            m.note(Repeat("generator", name, Where(site, test=site.file in m.tests), after))
    drawn = m.global_draws.get(data)
    if drawn is not None and m.project.versions.of("torch").at_least(FOLLOWED) is False:
        m.note(Repeat("global", drawn.text, Where(drawn.site, test=drawn.site.file in m.tests), after))
