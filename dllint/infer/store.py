"""Every mutable fact of a run, as cells that can be undone.

A cell is (owner, name): a local variable of a frame, an attribute of an object, the contents of a list,
the mode of a layer. Writing notes the old value on the *trail*, so that a branch costs what it writes:
run it, take its delta, roll back, run the other, and merge the two. Reading notes the cell in the log of
the innermost call that is being summarised: a summary holds as long as the cells it read agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from dllint.infer.alternatives import met_entries, met_items
from dllint.plain import replace
from dllint.values.shape import agreed
from dllint.values.value import (
    ALWAYS,
    Case,
    Const,
    Entries,
    Guards,
    Items,
    Ref,
    Tensor,
    Union,
    Unknown,
    Value,
    contradict,
    essential,
    guarded,
    united,
)

Cell: TypeAlias = tuple[object, str]
Delta: TypeAlias = dict[Cell, "Value | None"]

ENDLESS = 1 << 62
HOLDS = frozenset((Ref, Union, Items, Entries, Unknown))
"""What a cell of a module holds when it says which modules are in it."""
GRAD: Cell = ("grad", "")
"""Whether autograd records."""
PATH = "path"
"""Owner-kind of the conditions assumed on the current path: cell ((PATH, flag), "") is Const(True) or Const(False)."""


class Store:
    """Cells, the trail of their old values, and the logs of who read what."""

    def __init__(self) -> None:
        self.cells: dict[Cell, Value] = {}
        self.names: dict[object, dict[str, None]] = {}  # every name an owner ever had, in order
        self.trail: list[tuple[Cell, Value | None]] = []
        self.logs: list[dict[Cell, Value | None]] = []
        self.modules: set[object] = set()  # owners whose cells say what is in a network
        self.born: dict[object, Guards] = {}  # networks made under conditions, and which
        self.undone = 0  # how often something was rolled back
        self.work = 0  # cells merged, conditions asked: the part of a run's cost that expressions do not count
        self.structure = 0  # grows when what is in some network may have changed

    def get(self, cell: Cell) -> Value | None:
        """The value of a cell, None where it was never written."""
        value = self.cells.get(cell)
        if self.logs:
            self.logs[-1].setdefault(cell, value)
        return value

    def set(self, cell: Cell, value: Value | None) -> None:
        """Write a cell; None removes it."""
        old = self.cells.get(cell)
        if self.logs:
            self.logs[-1].setdefault(cell, old)
        if old is value and value is not None:
            return
        self.trail.append((cell, old))
        if cell[0] in self.modules and (type(value) in HOLDS or type(old) in HOLDS):
            self.structure += 1
        if old is None:
            self.names.setdefault(cell[0], {})[cell[1]] = None
        if value is None:
            self.cells.pop(cell, None)
        else:
            self.cells[cell] = value

    def found(self, cell: Cell, value: Value) -> None:
        """What a cell held all along, though nobody wrote it: every path that does not write it finds it so."""
        self.names.setdefault(cell[0], {})[cell[1]] = None
        self.cells[cell] = value

    def mark(self) -> int:
        """A point to come back to."""
        return len(self.trail)

    def moment(self) -> tuple[int, int]:
        """Where the run is: the same as before where nothing was written or undone in between."""
        return len(self.trail), self.undone

    def delta(self, mark: int, made: int = ENDLESS) -> Delta:
        """What was written since the mark, each cell with its present value, but for objects from id `made` on."""
        now = self.cells.get
        if made == ENDLESS:
            return {cell: now(cell) for cell, _ in self.trail[mark:]}
        return {
            cell: now(cell) for cell, _ in self.trail[mark:] if not (type(owner := cell[0]) is int and owner >= made)
        }

    def rollback(self, mark: int, made: int = ENDLESS) -> None:
        """Undo everything written since the mark, but for objects from id `made` on.

        An object that one branch made is reached by that branch alone, so its cells may stay as the branch left them:
        of forty networks in an elif chain, each is written once.
        """
        cells = self.cells
        written = self.trail[mark:]
        del self.trail[mark:]
        self.undone += 1
        for cell, old in reversed(written):
            if type(owner := cell[0]) is int and owner >= made:
                continue
            if owner in self.modules and (type(old) in HOLDS or type(cells.get(cell)) in HOLDS):
                self.structure += 1
            if old is None:
                cells.pop(cell, None)
            else:
                cells[cell] = old

    def left(self, mark: int, own: object) -> Delta:
        """Leave a call that began at the mark: its own names and what it assumed are undone, all else stays."""
        written = self.trail[mark:]
        del self.trail[mark:]
        stays: Delta = {}
        for cell, old in written:
            if cell not in stays and cell[0] != own and not is_path(cell):
                self.trail.append((cell, old))
                stays[cell] = self.cells.get(cell)
        for cell, old in reversed(written):
            if is_path(cell):
                self._restore(cell, old)
        return stays

    def _restore(self, cell: Cell, old: Value | None) -> None:
        if old is None:
            self.cells.pop(cell, None)
        else:
            self.cells[cell] = old

    def forget(self, owner: object) -> None:
        """Drop the cells of a frame that nothing reaches any more."""
        for name in self.names.pop(owner, ()):
            self.cells.pop((owner, name), None)

    def apply(self, delta: Delta) -> None:
        """Write a delta, its path conditions included."""
        for cell, value in delta.items():
            self.set(cell, value)

    def unassume(self) -> None:
        """Drop every condition that the trail knows to be assumed."""
        for cell, _ in self.trail:
            if is_path(cell):
                self.cells.pop(cell, None)

    def settle(self) -> None:
        """Between two roots: what is written stays, and nothing is assumed any more."""
        self.unassume()
        self.trail.clear()
        self.logs.clear()
        self.cells.pop(("inside", ""), None)
        self.cells.pop(GRAD, None)

    def merge(self, branches: Iterable[Delta], *, keep_path: bool = True, exclusive: bool = False) -> None:
        """Go on from where several branches meet, each given as its delta from here.

        keep_path: conditions that all of them assumed are assumed from here on. exclusive: each was taken where its
        conditions hold, and only there.
        """
        branches = list(branches)
        if len(branches) == 1:
            self.apply(branches[0])
            return
        conditions = [conditions_of(branch) for branch in branches]
        touched: dict[Cell, list[int]] = {}
        for index, branch in enumerate(branches):
            for cell in branch:
                if not is_path(cell):
                    touched.setdefault(cell, []).append(index)
        self.work += len(touched) * len(branches)
        for cell, by in touched.items():
            if len(by) == 1 and self.born.get(cell[0], ALWAYS) & conditions[by[0]]:
                # A network made under a condition is met under that condition alone.
                self.set(cell, branches[by[0]][cell])
                continue
            here = self.cells.get(cell)
            elsewhere = _elsewhere(conditions, by[0]) if exclusive and len(by) == 1 else ALWAYS
            if elsewhere:
                met = meeting([(conditions[by[0]], branches[by[0]][cell]), (elsewhere, here)])
            else:
                met = meeting([(g, branch.get(cell, here)) for g, branch in zip(conditions, branches, strict=True)])
            if met is not here:
                self.set(cell, met)
        if keep_path:
            self.apply(_shared_path(branches))


def _elsewhere(conditions: list[Guards], index: int) -> Guards:
    """The condition of all branches but this one, where one condition of this one tells it from each of them."""
    others = [guards for i, guards in enumerate(conditions) if i != index]
    for flag, truth in conditions[index]:
        alone = frozenset(((flag, truth),))
        if all(contradict(guards, alone) for guards in others):
            return frozenset(((flag, not truth),))
    return ALWAYS


def is_path(cell: Cell) -> bool:
    """Whether a cell holds an assumed condition."""
    owner = cell[0]
    return type(owner) is tuple and len(owner) == 2 and owner[0] is PATH


def conditions_of(delta: Delta) -> Guards:
    """The named conditions a branch assumed."""
    found = [
        (cell[0][1], value.value)  # type: ignore[index, union-attr]
        for cell, value in delta.items()
        if value is not None and is_path(cell) and cell[1] == ""
    ]
    return essential(frozenset(found)) if found else ALWAYS


def meeting(alternatives: list[tuple[Guards, Value | None]]) -> Value | None:
    """What a cell holds where branches meet: one value, or alternatives under each branch's conditions.

    A branch that never wrote the cell while nothing was there before adds nothing: reading it there would be an error.
    """
    first = alternatives[0][1]
    if all(value is first for _, value in alternatives):
        return first
    if type(first) is Items and all(type(value) is Items for _, value in alternatives):
        return met_items(alternatives)  # type: ignore[arg-type]
    if type(first) is Entries and all(type(value) is Entries for _, value in alternatives):
        return met_entries(alternatives)  # type: ignore[arg-type]
    met: list[Case] = []
    for guards, value in alternatives:
        if value is not None:
            met.extend(guarded(value, guards))
    return united(met) if met else None


def longest(first: Value | None, later: Value | None) -> Value | None:
    """List contents after a loop: as after its later pass, with more of the kind possible in the middle."""
    if type(later) is Items:
        if type(first) is Items and first.values == later.values:
            return later
        return Items(later.values, open=True)
    return later


def widened(before: Value | None, after: Value | None) -> Value | None:
    """A cell as a later pass of a loop finds it: a number or size that one pass changed can be any."""
    if type(after) is Tensor and type(before) is Tensor:
        return after if after.shape == before.shape else replace(after, shape=agreed((before.shape, after.shape)))
    if before != after and type(after) is Const and type(after.value) in (int, float, str) and type(before) is Const:
        return Unknown("it changes in a loop")
    if type(before) is Entries and type(after) is Entries:
        same = _in_common(before.pairs, after.pairs)
        known = dict(before.pairs[same:])
        pairs = tuple((key, widened(known.get(key), value) or value) for key, value in after.pairs[same:])
        return Entries(after.pairs[:same] + pairs, after.open) if pairs != after.pairs[same:] else after
    return after


def _in_common(one: tuple[object, ...], other: tuple[object, ...]) -> int:
    """How many of the first items are the same objects in both."""
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left is not right:
            return index
    return min(len(one), len(other))


def _shared_path(branches: list[Delta]) -> Delta:
    """Conditions that every branch assumed alike."""
    first, *rest = branches
    return {cell: v for cell, v in first.items() if is_path(cell) and all(b.get(cell) == v for b in rest)}
