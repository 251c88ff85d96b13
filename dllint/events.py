"""What a program does, in the words that both witnesses use and every rule judges."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from dllint.findings import Confidence, Place
from dllint.fix.intents import Intent
from dllint.lives import Mode, Pending
from dllint.plain import field, node, plain, replace
from dllint.values.dtype import FLOATS, INTEGERS
from dllint.values.kind import Kind
from dllint.values.ranges import Range, span
from dllint.values.shape import ANY, Shape, equal, side
from dllint.values.term import NOWHERE, Term, is_put_out, unmoved
from dllint.values.value import NO_DEPS, BatchKey, Deps, DrawKey, ForwardKey, LabelKey, Origin, Site, Step


@plain
class Where:
    """Where an event happens, and under which circumstances.

    chain: the call sites that lead to it, outermost first. later: in a later pass of a loop, and which
    one. grad: whether autograd records. test: in a file of tests. inside: class of the network whose forward
    is being run, "" outside; training: the mode of that network, None where it is not known. asked: a condition
    around has asked for the mode of a network.
    """

    site: Site
    chain: tuple[Site, ...] = ()
    later: bool = False
    grad: bool = True
    test: bool = False
    inside: str = ""
    training: bool | None = None
    asked: bool = False

    @property
    def path(self) -> tuple[Site, ...]:
        """The call sites that lead to it, and its own."""
        return (*self.chain, self.site)

    def shared(self, other: Where) -> tuple[Site, ...]:
        """The call sites that lead to both."""
        return tuple(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(self.path, other.path, strict=False)))

    def leaving(self, other: Where) -> Site:
        """The call in what both are called from that leads to this one and not to the other."""
        shared = len(self.shared(other))
        return self.path[min(shared, len(self.path) - 1)]


@plain
class Given:
    """One alternative of an argument: what it is, how it came and was computed, and under which condition."""

    parameter: str
    wants: str
    kind: Kind
    origin: Origin
    confidence: Confidence
    when: str = ""  # "when args.model is 'unet'"; "" where it always is
    why: str = ""  # of an unknown kind
    term: Term = NOWHERE
    tracked: bool = True  # gradients flow back through it, for all that is known
    shape: Shape = ANY
    batch: int | None = None  # which of its dimensions holds independent samples, counted from the last
    deps: Deps = NO_DEPS  # the forwards and the batches that it is made from
    attends: bool | None = None  # of a mask, whether True surely stands for what takes part
    dtype: str = ""  # the type of its numbers; "" where nobody knows

    @property
    def made(self) -> Site | None:
        """Where it was made; None where nobody knows."""
        return self.origin[0].site if self.origin else None

    @property
    def layer(self) -> Site | None:
        """Where the layer with weights was made that it comes right from; None of anything else."""
        made = self.term.option("layer") if isinstance(self.term, Term) else None
        return made if isinstance(made, Site) else None

    @property
    def range(self) -> Range:
        """Which numbers it may hold."""
        return span(self.term)

    @property
    def made_by(self) -> str:
        """The last operation on it that is no mere move: "log_softmax", "relu"; "?" where nobody knows."""
        last = unmoved(self.term)
        return last.op if isinstance(last, Term) else "?"

    @property
    def predicted(self) -> bool:
        """Whether the output of a network is among what it is made from."""
        return any(type(key) is ForwardKey for key in self.deps)

    @property
    def put_out(self) -> bool:
        """Whether it is made of the probabilities that a Keras model puts out."""
        return is_put_out(self.term)

    @property
    def item(self) -> bool:
        """Whether it is what a loop over data gives, or a part of that, as it is: moved or cast at most."""
        found = unmoved(self.term)
        while isinstance(found, Term) and found.op in ("long", "int") and found.of:
            found = unmoved(found.of[0])
        return isinstance(found, Term) and found.op == "item"

    @property
    def classes(self) -> int:
        """How many classes the labels of a data set tell apart that it is; 0 where nobody knows."""
        found = [key.classes for key in self.deps if type(key) is LabelKey]
        return found[0] if self.item and len(found) == 1 else 0

    @property
    def batches(self) -> frozenset[object]:
        """The loops over data that it is made from."""
        return frozenset(key for key in self.deps if type(key) is BatchKey)


@plain
class Call:
    """A call of a library function, loss or layer, or an operator on tensors.

    constants: the parameters whose values are known, defaults included. passed: those that the call, or the
    constructor of the layer, names or gives. fresh: the layer was made in the forward that calls it.
    guarded: of a division, a condition asks for the divisor, or the result is looked through for what is no number;
    of a logarithm or a root, it is a part of a cross entropy that is written out, or of a where, and judged as one; of
    an exponential, the loss keeps it small, or it is a part of a softmax by hand. reaches: of a division whose divisor
    may be 0 and of an exponential that may be infinite, a network, a loss or a backward is given what is made of it, or
    a network divides.
    """

    callee: str  # how to name it: "CrossEntropyLoss", "/"
    name: str  # canonical: "torch.nn.CrossEntropyLoss"
    arguments: tuple[Given, ...]
    where: Where
    constants: tuple[tuple[str, object], ...] = ()
    passed: frozenset[str] = frozenset()
    fresh: bool = False
    guarded: bool = False
    reaches: bool = False

    @property
    def torch(self) -> bool:
        """Whether it is torch's own."""
        return self.name.startswith("torch.")

    def given(self, wanting: str) -> Iterator[Given]:
        """The arguments for a parameter that wants this, alternative by alternative."""
        return (given for given in self.arguments if given.wants == wanting)

    def constant(self, parameter: str) -> object:
        """The value of a parameter, None where it is None or nobody knows it."""
        return dict(self.constants).get(parameter)

    def here(self, given: Given, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the call itself, whatever the way of its argument."""
        return Draft(self.where.site, _conditioned(message, given.when), (), given.confidence, fix=fix)

    def draft(self, given: Given, message: str, fix: Intent | None = None, cause: object = None) -> Draft:
        """What a rule says of one argument: the chain is the way it came."""
        text = _conditioned(message, given.when)
        return Draft(self.where.site, text, given.origin, given.confidence, cause, fix=fix)


@plain
class Leaf:
    """A layer that behaves differently in train and eval mode, inside the module of a Forward."""

    name: str  # "dropout" or "batchnorm"
    path: str  # "features.3"
    modes: tuple[Mode, ...]  # every mode it may be in; empty: nobody knows
    confidence: Confidence
    why: str = ""  # nobody knows
    made: Site | None = None

    @property
    def since(self) -> str:
        """How it came into its mode, for the place that set it."""
        layer = f"{self.name} ({self.path})" if self.path else self.name
        if self.modes[0].site == self.made:
            return f"{layer} is made, in train mode"
        return f"{layer} is set to train mode"


@node
class Forward:
    """A call of an outermost module. What becomes of its result is known when the program has ended.

    feeds: the result, or something made from it or its input, reaches a backward. scored: the result is
    measured: argmax, a metric, a loss, a Python number. dummy: made-up data goes in. escapes: it leaves to
    code nobody knows while autograd records. built: where the module was made.
    """

    module: str  # name of its class
    leaves: tuple[Leaf, ...]
    where: Where
    built: Site | None
    dummy: bool = False
    feeds: bool = False
    escapes: bool = False
    scored: Step | None = None
    states: tuple[tuple[Mode, Confidence, str], ...] = ()  # the modes of the module itself, each with its condition
    opaque: bool = False  # there is code nobody knows in it, which may have such layers
    updates: bool = False  # an optimizer of its parameters steps on what a backward through it left
    evaluation: Where | None = None  # another call, nobody trains on its result, in an eval mode this one is in too
    asked: Site | None = None  # the train() that was called on this very module last, by a caller still running
    meant: bool = False  # that train() serves no training: it is there for this call
    given: frozenset[object] = frozenset()  # what its input is made from: other forwards, batches of a loop, a loader
    looped: bool = False  # a batch that a loop around gives goes in
    drawn: frozenset[DrawKey] = frozenset()  # the random transforms that its input surely went through
    carried: frozenset[ForwardKey] = (
        frozenset()
    )  # forwards of earlier passes whose used up graphs come along with its state
    graph: bool = False  # autograd surely records it, for parameters that are not frozen, and no call there trains

    @property
    def evaluates(self) -> bool:
        """Real data goes in, the result is measured, and nothing trains on it."""
        return self.scored is not None and not (self.feeds or self.escapes or self.dummy or self.meant)

    @property
    def matters(self) -> bool:
        """Whether its mode changes anything, or may: it has a layer that asks for it, or nobody knows what it has."""
        return bool(self.leaves) or self.opaque

    def in_eval_mode(self) -> Iterator[tuple[Mode, Confidence, str]]:
        """The eval modes the module may be in, with how sure that is and on what condition."""
        return ((mode, sure, when) for mode, sure, when in self.states if not mode.train)

    def in_train_mode(self) -> tuple[Leaf, ...]:
        """The layers that are in train mode, when all whose mode matters surely are; else none.

        A net of which some are in eval mode was set up so by its author: frozen statistics, Monte Carlo dropout.
        """
        if all(leaf.modes and all(mode.train for mode in leaf.modes) for leaf in self.leaves):
            return self.leaves
        return ()

    def draft(self, leaves: tuple[Leaf, ...], message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the mode of some layers: the chain is who set it last, then what measures the result."""
        sure = max(leaf.confidence for leaf in leaves)
        first = {leaf.name: leaf for leaf in reversed(leaves) if leaf.confidence is sure}
        chain = tuple(Step(leaf.modes[0].site, leaf.since) for _, leaf in sorted(first.items()))
        after = self.scored._replace(text=f"then {self.scored.text}") if self.scored is not None else None
        return Draft(self.where.site, message, chain, sure, self.where.site, after, fix)


@plain
class Build:
    """A network as it is when the program has ended, and the layers with parameters that it keeps out of its own sight:
    in a plain list, dict or tuple, and registered nowhere.

    attribute: where it keeps them. alone: it keeps one, as a literal of one item.
    """

    module: str
    attribute: str
    layer: str
    container: str  # "list", "dict", "tuple"
    alone: bool
    made: Site
    where: Where

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the container: the chain is where the layer was made."""
        chain = (Step(self.made, f"{self.layer} is made"),)
        return Draft(self.where.site, message, chain, cause=self.where.site, fix=fix)


@plain
class Update:
    """optimizer.step(). pending: every state the gradients may be in as it is called."""

    optimizer: str
    pending: tuple[Pending, ...]
    where: Where
    confidence: Confidence
    when: str = ""

    def draft(self, chain: Origin, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the step: the chain is where its gradients come from."""
        return Draft(self.where.site, _conditioned(message, self.when), chain, self.confidence, fix=fix)


@plain
class Keep:
    """What a backward of the same pass used up is added, with its graph, to what outlives the pass.

    to: "sum" or "list". made: the way it came. spent: the backward.
    """

    to: str
    made: Origin
    spent: Site
    where: Where

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of what is kept: the chain is the way it came, then the backward."""
        after = Step(self.spent, "its backward uses the graph up")
        return Draft(self.where.site, message, self.made, cause=self.where.site, after=after, fix=fix)


@plain
class Carry:
    """A network starts from what it made in an earlier pass of a loop, with its graph, and backward goes through both.

    spent: the backward that went through that graph before. retained: it kept it, and so goes on and on.
    """

    module: str
    where: Where
    spent: Step
    retained: bool

    def draft(self, message: str) -> Draft:
        """What a rule says of the call of the network: the backward comes after."""
        return Draft(self.where.site, message, cause=self.where.site, after=self.spent)


@plain
class Accumulate:
    """Gradients of several batches are added, each of the mean over its own, before an update uses their sum.

    backward: where they are added. update: what uses them.
    """

    optimizer: str
    update: Step
    backward: Site
    where: Where
    confidence: Confidence

    def draft(self, message: str) -> Draft:
        """What a rule says of the backward: the update comes after."""
        return Draft(self.backward, message, (), self.confidence, self.backward, self.update)


@plain
class Restore:
    """Weights that a state_dict was to keep are loaded or saved, after they changed.

    module: whose they are. kept: the call of state_dict(). own: loaded back into that module. repeated: kept anew in
    passes of a loop. trained: a step of an optimizer at `changed` was the first to change them; else other weights
    were loaded there.
    """

    module: str
    kept: Site
    changed: Site
    trained: bool
    own: bool
    repeated: bool
    saved: bool
    where: Where
    confidence: Confidence

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the state_dict: the chain is what changes it, then who takes it for what it was."""
        chain = (Step(self.changed, "changes the same tensors"),)
        after = Step(self.where.site, f"{'saves' if self.saved else 'loads'} what they are by then")
        return Draft(self.kept, message, chain, self.confidence, self.kept, after, fix)


@plain
class Untrained:
    """Parameters that the program means to train, freeze or clip, and does not reach.

    how: "flag of a module" and "unknown flag", that are set for nothing; "used up", a generator; "replaced", a layer
    of a network; "left out", a group; "trained already", a flag that is set only where it is set. what: the flag,
    layer or function. because: where it was decided.
    """

    how: str
    what: str
    where: Where
    because: Step | None = None

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the place; the chain is where it was decided."""
        chain = (self.because,) if self.because else ()
        return Draft(self.where.site, message, chain, cause=self.where.site, fix=fix)


@plain
class Broadcast:
    """Two tensors of which neither has the shape of what they make together: (N, 1) and (N,) make (N, N)."""

    callee: str
    one: Shape
    other: Shape
    made: Shape
    where: Where
    confidence: Confidence

    def draft(self, message: str) -> Draft:
        """What a rule says of the operation."""
        return Draft(self.where.site, message, (), self.confidence)


@plain
class Target:
    """A loss and what it compares with, where the type or the shape of that is known.

    takes: what it takes for that: "classes", "classes or probabilities", "floats", "numbers", "the type of its input".
    against: the shape of what it is compared with. values: it is the largest numbers along a dimension, of scores, or
    of what somebody else asks for their places. divided: it is class indices, divided by something.
    """

    callee: str
    takes: str
    given: Given
    against: Shape
    where: Where
    values: bool = False
    divided: bool = False

    @property
    def is_column(self) -> bool:
        """Whether class indices surely have as many dimensions as the scores: torch takes that for probabilities."""
        shape, other = self.given.shape, self.against
        if "classes" not in self.takes or shape.rank is None or shape.rank != other.rank or shape.rank < 2:
            return False
        whole = self.given.dtype in INTEGERS or self.given.dtype == "bool"
        return whole or self.takes == "classes" or equal(shape.dims[1], other.dims[1]) is False

    @property
    def is_refused(self) -> bool:
        """Whether torch raises for the type of the target alone; of floats, for its dimensions with that."""
        given = self.given
        match self.takes:
            case "classes":
                return given.dtype not in ("", "int64", "uint8")
            case "classes or probabilities":
                indices = self.against.rank is not None and given.shape.rank == self.against.rank - 1 > 0
                return given.dtype not in ("", "int64", "uint8", *FLOATS) or (given.dtype in FLOATS and indices)
            case "numbers":
                return given.dtype == "bool"
        return given.dtype == "bool" or given.dtype in INTEGERS

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the loss: the chain is the way its target came."""
        text = _conditioned(message, self.given.when)
        return Draft(self.where.site, text, self.given.origin, self.given.confidence, self.where.site, fix=fix)


@plain
class Squeeze:
    """squeeze() of samples, without a dimension, and a use that counts on the dimension of the samples to be left.

    ones: where the sizes of 1 are that it is there for, counted from the last.
    """

    shape: Shape
    ones: tuple[int, ...]
    use: Step
    where: Where
    confidence: Confidence

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the squeeze: the use comes after it."""
        return Draft(self.where.site, message, (), self.confidence, self.where.site, self.use, fix)


@plain
class Regroup:
    """A view that cuts numbers anew across what belonged together."""

    callee: str
    before: Shape
    after: Shape
    where: Where
    confidence: Confidence

    def draft(self, message: str) -> Draft:
        """What a rule says of the view."""
        return Draft(self.where.site, message, (), self.confidence)


@plain
class Layout:
    """A layer that takes its samples from one dimension is given them in another. Both are counted from the first."""

    layer: str
    shape: Shape
    reads: int
    batch: int
    made: Site
    where: Where
    confidence: Confidence

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the call: the chain is where the layer was made."""
        return Draft(self.where.site, message, (Step(self.made, f"{self.layer} is made"),), self.confidence, fix=fix)


@plain
class Channels:
    """What takes the channels of pictures from one dimension is given their height or width there.

    parameter: what it is given as. reads: that dimension, counted from the last. side: "height" or "width". made: where
    the picture is from. written: the call stands there, and no Sequential makes it.
    """

    callee: str
    parameter: str
    shape: Shape
    reads: int
    side: str
    written: bool
    made: Site
    where: Where
    confidence: Confidence

    @property
    def is_layer(self) -> bool:
        """Whether it is a layer, or a function, on tensors of torch."""
        return self.reads == -3

    @property
    def takes(self) -> str:
        """Which dimensions it takes, in which order."""
        samples = "N, " * (len(self.shape.dims) > 3)
        return f"({samples}C, H, W)" if self.is_layer else f"({samples}H, W, C)"

    @property
    def order(self) -> tuple[int, ...]:
        """How its dimensions are to be permuted."""
        count = len(self.shape.dims)
        lead = tuple(range(count - 3))
        if not any(side(dim) for dim in self.shape.dims):
            return (*lead, count - 2, count - 1, count - 3)
        sides = sorted((found[1], at) for at, dim in enumerate(self.shape.dims) if (found := side(dim)) is not None)
        channels = (set(range(count)) - {*lead, *(at for _, at in sides)}).pop()
        turned = (*(at for _, at in sides),)
        return (*lead, channels, *turned) if self.is_layer else (*lead, *turned, channels)

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the call: the chain is where the picture is from."""
        chain = (Step(self.made, "a picture is read or made here"),) if self.made != self.where.site else ()
        return Draft(self.where.site, message, chain, self.confidence, self.where.site, fix=fix)


@plain
class Unheld:
    """A number that is put into, or added to, a tensor of float16, which has no such number.

    cast: it is of that type by an autocast, if the data is on CUDA. chain: how it came to be of that type.
    """

    callee: str
    number: float
    cast: bool
    chain: Origin
    where: Where
    confidence: Confidence
    when: str = ""  # "when args.fp16"; "" where it always is

    @property
    def vanishes(self) -> bool:
        """Whether it becomes 0; else torch raises."""
        return abs(self.number) < 1

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the call: the chain is how the tensor came to be of float16."""
        text = _conditioned(message, self.when)
        return Draft(self.where.site, text, self.chain, self.confidence, self.where.site, fix=fix)


@plain
class Pooled:
    """One number for a whole batch is multiplied with a number of each sample, and the products are reduced.

    made: where that number was made, by a loss or a norm. by: "mean" or "sum", what reduces the products; "product" of
    rows with one another that were normalised along the samples, column by column.
    """

    made: Step
    by: str
    where: Where
    confidence: Confidence

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the product: the chain is where the number was made."""
        return Draft(self.where.site, message, (self.made,), self.confidence, self.made.site, fix=fix)


@plain
class Fixed:
    """A number that is written out stands for that of the samples in a batch, which the last one may not have.

    made: the loader of such batches. left: how many the last one has; None where nobody knows.
    """

    callee: str
    size: int
    made: Site
    left: int | None
    where: Where
    confidence: Confidence

    def draft(self, message: str) -> Draft:
        """What a rule says of the call: the chain is where the loader was made."""
        chain = (Step(self.made, f"batches of {self.size} are made here"),)
        return Draft(self.where.site, message, chain, self.confidence, self.where.site)


@plain
class Lone:
    """A batch norm in train mode is given one number for each channel, of which it can tell no variance.

    loader: whose last batch is of one sample, and its batch size; None where every batch is.
    """

    layer: str
    shape: Shape
    loader: Site | None
    batch: int
    where: Where
    confidence: Confidence

    def draft(self, message: str) -> Draft:
        """What a rule says of the call: the chain is where the loader was made."""
        chain = (Step(self.loader, f"batches of {self.batch}, one sample left"),) if self.loader is not None else ()
        return Draft(self.where.site, message, chain, self.confidence, self.where.site)


@plain
class Mismatch:
    """A call whose sizes cannot meet, whatever the unknown ones are."""

    callee: str
    text: str  # which sizes, in words
    where: Where
    confidence: Confidence

    def draft(self, message: str) -> Draft:
        """What a rule says of the call."""
        return Draft(self.where.site, message, (), self.confidence, cause=self.text)


@plain
class Rate:
    """The learning rate that an optimizer of a network was made with: no scheduler has it, and nobody changed it."""

    optimizer: str
    rate: float
    where: Where

    def draft(self, message: str) -> Draft:
        """What a rule says of the rate: likely, since code that nobody read may set another."""
        return Draft(self.where.site, message, confidence=Confidence.LIKELY)


@plain
class Search:
    """An optimizer is made again and again, with other numbers, in the passes of loops.

    tried: what differs, and its values in the order they come; of "the network", the numbers of its layers. each: how
    many different ones are made.
    """

    optimizer: str
    tried: tuple[tuple[str, tuple[object, ...]], ...]
    each: int
    where: Where

    def draft(self, message: str) -> Draft:
        """What a rule says of the search, where the optimizer is made."""
        return Draft(self.where.site, message)


@plain
class Unseeded:
    """An optimizer trains, and no file of the project that was read seeds a random number."""

    optimizer: str
    where: Where

    def draft(self, message: str) -> Draft:
        """What a rule says of the training, where its optimizer is made."""
        return Draft(self.where.site, message)


@plain
class Unvalidated:
    """A network is trained on the batches of a loader, epoch after epoch, and no file speaks of any other data.

    regularised: what keeps it from fitting these data all the same, dropout and weight decay, where each is made.
    """

    module: str
    where: Where
    regularised: tuple[Step, ...] = ()

    def draft(self, message: str) -> Draft:
        """What a rule says of the training, where its loader is made: likely, since another program may measure it."""
        return Draft(self.where.site, message, confidence=Confidence.LIKELY)


@plain
class Untried:
    """A file that trains, of so many lines of code: nothing in it is asserted, and no file of the project tests.

    where: the first training step.
    """

    lines: int
    where: Where

    def draft(self, message: str) -> Draft:
        """What a rule says of the training step: likely, since it may have been tried by hand."""
        return Draft(self.where.site, message, confidence=Confidence.LIKELY)


@plain
class Unbalanced:
    """Classes are weighted, how they are hit is counted over all of them, and no file speaks of a finer measure.

    weighted: where they are. The event is where classes are compared with labels.
    """

    weighted: Step
    where: Where

    def draft(self, message: str) -> Draft:
        """What a rule says of the comparison: likely, since another program may measure more."""
        return Draft(self.where.site, message, (self.weighted,), Confidence.LIKELY, self.where.site)


@plain
class SameOrder:
    """A sampler that shuffles by the epoch it is told, and that nobody tells one, gives what several epochs train on.

    loop: that goes over it.
    """

    loop: Site
    where: Where

    def draft(self, message: str) -> Draft:
        """What a rule says of the sampler, where it is made."""
        return Draft(self.where.site, message)


@plain
class Disorder:
    """A call of a training step that comes at the wrong turn, and the one it should have come before or after.

    case: "late clip", "scaled clip", "cleared" and "early step" of updates without gradients, "early schedule", and
    "schedule of batches" of one that is made to last for epochs.
    """

    case: str
    other: Step
    where: Where
    confidence: Confidence = Confidence.CERTAIN

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the call: the chain is the other."""
        return Draft(self.where.site, message, (self.other,), self.confidence, cause=self.where.site, fix=fix)


@plain
class Unfilled:
    """A parameter that is made of memory nobody has written to, in a project that trains, and that nothing fills; dead:
    one that starts at 0, under an activation that has no gradient there.
    """

    module: str
    name: str
    where: Where
    dead: str = ""  # that activation

    def draft(self, message: str) -> Draft:
        """What a rule says of the parameter: likely, since a file of weights may fill it."""
        return Draft(self.where.site, message, confidence=Confidence.LIKELY)


@plain
class Iterate:
    """A loader whose batches a network is trained on (trains), or evaluated on and nowhere trained.

    order: of data that it surely does not shuffle, how they lie; "" where nobody knows, or it does. drawn: where a
    transform was made that draws at random for each of its samples, and that transform's name.
    """

    dataset: str
    order: str
    trains: bool
    where: Where
    drawn: Step | None = None

    def draft(self, message: str, confidence: Confidence, fix: Intent | None = None) -> Draft:
        """What a rule says of the loader: the chain is where the transform was made."""
        chain = (self.drawn,) if self.drawn is not None else ()
        return Draft(self.where.site, message, chain, confidence, fix=fix)


@plain
class Leak:
    """Something is fitted on data to test with: on all of what is cut into parts, or on that part for itself.

    by: its name. part: "test" for that part, "" for all. other: where the data is cut; where something is fitted on the
    part to train on.
    """

    by: str
    part: str
    other: Step
    where: Where
    trains: bool = True

    def draft(self, message: str) -> Draft:
        """What a rule says of the fit: likely, since one of the parts may be for nothing but training.

        Merely possible where no network is trained: the parts may be there to be looked at.
        """
        sure = Confidence.LIKELY if self.trains else Confidence.POSSIBLE
        return Draft(self.where.site, message, (), sure, self.where.site, self.other)


@plain
class Choice:
    """A result on test data decides, in a loop that trains, which weights are kept, or the learning rate.

    of: "weights" or "learning rate". loader: of the test data. kept: where the weights are. tested: where the network
    is tested with the same data afterwards. apart: there are validation data too.
    """

    of: str
    loader: Step
    where: Where
    kept: Step | None = None
    tested: Step | None = None
    apart: bool = False

    def draft(self, message: str) -> Draft:
        """What a rule says of the place that decides: likely, since a name may be what says that it is test data.

        Merely possible where the data are never tested with, and there are no others: they validate by another name.
        """
        sure = Confidence.LIKELY if self.tested or self.apart else Confidence.POSSIBLE
        chain = tuple(step for step in (self.loader, self.tested) if step is not None)
        return Draft(self.where.site, message, chain, sure, self.where.site, self.kept)


@plain
class Repeat:
    """Random numbers of a data set that all workers of a loader draw alike, in each epoch anew.

    of: "generator", of the data set's own, `where` made; "global", numpy's state, with a torch that does not seed it;
    "seed", a constant. what: the name of the generator, or of the function that draws. loader: where it is made.
    """

    of: str
    what: str
    where: Where
    loader: Step

    def draft(self, message: str) -> Draft:
        """What a rule says of the place: likely, since nobody knows the number of workers, or what they draw for."""
        return Draft(self.where.site, message, (), Confidence.LIKELY, self.where.site, self.loader)


@plain
class Discard:
    """An expression that stands alone as a statement, and does nothing.

    called: a call, whose result is dropped: it changes nothing itself. Else a method that is only named. what: its
    name.
    """

    what: str
    called: bool
    where: Where
    confidence: Confidence = Confidence.CERTAIN

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the statement."""
        return Draft(self.where.site, message, (), self.confidence, fix=fix)


@plain
class Bare:
    """A network is made, and the __init__ of nn.Module has not run: before this attribute, a layer, is set.

    attribute: "" where it never runs; the event is at the network's own __init__ then.
    """

    module: str
    attribute: str
    where: Where

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the place."""
        return Draft(self.where.site, message, (), fix=fix)


@plain
class Bypass:
    """net.forward(x): the forward of another module is called by its name, so its hooks do not run."""

    module: str
    where: Where

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the call."""
        return Draft(self.where.site, message, (), fix=fix)


@plain
class Untold:
    """A model of Keras is called where gradients train it, and nobody says that it is training.

    names: how its layers depend on that: "dropout", "batchnorm"; layers: where they are made. taken: its call() has a
    parameter `training`, or is the library's own.
    """

    model: str
    names: tuple[str, ...]
    layers: Origin
    taken: bool
    where: Where

    def draft(self, message: str, fix: Intent | None = None) -> Draft:
        """What a rule says of the call: the chain is where its layers are made."""
        return Draft(self.where.site, message, self.layers, cause=self.where.site, fix=fix)


Event = (
    Call
    | Forward
    | Update
    | Build
    | Keep
    | Carry
    | Accumulate
    | Restore
    | Untrained
    | Mismatch
    | Rate
    | Disorder
    | Broadcast
    | Layout
    | Channels
    | Unheld
    | Pooled
    | Fixed
    | Lone
    | Target
    | SameOrder
    | Unseeded
    | Unbalanced
    | Unvalidated
    | Untried
    | Search
    | Squeeze
    | Regroup
    | Iterate
    | Unfilled
    | Discard
    | Repeat
    | Choice
    | Leak
    | Bare
    | Bypass
    | Untold
)


@plain
class Comment:
    """A comment that silences rules, and what it did when all other rules had judged. A rule on it yields messages.

    written: the comment. silenced: what it names, in words. unused: what of it silenced nothing, as `silenced`; ""
    where it did, or where nobody can tell. why: it can silence nothing where it stands. unknown: names that mean
    nothing, with what they may be meant to be.
    """

    place: Place
    written: str
    silenced: str
    unused: str
    why: str
    unknown: tuple[tuple[str, str], ...]
    reason: str

    @property
    def idle(self) -> bool:
        """All that it names silenced nothing."""
        return bool(self.unused) and self.unused == self.silenced


def _conditioned(message: str, when: str) -> str:
    """The message with the condition under which it holds, after what is known."""
    known, semicolon, rest = message.partition(";")
    return f"{known} {when}{semicolon}{rest}" if when else message


@plain
class Draft:
    """What a rule says of an event: infer's places, before they have lines. chain: producer first."""

    site: Site
    message: str  # {made}: the place of the chain's first step; {here}: the source at `site`
    chain: Origin = ()
    confidence: Confidence = Confidence.CERTAIN
    cause: object = None  # findings of one cause become one; by default the first step of the chain
    after: Step | None = None  # what happens with the result afterwards, shown last
    fix: Intent | None = None

    def but(self, **changes: Any) -> Draft:
        """The same with some fields changed."""
        return replace(self, **changes)


@node
class Subject:
    """Something a rule had to judge at a place: known, or why not."""

    what: str  # "loss", "evaluation", "training step"
    known: bool = False
    why: str = ""


@node
class Record:
    """Everything one witness saw."""

    events: list[Event] = field(default_factory=list)
    subjects: dict[Site, Subject] = field(default_factory=dict)
