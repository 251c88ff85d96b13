"""Calls: of the project's functions and classes, of objects, of library names, of unknowns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

from dllint.infer import (
    classes,
    conditions,
    containers,
    contexts,
    exits,
    foreign,
    forwards,
    gradients,
    library,
    modules,
    objects,
    records,
)
from dllint.infer.keras import calling, layers
from dllint.infer.memo import Summary
from dllint.infer.state import Activation, Args, Exhausted
from dllint.infer.store import GRAD, Delta
from dllint.program import ir
from dllint.values.value import (
    FALSE,
    NONE,
    Absent,
    Atom,
    Bound,
    Case,
    Const,
    Entries,
    Function,
    Library,
    Many,
    Method,
    Partial,
    Ref,
    Site,
    TupleOf,
    Union,
    Unknown,
    Value,
    cases,
    contradict,
    guarded,
    united,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

MOST_CALLS_DEEP = 40
MOST_RECURSIONS = 8
MOST_UNNAMED = 3
"""Callees that may be called under no condition with a name: what so many have in common is seldom anything."""
SWITCHES = ("train", "eval")
MOST_MADE = 2_000
"""Objects and frames a call may make and still be kept: what makes more is seldom called twice, and dear to copy."""
WORTH_KEEPING = 30
"""Expressions a call must have run for its summary to be worth more than running it again."""


def call(m: Machine, callee: Value, args: Args, site: Site) -> Value:
    """callee(args), alternative by alternative."""
    m.spend()
    match callee:
        case Union():
            return _each(m, callee, args, site)
        case Function():
            return activate(m, callee, args, site)
        case Bound(function=function, self=receiver):
            given = Args((receiver, *args.positional), args.keywords, args.open, args.rest)
            if type(function) is Function and function.name == "forward" and modules.is_module(m, receiver):
                # net.forward(x) by name is a forward too.
                return forwards.outermost(m, receiver, args, site, lambda: call(m, function, given, site))  # type: ignore[arg-type]
            return call(m, function, given, site)
        case Library(name=name):
            return library.call(m, name, args, site)
        case Method(self=receiver, name=name):
            return library.method(m, receiver, name, args, site)
        case Ref():
            return _object(m, callee, args, site)
        case Partial(function=function, args=first, keywords=keywords):
            return call(
                m,
                function,
                Args((*first, *args.positional), {**dict(keywords), **args.keywords}, args.open, args.rest),
                site,
            )
        case Absent() if args.positional:
            return args.positional[0]  # a layer that is left out hands its input on
        case Unknown():
            return foreign.call_unknown(m, callee, args, site)
        case _:
            return m.unknown("a call of something that is not a function", site, args.all())


def _each(m: Machine, callee: Union, args: Args, site: Site) -> Value:
    """Call each alternative from the same state, under its own conditions, and meet."""
    alternatives = conditions_pruned(m, callee)
    if _switched_together(m, alternatives):
        return united(case for guards, atom in alternatives for case in guarded(_receiver(atom), guards))
    if sum(not guards for guards, _ in alternatives) > MOST_UNNAMED:
        if not all(modules.is_module(m, atom) for _, atom in alternatives):  # a forward trains and switches nothing
            foreign.touched(m, [callee, *args.all()], "one of many functions")
        return m.unknown("which of many functions is called is not known", site, [callee, *args.all()])
    mark, assumed = m.store.mark(), m.assumed
    deltas: list[Delta] = []
    found: list[Case] = []
    for guards, atom in alternatives:
        for flag, polarity in guards:
            conditions.assume(m, flag, polarity)
        made = m.next_id
        m.conditions.append(guards)
        value = call(m, atom, args, site)
        m.conditions.pop()
        if not m.dead:
            found.extend(guarded(value, guards))
            deltas.append(m.store.delta(mark, made))
        m.dead = False
        m.store.rollback(mark, made)
        m.assumed = assumed
    if not deltas:
        m.dead = True
        return Unknown("every alternative raises")
    m.store.merge(deltas, exclusive=_exclusive(alternatives))
    return united(found)


def _exclusive(alternatives: Sequence[Case]) -> bool:
    """Whether no two alternatives can hold together."""
    return all(contradict(one, other) for (one, _), (other, _) in combinations(alternatives, 2))


def _switched_together(m: Machine, alternatives: Sequence[Case]) -> bool:
    """`net.eval()` of one of several networks, and no conditions tell them apart: nobody knows the mode of any."""
    if _exclusive(alternatives):
        return False
    receivers = [_receiver(atom) for _, atom in alternatives if _method_name(atom) in SWITCHES]
    if not all(modules.is_module(m, r) or type(r) is Unknown for r in receivers) or len(receivers) < len(alternatives):
        return False
    for receiver in receivers:
        owner = gradients.owner_of(receiver)  # type: ignore[arg-type]
        modules.forget_mode(m, owner, "it is one of several, and which is not known")
    return True


def _method_name(callee: Atom) -> str:
    match callee:
        case Bound(function=Function(name=name)) | Method(name=name) | Unknown(ident=("attr", _, str(name))):
            return name
    return ""


def _receiver(callee: Atom) -> Value:
    """What a method is called on."""
    match callee:
        case Bound(self=receiver) | Method(self=receiver):
            return receiver
        case Unknown(ident=("attr", inner, _)):
            return Unknown(callee.why, inner, callee.holds, callee.deps)  # type: ignore[arg-type]
    return NONE


def conditions_pruned(m: Machine, value: Value) -> tuple[Case, ...]:
    return cases(conditions.pruned(m, value))


def _object(m: Machine, ref: Ref, args: Args, site: Site) -> Value:
    """A class makes an object; a module forwards; anything else has a __call__."""
    thing = m.heap[ref.id]
    if thing.sort == "class":
        record = records.of(m, ref, args)
        return record if record is not None else classes.instantiate(m, ref, args, site)
    special = objects.special(m, ref, "__call__")
    if special is not None:
        return call(m, special, args, site)
    if modules.is_module(m, ref):
        return modules.call(m, ref, args, site)
    if thing.sort == "instance" and layers.is_layer(m, ref):
        return calling.called(m, ref, args, site)
    if thing.sort == "library" and type(thing.cls) is Library:
        return library.call_method(m, ref, thing.cls.name, "__call__", args, site)
    return m.unknown(f"{thing.name or 'it'} cannot be called", site, args.all())


def activate(m: Machine, function: Function, args: Args, site: Site) -> Value:
    """Run a function of the project, or replay what a run with the same arguments in the same state did."""
    node = function.node
    m.entered.add(id(node))
    if "context" in function.traits:
        given = tuple(bind(m, function, args).items())
        return Partial(Library(contexts.GENERATOR), (function,), given)
    values = bind(m, function, args)
    if isinstance(node, ir.FunctionDef) and _abstract(node):
        return _overridden(m, function, values, site)
    why = _too_deep(m, function, values)
    if why:
        m.bare.clear()  # nobody knows what is set, or called, in it
        return m.unknown(f"{function.name}: {why}", site, args.all())
    key = (function, tuple(values.items()), m.asked, m.deciding)
    summary = m.summaries.find(m, key)
    if summary is not None:
        return m.summaries.replay(m, summary)
    return _run(m, function, values, key, site)


def _abstract(node: ir.FunctionDef) -> bool:
    """Whether a function only says that another is to stand for it: `raise NotImplementedError`."""
    *before, last = node.body
    if not isinstance(last, ir.Raise) or not all(isinstance(s, ir.ExprStmt) for s in before):
        return False
    raised = last.exc.func if isinstance(last.exc, ir.Call) else last.exc
    return isinstance(raised, ir.Name) and raised.id == "NotImplementedError"


def _overridden(m: Machine, function: Function, values: dict[str, Value], site: Site) -> Value:
    """A call of an abstract function: of what a class nobody has seen puts in its place. A forward trains nothing."""
    if function.name != "forward":
        foreign.touched(m, values.values(), function.name)
    return m.unknown(f"{function.name} is not implemented in what was read", site, values.values())


def _too_deep(m: Machine, function: Function, values: dict[str, Value]) -> str:
    """Why a call is not entered: it goes round in circles, or too deep. A network inside a network of its class may."""
    running = [a for a in m.stack if a.node is function.node and a.frames[1:] == function.frames]
    first = next(iter(values.values()), None)
    if len(running) > MOST_RECURSIONS or sum(a.first == first for a in running) >= 2:
        return "it calls itself"
    return f"it is more than {MOST_CALLS_DEEP} calls deep" if len(m.stack) > MOST_CALLS_DEEP else ""


def _run(m: Machine, function: Function, values: dict[str, Value], key: tuple[object, ...], site: Site) -> Value:
    first_id, first_ident, steps = m.next_id, len(m.created), m.steps
    log: dict[object, Value | None] = {}
    assumed, asked, conditions_around = m.assumed, m.asked, len(m.conditions)
    m.store.logs.append(log)  # type: ignore[arg-type]
    here = activation(m, function, values, site)
    m.stack.append(here)
    try:
        for name, value in values.items():
            if type(value) is Entries:  # the dict of `**options` is made anew at each call
                value = containers.new_dict(m, value.pairs, site, open=value.open)
            m.store.set((here.frame, name), value)
        result = _body(m, here, function)
        writes = exits.meet(m, here)
    except Exhausted:
        m.entered.discard(id(function.node))  # nobody knows its rest: it is run for its own sake
        raise
    finally:
        m.stack.pop()
        del m.conditions[conditions_around:]
        m.store.logs.pop()
        m.assumed, m.asked = assumed, asked
        if not here.kept:
            m.store.forget(here.frame)
        m.read_below(log, first_id)  # type: ignore[arg-type]
    if _worth_keeping(m, steps, first_id):
        m.summaries.keep(key, _summary(m, log, writes, result, first_id, first_ident))
    return result


def _worth_keeping(m: Machine, steps: int, first_id: int) -> bool:
    """Whether a call that began at this step, with this next id, did enough to be replayed, and not too much."""
    return m.steps - steps >= WORTH_KEEPING and m.next_id - first_id <= MOST_MADE and not m.dead


def summarised(m: Machine, key: tuple[object, ...], run: Callable[[], Value]) -> Value:
    """What `run` gives and does, or what it did before in the same state."""
    summary = m.summaries.find(m, key)
    if summary is not None:
        return m.summaries.replay(m, summary)
    first_id, first_ident, steps, mark = m.next_id, len(m.created), m.steps, m.store.mark()
    log: dict[object, Value | None] = {}
    m.store.logs.append(log)  # type: ignore[arg-type]
    try:
        result: Value = run()
    finally:
        m.store.logs.pop()
        m.read_below(log, first_id)  # type: ignore[arg-type]
    if _worth_keeping(m, steps, first_id):
        m.summaries.keep(key, _summary(m, log, m.store.delta(mark), result, first_id, first_ident))
    return result


def _summary(m: Machine, log: Any, writes: Any, result: Value, first_id: int, first_ident: int) -> Summary:
    """What to keep of a call that just ended."""
    things = {n: m.heap[n] for n in range(first_id, m.next_id) if n in m.heap}
    reads = {c: v for c, v in log.items() if not _fresh(c, first_id)}
    kept = {c: v for c, v in writes.items() if not _fresh(c, first_id)}
    makes = bool(things)
    for owner in range(first_id, m.next_id):
        for name in m.store.names.get(owner, ()):
            kept[owner, name] = m.store.cells.get((owner, name))
            makes = True
    idents = frozenset(m.created[first_ident:])
    return Summary(reads, kept, result, first_id, m.next_id, things, idents, m.passes, makes)


def _fresh(cell: object, first_id: int) -> bool:
    owner = cell[0]  # type: ignore[index]
    return isinstance(owner, int) and owner >= first_id


def activation(m: Machine, function: Function, values: dict[str, Value], site: Site) -> Activation:
    frame = m.new_id()
    node = function.node
    names = node.locals if isinstance(node, ir.FunctionDef) else frozenset(values)
    receiver = next(iter(values.values()), None) if function.owner is not None else None
    return Activation(
        frame=frame,
        first=next(iter(values.values()), None),
        file=function.file,
        site=site,
        frames=(frame, *function.frames),
        names=names,
        mark=m.store.mark(),
        name=function.name,
        node=node,
        owner=function.owner if function.owner is not None else m.here.owner if m.stack else None,
        self=receiver if receiver is not None else m.here.self if m.stack and isinstance(node, ir.Lambda) else None,
    )


def _body(m: Machine, here: Activation, function: Function) -> Value:
    """Run the body; what comes back. The frame's exits hold what each way out left behind."""
    node = function.node
    if "no_grad" in function.traits or _own_gradient(m, function):
        here.leaving = (partial(m.store.set, GRAD, m.store.get(GRAD)),)
        m.store.set(GRAD, FALSE)
    loops_later = m.loops_later
    if isinstance(node, ir.Lambda):
        exits.take(m, m.eval(node.body))
    elif m.block(node.body):
        exits.take(m, NONE)
    m.loops_later = loops_later
    if isinstance(node, ir.FunctionDef) and node.is_generator:
        return Many(m.one_of(here.yields)) if here.yields else Many(Unknown("what a generator yields"))
    if not here.exits:
        m.dead = True
        return Unknown(f"{function.name} always raises")
    return exits.result(here)


def _own_gradient(m: Machine, function: Function) -> bool:
    """Whether this is a part of an operation that says itself what its gradient is: autograd does not look into it."""
    return "static" in function.traits and classes.derives(m, Ref(function.owner), "torch.autograd.Function")  # type: ignore[arg-type]


def bind(m: Machine, function: Function, args: Args) -> dict[str, Value]:
    """Parameters by name. What is not given and has no default is unknown."""
    params = function.node.params
    defaults = dict(function.defaults)
    every = [*params.posonly, *params.args]
    values: dict[str, Value] = {}
    for param, value in zip(every, args.positional, strict=False):
        values[param.name] = value
    keywords = dict(args.keywords)
    for param in [*every[len(args.positional) :], *params.kwonly]:
        given = keywords.pop(param.name, None)
        if given is None:
            given = defaults.get(param.name) if not args.open else None
        if given is None:
            ident = ("param", (function.file, function.node.at), param.name)
            given = Unknown(f"{function.name} gets {param.name} from nowhere seen", ident)
        values[param.name] = given
    if params.vararg is not None:
        rest = (*args.positional[len(every) :], *args.rest)
        values[params.vararg.name] = (
            Many(m.one_of(rest) if rest else Unknown("*args")) if args.open else TupleOf(tuple(rest))
        )
    if params.kwarg is not None:
        pairs = tuple((Const(name), value) for name, value in keywords.items())
        values[params.kwarg.name] = Entries(pairs, args.open)
    return values
