"""What happens to one object over its life: the states, and the only functions that move them.

Both witnesses use these: infer on alternatives of a state, trace on the one state it sees.
"""

from __future__ import annotations

from dllint.plain import plain
from dllint.values.value import Atom, Site


@plain
class Mode(Atom):
    """Train or eval mode of one layer, and the place that set it last."""

    train: bool
    site: Site


@plain
class Pending(Atom):
    """The gradients that wait in an optimizer's parameters.

    fresh: the backward that added to them since the last update. stale: the update that already used
    what is still there, because nothing cleared it since. cleared: the loops around the clear that came after
    the last update; None: there was none. wiped: the backward whose gradients no update used before they were
    cleared. scaled: what scaled the loss they are of, and nothing has unscaled them since.
    """

    fresh: Site | None = None
    stale: Site | None = None
    cleared: tuple[object, ...] | None = None
    wiped: Site | None = None
    scaled: Site | None = None


@plain
class Kept(Atom):
    """The weights that a state_dict shows. since: what has changed them since it was made, first; None: nothing.

    sure: it surely has. trained: by training, not by weights that were loaded over them.
    """

    since: Site | None = None
    sure: bool = True
    trained: bool = True


@plain
class Turn(Atom):
    """What comes first in an optimizer's life. advanced: its schedule went on before it ever stepped."""

    advanced: Site | None = None
    stepped: bool = False


def after_backward(pending: Pending, site: Site, scaled: Site | None = None) -> Pending:
    """Gradients are added to what is there."""
    return Pending(fresh=site, stale=pending.stale, cleared=pending.cleared, scaled=scaled)


def after_update(pending: Pending, site: Site) -> Pending:
    """The gradients stay, and are used up."""
    if pending.fresh is None:
        return pending
    return Pending(fresh=None, stale=site)
