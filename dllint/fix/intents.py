"""What a rule wants changed, said without syntax. `write.py` turns it into edits, or into none where it cannot.

A site that is None is one that nobody knows: there is no fix then.
"""

from __future__ import annotations

from typing import TypeAlias

from dllint.plain import plain
from dllint.values.value import Site


@plain
class Drop:
    """The operation at the site is not applied: its input goes on in its place."""

    site: Site | None


@plain
class TakeLog:
    """The softmax at the site becomes log_softmax."""

    site: Site | None


@plain
class FuseLog:
    """The logarithm at the site, where it is taken right of what `inner` makes, is computed there: log_softmax."""

    site: Site
    inner: Site | None


@plain
class Give:
    """The call at the site is given an argument by name. noticed: other code may see it, such as who loads weights."""

    site: Site
    name: str
    value: bool | int
    noticed: bool = False


@plain
class GiveMode:
    """The call at the site is given, by name, whether the network that it stands in is in train mode."""

    site: Site
    name: str


@plain
class Invert:
    """The mask that the call at the site is given by this name becomes its inverse."""

    site: Site
    name: str


@plain
class Swap:
    """The first two arguments of the call at the site change places."""

    site: Site


@plain
class Convert:
    """What the call at the site is given at a position, or by name, goes through a method first: `y.long()`.

    arguments: of the method; with some, others who call it there may have to agree.
    """

    site: Site
    position: int
    name: str
    method: str
    arguments: tuple[int, ...] = ()


@plain
class Register:
    """The list, tuple or dict of layers at the site becomes one that registers them."""

    site: Site


@plain
class Prepare:
    """A method of what is called at the site is called first, before the loops around that do not train."""

    site: Site
    method: str


@plain
class Follow:
    """A method of the object whose method is called at the site is called right after it."""

    site: Site
    method: str


@plain
class Detach:
    """What is added at the site, to a sum or a list, is detached from its graph."""

    site: Site


@plain
class Wrap:
    """What is at the site is given to a function of Python's library, and its result stands there: "copy.deepcopy"."""

    site: Site
    function: str


@plain
class Assign:
    """What a method makes at the site gets the name of what it is called on: `x = x.detach()`."""

    site: Site


@plain
class Invoke:
    """The method that is named at the site is called."""

    site: Site


@plain
class Begin:
    """The function at the site begins with this statement."""

    site: Site
    statement: str


@plain
class TakeScores:
    """The loss that is called at the site becomes the one that takes scores."""

    site: Site


@plain
class TakeSigmoid:
    """The softmax at the site becomes a sigmoid."""

    site: Site


@plain
class Add:
    """What the logarithm or the root at the site is taken of, or what is divided by there, has a number added."""

    site: Site
    amount: str


@plain
class Move:
    """The statement at the site goes right behind another."""

    site: Site
    behind: Site


@plain
class Resume:
    """A method of what is called at the site is called first, before the loops around that do not hold `within`."""

    site: Site
    method: str
    within: Site


@plain
class Freeze:
    """The attribute that is set at the site is set for every parameter: `net.requires_grad_(False)`."""

    site: Site


@plain
class CallItself:
    """The object whose method is called at the site is called itself."""

    site: Site


Intent: TypeAlias = (
    Drop
    | TakeLog
    | FuseLog
    | Give
    | GiveMode
    | Convert
    | Register
    | Prepare
    | Follow
    | Detach
    | Wrap
    | Assign
    | Invoke
    | Begin
    | CallItself
    | TakeScores
    | TakeSigmoid
    | Add
    | Move
    | Resume
    | Freeze
    | Swap
    | Invert
)
