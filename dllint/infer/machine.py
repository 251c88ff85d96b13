"""The abstract machine: it runs a project on abstract values and writes down what happens.

The state is one `Store` of cells and a heap of immutable descriptions. The parts that know Python and the
libraries are functions over the machine, one file an idea; this file only joins them and keeps the
counters that bound a run, always by a count and never by time, so that results are the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dllint.events import Call, Choice, Disorder, Event, Fixed, Forward, Leak, Record, Subject, Target, Untrained, Where
from dllint.findings import Confidence, NotChecked
from dllint.infer import calls, expressions, fits, flow, forwards, modules
from dllint.infer.memo import CONTEXT, STRUCTURE
from dllint.infer.state import Activation, Args, Exhausted, Thing
from dllint.infer.store import GRAD, PATH, Cell, Delta, Store
from dllint.plain import node
from dllint.program import ir
from dllint.program.lower import lower
from dllint.program.source import NotParsed, Source
from dllint.values.value import (
    ALWAYS,
    BatchKey,
    Const,
    Decided,
    Deps,
    Entries,
    FitKey,
    ForwardKey,
    Guards,
    Ident,
    Items,
    PartKey,
    Ref,
    Site,
    Step,
    Unknown,
    Value,
    Weights,
    cases,
    deps,
    held,
    united,
)

if TYPE_CHECKING:
    from dllint.infer import accumulating, carrying, keeping
    from dllint.infer.memo import Summaries
    from dllint.project import Project

TEST_FILE = re.compile(r"(^|/)tests?/|(^|/)(test_[^/]*|[^/]*_test|conftest)\.py$")
CELLS_A_STEP = 8
MOST_NESTED = 3
MOST_STEPS, MANY_STEPS, FEW_STEPS = 150_000, 15_000, 300
"""Expressions one root may evaluate: at first, once the roots before it took a quarter of a million in all, and once
they took their share of a large project. pytorch/examples needs 13,000 at most, a registry of 44 networks 150,000; the
tests and examples of a framework, run one by one, repeat its inside."""
STEPS_BEFORE_MANY = 250_000
LEAST_SHARE = 300_000
SHARE_OF_A_BYTE = 0.06
"""Steps for each byte of source: what keeps a run below 70 ms of CPU for a thousand lines."""


def _lowered(source: Source) -> ir.Module:
    """The program of a file. NotParsed, at a line of the file, where it has none."""
    try:
        return lower(source.program)
    except NotParsed as error:
        line = source.notebook.spot(error.line, 1)[0] if source.notebook else error.line
        raise NotParsed(line, error.why) from None


def is_test(name: str) -> bool:
    """A file of tests, by pytest's own naming, below the working directory."""
    return bool(TEST_FILE.search(name))


@node
class Budget:
    """Whether a part of a run came to its end within its steps."""

    whole: bool = True


class Machine:
    """One run over one project. See the files beside this one for what its methods do."""

    def __init__(self, project: Project, summaries: Summaries) -> None:
        self.project = project
        self.store = Store()
        self.summaries = summaries
        self.heap: dict[int, Thing] = {}
        self.next_id = 1
        self.files: list[Path] = []  # by the number in a Site
        self.numbers: dict[Path, int] = {}
        self.modules: dict[tuple[Path, bool], int] = {}  # file, run as a script → frame of its globals
        self.stack: list[Activation] = []
        self.conditions: list[Guards] = []  # under which each alternative callee around here is called
        self.assumed: Guards = ALWAYS  # conditions of the branches around
        self.passes: tuple[tuple[object, object], ...] = ()
        self.loops_later = 0  # how many of the loops around here are in a later pass
        self.waiting: dict[int, list[Event]] = {}  # Keras models that are compiled → what is said when they are trained
        self.fitted: set[int] = set()
        self.fitted_before = 0  # how many of them when the root began
        self.leaks: list[Leak] = []  # of the root
        self.predicting: set[int] = set()  # Keras models that predict before they were trained, if ever
        self.rows = 0  # how many rows of Keras layers are being run, in which each is given what one other makes
        self.inside = 0  # how many module forwards are being run
        self.deciding: Decided | None = None  # a result on test data that a condition around asks for
        self.asked = False  # the code being run is reached in one mode of its network alone
        self.steps = 0
        self.tried = 0  # how many are around within which what fails says nothing
        self.dead = False  # the statement being run calls something that always raises
        self.limit = MOST_STEPS
        self.share = max(LEAST_SHARE, SHARE_OF_A_BYTE * project.size)
        self.spent = 0
        self.futile = 0  # roots in a row that were cut short and showed nothing to judge
        self.labels: dict[Ident, str] = {}  # how to say an unknown in a message
        self.entered: set[int] = set()  # id of every function node that was run
        self.defined: dict[int, dict[int, Value]] = {}  # file → id of every function node in it → its value, newest
        self.optimizers: dict[object, bool] = {}  # every optimizer seen; True: it is surely one
        self.training: dict[object, None] = {}  # those that were made, stepped or cleared since the root began
        self.watched: dict[object, None] = {}  # optimizers that stepped or were cleared since the root began
        self.snapshots: dict[Weights, None] = {}  # every state_dict that was made
        self.left_out: dict[int, Untrained] = {}  # groups of parameters that no optimizer was given
        self.statement: Site | None = None  # the call that is a statement of its own, as it is run
        self.pure: dict[Site, str] = {}  # such a call that changes nothing → what it calls
        self.bare: set[object] = set()  # networks being made whose nn.Module.__init__ has not run
        self.grown: set[int] = set()  # lists to which a loop adds, however often it runs
        self.unmade: set[int] = set()  # objects whose __init__ took more steps than it may
        self.frozen: set[object] = set()  # whose parameters somebody told not to need gradients
        self.engines: set[object] = set()  # unknowns that were given a loss to back-propagate
        self.record = Record()
        self.forwards: dict[object, Forward] = {}
        self.ended = 0  # how many of these were there when the part of the run that may be cut short began
        self.running: ForwardKey | None = None  # the forward of an outermost network that is being run
        self.drained: dict[ForwardKey, carrying.Spent] = {}  # forwards that a backward went through
        self.periods: tuple[accumulating.Period, ...] = ()  # conditions around that are true once in so many passes
        self.gathering: dict[
            Site, list[tuple[accumulating.Passes, tuple[object, ...], bool]]
        ] = {}  # backwards in loops
        self.gathered: list[accumulating.Gathered] = []  # updates once in so many passes
        self.clears: dict[object, list[tuple[accumulating.Passes, tuple[object, ...]]]] = {}  # optimizer → its clears
        self.trained: set[object] = set()  # forwards and batches that some backward starts from
        self.started: dict[Site, set[object]] = {}  # backward → the forwards it starts from
        self.backed: dict[object, tuple[tuple[object, ...], Site]] = {}  # what backwards start from → passes, backward
        self.kept: list[keeping.Added] = []  # what was added to sums and lists that outlive a pass
        self.scales: dict[Site, Confidence] = {}  # calls of gradient scalers, and how sure it is that they scale
        self.idle: dict[object, tuple[tuple[object, ...], Where]] = {}  # optimizer → its last update without gradients
        self.early: dict[object, Disorder] = {}  # optimizer and pass → its update that came before the backward
        self.scalers: set[object] = set()  # unknowns that scale losses
        self.turns_of: dict[Site, Value | None] = {}  # loop → how many passes it has this time, where it counts them
        self.searched: dict[tuple[Site, object, object], list[int]] = {}  # place, calls and loops → optimizers made
        self.drawn: list[int] = []  # distributed samplers of the loaders that batches were taken from
        self.looped: dict[int, set[BatchKey]] = {}  # such a sampler → the loops over what it gives
        self.prepares = False  # some file names what is fitted on data
        self.fits: set[FitKey] = set()  # what was fitted on all of some data
        self.part_fits: dict[PartKey, tuple[Site, str]] = {}  # part → where something was fitted on it, and what
        self.ends: dict[
            FitKey, tuple[dict[Value, Site], dict[Value, Site]]
        ] = {}  # up to and from which row it is taken
        self.logits: set[Site] = set()  # where scores are made that a loss with a sigmoid of its own is given
        self.choices: dict[Site, dict[Choice, object]] = {}  # loader of test data → what it decided on, in which loop
        self.tested: dict[Choice, Step] = {}  # such choices → where the same data are tested with afterwards
        self.validated = False  # whether a loader of validation data was gone through since the root began
        self.thresholds: list[tuple[Site, Call]] = []  # where scores are made → what compares them with 0.5
        self.draws: dict[Site, dict[Site, str]] = {}  # data set → generators its samples draw from; "": made for one
        self.global_draws: dict[Site, Step] = {}  # data set → where its samples draw from numpy's global state
        self.workers: dict[Site, Site | None] = {}  # loader with workers that nobody seeds → its data set
        self.begun: set[Site] = set()  # loaders whose worker_init_fn was run
        self.seeding: list[tuple[Site, bool]] | None = None  # what a worker is seeded with: where, and by a constant
        self.told_epoch: set[int] = set()  # samplers that are told the epoch, perhaps by code nobody knows
        self.advances: dict[Site, tuple[tuple[object, ...], Where]] = {}  # schedules that went on before any update
        self.unfilled = False  # some parameter was made of memory that nobody has written to
        self.called: set[object] = set()  # unknowns that were called
        self.claimed: set[object] = set()  # modules whose parameters somebody asked for
        self.seen_events: set[Event] = set()
        self.batches: set[object] = set()  # sizes of dimensions that hold independent samples
        self.tests: set[int] = set()  # numbers of files of tests
        self.asked_for: set[object] = set()  # identities of terms that a condition asks for
        self.parts: set[object] = (
            set()
        )  # operations that are judged as a part of something larger: a cross entropy that is written out
        self.reached: set[object] = set()  # operations that may go wrong, in what a network or a loss is given
        self.exponents: dict[object, object] = {}  # exponential of what nothing keeps small → the layer that gives it
        self.tempered: set[object] = set()  # layers whose exponentials the loss itself keeps small
        self.compared: set[int] = set()  # numbers that something unknown is compared with: a check of its size perhaps
        self.uneven = False  # some loader has batches of a known number of samples, and the last one perhaps of fewer
        self.fixed: list[Fixed] = []  # where a batch is taken to be of such a number of samples
        self.squeezes = False  # some samples went through a squeeze() that names no dimension
        self.matched: dict[Site, None] = {}  # where the classes that a network chose are compared with labels
        self.placed: set[object] = set()  # identities of terms of which somebody asks where the largest numbers are
        self.largest: list[tuple[object, Target]] = []  # such a term → a loss that is given its largest numbers
        self.pooled: dict[object, tuple[Step, Site]] = {}  # product of one number for a batch and of each sample's
        self.each: set[Ident] = set()  # identities of arithmetic on items of batches: a number of each sample
        self.mended: set[object] = set()  # divisions whose results are looked through for what is no number
        self.trees: dict[Path, ir.Module | NotParsed] = {}
        self.not_parsed: list[NotChecked] = []
        self.cut_paths: set[Path] = set()
        self.cut_short: list[NotChecked] = []  # roots that needed more steps than they may take
        self.networks: dict[int, tuple[int, dict[object, str]]] = {}  # module → structure it was read at, what is in it
        self.found_leaves: dict[int, tuple[int, list[tuple[int, str, Confidence]]]] = {}
        self.switched: dict[int, tuple[dict[object, str], tuple[object, ...]]] = {}
        self.orders: dict[int, list[Value]] = {}  # class → its bases in look-up order: they never change
        self.are_modules: dict[int, bool] = {}  # object → whether it is a torch.nn.Module
        self.leaf_kinds: dict[int, str] = {}
        self.any_entries: dict[int, tuple[Entries, Value]] = {}  # dict → what it held, any item of that
        self.contents: dict[Cell, tuple[Value, list[int]]] = {}  # of a list or dict → what it held, the objects in that
        self.receivers: dict[int, Value] = {}  # class → the object its unreached methods are called on
        self.tokens: set[object] = set()  # identities of what embeddings are given
        self.shifts: dict[Ident, str] = {}  # identities of sequences less their first or last place → which
        self.items: set[Ident] = set()  # identities of items of batches that were moved or cast
        self.created: list[Ident] = []  # identities of unknowns, in the order they were made
        self.stale_before = 0  # objects made before this id have unknown modes: an orphan is being run

    # ------------------------------------------------------------ running

    def eval(self, node: ir.Expr) -> Value:
        """The value of an expression."""
        self.steps += 1
        return _EVAL[type(node)](self, node)

    def block(self, body: Sequence[ir.Stmt]) -> bool:
        """Run statements; whether control comes out at the end."""
        for statement in body:
            if not _EXEC[type(statement)](self, statement):
                return False
            if self.dead:  # a call in it never comes back
                self.dead = False
                return False
        return True

    def call(self, callee: Value, args: Args, site: Site) -> Value:
        """Call a value, alternative by alternative."""
        return calls.call(self, callee, args, site)

    def allowance(self, path: Path | None = None) -> int:
        """How many steps the next root or import may take; of a file whose top level took too many, its functions."""
        if self.spent >= self.share:
            return FEW_STEPS
        many = self.spent >= STEPS_BEFORE_MANY or path in self.cut_paths
        most = min(MANY_STEPS, MOST_STEPS) if many else MOST_STEPS
        return max(min(FEW_STEPS, most), most >> self.futile)

    def learn(self, whole: bool, seen: int) -> None:
        """After a root: one that is cut short and showed nothing to judge halves what the next may take.

        So a framework's own examples, which all get lost in its inside, do not use up the run.
        """
        fruitful = whole or len(self.record.subjects) + len(self.record.events) > seen
        self.futile = 0 if fruitful else self.futile + 1

    @contextmanager
    def budget(self, limit: int) -> Iterator[Budget]:
        """Steps of their own for a part of a run; when they do not suffice, the part ends and the run goes on."""
        outer, around, ended = (self.steps, self.store.work), self.limit, self.ended
        self.steps = self.store.work = 0
        self.limit, self.ended = limit, len(self.forwards)
        budget = Budget()
        try:
            yield budget
        except Exhausted:
            budget.whole = False
            forwards.abandoned(self, self.ended)
        finally:
            self.spent += self.steps + self.store.work // CELLS_A_STEP
            (self.steps, self.store.work), self.limit, self.ended = outer, around, ended

    def cut(self, path: Path) -> None:
        """Note a file that could not be run to its end."""
        why = "it needs more steps than one file may take; its rest is not checked"
        if path not in self.cut_paths:
            self.cut_paths.add(path)
            self.cut_short.append(NotChecked(self.project.name(path), 1, why))

    @contextmanager
    def perhaps(self) -> Iterator[None]:
        """What is computed here is of one alternative among several, or somebody expects it to fail."""
        self.tried += 1
        try:
            yield
        finally:
            self.tried -= 1

    def spend(self) -> None:
        """Exhausted when a root has taken more steps than it may."""
        if self.steps + self.store.work // CELLS_A_STEP > self.limit:
            raise Exhausted

    def branches(self, options: Sequence[Callable[[], bool]]) -> bool:
        """Run alternatives from the same state and go on where those meet that come out at their end."""
        mark = self.store.mark()
        deltas: list[Delta] = []
        assumed = self.assumed
        last = len(options) - 1
        for number, option in enumerate(options):
            made = self.next_id
            comes_out = option()
            self.assumed = assumed
            self.dead = False
            if comes_out and number == last and not deltas:
                return True  # it is the only one, and the run is where it ends
            if comes_out:
                deltas.append(self.store.delta(mark, made))
            self.store.rollback(mark, made)
        if not deltas:
            return False
        self.store.merge(deltas)
        return True

    # ------------------------------------------------------------ files

    def parsed(self, path: Path) -> ir.Module:
        """The program of a file, lowered once. NotParsed, noted the first time, when it has none."""
        found = self.trees.get(path)
        if found is None:
            try:
                found = _lowered(self.project.source(path))
            except NotParsed as error:
                self.trees[path] = error
                name = self.project.name(path)
                self.not_parsed.append(NotChecked(name, error.line, f"not analysed: {error.why}"))
                raise
            self.trees[path] = found
        if isinstance(found, NotParsed):
            raise found
        return found

    def number(self, path: Path) -> int:
        """The number of a file in a Site."""
        number = self.numbers.get(path)
        if number is None:
            number = self.numbers[path] = len(self.files)
            self.files.append(path)
            if is_test(self.project.name(path)):
                self.tests.add(number)
        return number

    def begin(self, file: int, site: Site) -> None:
        """Stand at the top of a file, to call something in it."""
        frame = self.modules.get((self.files[file], False), 0) or self.modules.get((self.files[file], True), 0)
        self.stack = [Activation(frame, file, site, (frame,), None, self.store.mark(), kept=True)]

    def reset(self) -> None:
        """Forget what a root left half done: the calls being run, the trail, assumed conditions."""
        self.stack.clear()
        self.conditions.clear()
        self.store.settle()
        self.dead = False
        self.running, self.periods = None, ()
        self.passes, self.loops_later, self.inside, self.stale_before, self.assumed = (), 0, 0, 0, ALWAYS
        self.asked, self.tried, self.deciding, self.rows = False, 0, None, 0
        self.snapshots.clear()  # no root goes on to train what another began with

    # ------------------------------------------------------------ places

    @property
    def here(self) -> Activation:
        return self.stack[-1]

    def site(self, node: ir.Node) -> Site:
        return Site(self.stack[-1].file, node.at)

    def context(self) -> tuple[object, ...]:
        """Which activation this is: the call sites and loop passes that lead here. Whoever asks holds only here."""
        context = self.present()
        if self.store.logs:
            self.store.logs[-1].setdefault(("context", ""), Const(context))
        return context

    def present(self) -> tuple[object, ...]:
        """The same, without telling the summaries."""
        return (tuple(a.site for a in self.stack), self.passes)

    def read_below(self, log: dict[Cell, Value | None], first_id: int) -> None:
        """What a call read, its caller read too, but for the objects the call itself made."""
        if not self.store.logs:
            return
        mine = self.store.logs[-1]
        if CONTEXT in log:
            self.context()
        if STRUCTURE in log:
            self.read_structure()
        for cell, value in log.items():
            if cell not in mine and not (isinstance(owner := cell[0], int) and owner >= first_id):
                mine[cell] = value

    def read_structure(self) -> None:
        """What is in the networks is read: a summary that did so holds while no network changes."""
        if self.store.logs:
            self.store.logs[-1].setdefault(STRUCTURE, Const(self.store.structure))

    def where(self, site: Site) -> Where:
        chain = tuple(a.site for a in self.stack[1:])
        test, later = site.file in self.tests, self.loops_later > 0
        forward = next(self.forwards_run(), None)
        if forward is None or forward.owner is None:
            return Where(site, chain, later, self.grad(), test, asked=self.asked)
        inside, training = self.heap[forward.owner].name, modules.training(self, forward.self)
        return Where(site, chain, later, self.grad(), test, inside, training, self.asked)

    def forwards_run(self) -> Iterator[Activation]:
        """The forwards of the project's networks that are being run, outermost first."""
        return (a for a in self.stack if a.name == "forward" and a.owner is not None)

    def made_in_forward(self, number: int) -> bool:
        """Whether an object was made by the forward that is being run, so anew in each."""
        return any(number > a.frame for a in self.forwards_run())

    def grad(self) -> bool:
        """Whether autograd records here."""
        return self.store.get(GRAD) != Const(False)

    def note(self, event: Event) -> None:
        """Write an event down, once."""
        if isinstance(event, Forward):
            self.record.events.append(event)
        elif event not in self.seen_events:
            self.seen_events.add(event)
            self.record.events.append(event)

    def subject(self, what: str, site: Site, known: bool, why: str = "") -> None:
        """Count something a rule had to judge. Known once is known."""
        subject = self.record.subjects.setdefault(site, Subject(what))
        subject.known = subject.known or known
        if why and not subject.why:
            subject.why = why

    # ------------------------------------------------------------ values

    def new_id(self) -> int:
        number = self.next_id
        self.next_id = number + 1
        return number

    def new(self, thing: Thing) -> Ref:
        """A new object on the heap."""
        number = self.new_id()
        self.heap[number] = thing
        return Ref(number)

    def thing(self, value: Value) -> Thing | None:
        """The description of an object; None for what is not one object."""
        return self.heap.get(value.id) if type(value) is Ref else None

    def names(self, owner: object) -> list[str]:
        """Every attribute an object was ever given, in order."""
        self.read_structure()
        return [name for name in self.store.names.get(owner, ()) if name[0] not in "#[{"]

    def unknown(self, why: str, site: Site, args: Iterable[Value] = (), name: str = "") -> Unknown:
        """Something nobody knows, made here of these: it is itself when met again, and keeps what it was given."""
        args = tuple(args)
        kept = frozenset(owner for arg in args for owner in held(arg) if self._matters(owner))
        made = self.made_from(args)
        self.store.work += len(kept)
        # The name tells what several callees made at one place apart.
        ident: Ident = ("at", site, (*self.passes, name) if name else self.passes)
        self.created.append(ident)
        if name:
            self.labels.setdefault(ident, name)
        return Unknown(why, ident, kept, made)

    def made_from(self, values: Iterable[Value], depth: int = 0) -> Deps:
        """The forwards and batches that values are made from, what lists and dicts among them hold included."""
        found: Deps = frozenset()
        for value in values:
            found |= deps(value)
            if type(value) is Ref and depth < MOST_NESTED and self.heap[value.id].sort in ("list", "dict"):
                items = self.store.get((value.id, "[]"))
                entries = self.store.get((value.id, "{}"))
                inner = items.values if type(items) is Items else ()
                inner = inner or (tuple(v for _, v in entries.pairs) if type(entries) is Entries else ())
                below = self.made_from(inner, depth + 1)
                found |= fits.gathered(below) if self.fits else below
        return found

    def _matters(self, owner: object) -> bool:
        """Whether it matters who keeps this: an object, an optimizer, a network; not the result of some other call."""
        if isinstance(owner, int) or owner in self.optimizers:
            return True
        return owner[0] != "at" or (owner, "#mode") in self.store.cells  # type: ignore[index]

    def path(self, flag: Ident) -> bool | None:
        """What is assumed of a condition on the current path."""
        value = self.store.get(((PATH, flag), ""))
        return None if value is None else bool(value.value)  # type: ignore[union-attr]

    def one_of(self, values: Iterable[Value]) -> Value:
        """Any of these, under no condition."""
        return united(case for value in values for case in cases(value))


_EVAL = expressions.TABLE
_EXEC = flow.TABLE
