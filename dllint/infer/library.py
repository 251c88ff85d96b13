"""Calls of library functions, classes and methods: bound to their signature, judged, and given a result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dllint import api
from dllint.api import bind as binding
from dllint.api.entry import Class, Returns
from dllint.api.entry import Function as Entry
from dllint.events import Call, Given
from dllint.infer import (
    classes,
    conditions,
    containers,
    contexts,
    copies,
    effects,
    forwards,
    loops,
    modules,
    python,
)
from dllint.infer.state import Args, Thing
from dllint.values.kind import Kind
from dllint.values.value import (
    ALWAYS,
    NONE,
    Atom,
    Const,
    Gradient,
    Items,
    Library,
    Many,
    Method,
    Parameters,
    Ref,
    Site,
    Step,
    Super,
    Tensor,
    TupleOf,
    Unknown,
    Value,
    atoms,
    cases,
    deps,
    lift,
    stepped,
)

if TYPE_CHECKING:
    from dllint.infer.machine import Machine

TENSOR = "torch.Tensor"
JUDGED = frozenset({"logits", "sigmoid logits", "probabilities", "log-probabilities", "sigmoid probabilities"})
MEASURES = frozenset({"argmax", "argsort", "topk", "max", "item", "eq", "ne", "round", "multinomial"})
"""Calls by which a result is measured rather than trained on."""
LOGARITHM = {Kind.PROBABILITIES: Kind.LOG_PROBABILITIES, Kind.SIGMOID: Kind.LOG_SIGMOID}
EXPONENTIAL = {after: before for before, after in LOGARITHM.items()}
PROTOCOL = frozenset({"backward", "step", "zero_grad", "train", "eval", "parameters"})


def call(m: Machine, name: str, args: Args, site: Site) -> Value:
    """A library name is called: a function of Python, an entry of the table, or something nobody knows."""
    special = python.TABLE.get(name)
    if special is not None:
        return special(m, args, site)
    entry = api.lookup(name)
    match entry:
        case Entry():
            return apply(m, entry, None, args, site)
        case Class():
            return construct(m, entry, args, site)
    return _unlisted(m, name, args, site)


def _unlisted(m: Machine, name: str, args: Args, site: Site) -> Value:
    """A library function without an entry."""
    root, _, last = name.rpartition(".")
    if api.is_module_prefix(root) or effects.harmless_library(name):
        if last in MEASURES or root.startswith("sklearn."):
            forwards.scored(m, deps(TupleOf(tuple(args.all()))), site, f"measured by {last}")
        made = m.unknown(f"{name} is not followed", site, args.all())
        return Unknown(made.why, made.ident, deps=made.deps)
    if "." not in name:
        return m.unknown(f"{name} cannot be called", site, args.all())
    effects.touched(m, args.all(), name)
    return m.unknown(f"it comes from {name}", site, args.all(), last)


# ---------------------------------------------------------------- objects of library classes


def construct(m: Machine, entry: Class, args: Args, site: Site) -> Value:
    """A library class makes an object that remembers what it was made with."""
    new = api.method(entry.name, "__init__")
    bound = binding.bind(new, args.positional, args.keywords, skip_self=True) if new is not None else {}
    wrapped = api.attribute(entry.name, "wraps")
    if wrapped and bound and (inner := bound.get(str(wrapped))) is not None:
        return inner  # DataParallel and its kin have the parameters, modes and forward of what they wrap
    short = entry.name.rsplit(".", 1)[-1]
    ref = m.new(Thing("library", site, Library(entry.name), tuple((bound or {}).items()), name=short))
    if api.subclass(entry.name, modules.MODULE):
        modules.born(m, ref, site)
        if modules.container_name(entry.name):
            modules.fill(m, ref, args, site)
    if api.subclass(entry.name, "torch.optim.Optimizer"):
        effects.made_optimizer(m, ref, (bound or {}).get("params", args.get(0, "params")))
    return ref


def method(m: Machine, receiver: Value, name: str, args: Args, site: Site) -> Value:
    """A method of a value that is not of the project's own making."""
    match receiver:
        case Tensor():
            return _of_tensor(m, receiver, name, args, site)
        case Unknown():
            known = method_of_unknown(m, receiver, name, args, site)
            return known if known is not None else effects.call_unknown(m, receiver, args, site)
        case Super(after=after, self=inner):
            return _of_super(m, after, inner, name, args, site)
        case Ref(id=number):
            return _of_object(m, receiver, number, name, args, site)
        case Parameters() | Gradient():
            return _of_parameters(m, receiver, name)
        case Const():
            return python.constant_method(m, receiver, name, args, site)
        case TupleOf() | Many() if name in ("index", "count"):
            return m.unknown("a position", site)
        case Method(self=inner) if type(inner) is Unknown:
            return method(m, Unknown(inner.why, None, inner.holds, inner.deps), name, args, site)
        case _:
            effects.touched(m, args.all(), name)
            return m.unknown(f"{name} of something that is not followed", site, [receiver, *args.all()])


def _of_object(m: Machine, receiver: Ref, number: int, name: str, args: Args, site: Site) -> Value:
    thing = m.heap[number]
    if modules.is_module(m, receiver):
        if name in modules.METHODS:
            return modules.METHODS[name](m, receiver, args, site)
        if name in ("__call__", "forward"):
            return modules.call(m, receiver, args, site)
        if name in ("train", "eval"):
            own = _own_train(m, receiver, name, args, site)
            if own is not None:
                return own
    if name in containers.METHODS and thing.sort in ("list", "dict", "set"):
        return containers.METHODS[name](m, number, args, site)
    base = classes.library_base(m, thing.cls) if thing.cls is not None else None
    if base is not None:
        if name in containers.METHODS and modules.container_name(base):
            return containers.METHODS[name](m, number, args, site)
        return call_method(m, receiver, base, name, args, site)
    if name in containers.METHODS:
        return containers.METHODS[name](m, number, args, site)
    effects.touched(m, [receiver, *args.all()], name)
    return m.unknown(f"{thing.name or 'it'}.{name} is not defined in what was read", site, [receiver, *args.all()])


def _own_train(m: Machine, receiver: Ref, name: str, args: Args, site: Site) -> Value | None:
    """module.eval() calls self.train(False): a train() of the project's own decides."""
    thing = m.heap[receiver.id]
    if name != "eval" or type(thing.cls) is not Ref:
        return None
    own = classes.find(m, thing.cls, "train")
    if own is None:
        return None
    from dllint.values.value import Bound

    m.call(Bound(own, receiver), Args((Const(False),)), site)
    return receiver


def call_method(m: Machine, receiver: Ref, base: str, name: str, args: Args, site: Site) -> Value:
    """A method that the library class `base` gives the receiver."""
    special = python.METHODS.get((base, name))
    if special is not None:
        return special(m, receiver, args, site)
    entry = api.method(base, name)
    if entry is None:
        if api.lookup(base) is None and not effects.harmless_library(base):
            effects.touched(m, [receiver, *args.all()], f"{base}.{name}")
        return m.unknown(f"{base}.{name} is not followed", site, [receiver, *args.all()])
    return apply(m, entry, receiver, args, site)


def _of_super(m: Machine, after: int, receiver: Value, name: str, args: Args, site: Site) -> Value:
    """super().name(…) where no further class of the project defines it: the library's."""
    if type(receiver) is not Ref:
        return m.unknown("super() of something unknown", site, args.all())
    if name == "__init__":
        classes.inherited(m, receiver, args, site, after)
        return NONE
    if name == "__setattr__" and len(args.positional) == 2 and type(args.positional[0]) is Const:
        m.store.set((receiver.id, str(args.positional[0].value)), args.positional[1])
        return NONE
    if name == "forward" and modules.container(m, receiver) == "sequential":
        return modules.through(m, receiver, args, site)
    if name in ("train", "eval") and modules.is_module(m, receiver):
        flag = args.get(0, "mode") or Const(True)
        modules.set_mode(m, receiver, flag if name == "train" else Const(False), site)
        return receiver
    return _of_object(m, receiver, receiver.id, name, args, site)


def _of_parameters(m: Machine, receiver: Value, name: str) -> Value:
    if type(receiver) is Gradient and name in ("zero_", "detach_", "fill_"):
        if name != "detach_":
            effects.clear_owner(m, receiver)
        return receiver
    if name in ("data", "detach", "clone", "view", "to", "cuda", "float", "requires_grad_"):
        return receiver
    return Tensor(Kind.UNKNOWN, why="a parameter")


def _of_tensor(m: Machine, receiver: Tensor, name: str, args: Args, site: Site) -> Value:
    entry = api.method(TENSOR, name)
    if entry is None:
        return m.unknown(f"Tensor.{name} is not followed", site, [receiver, *args.all()])
    return apply(m, entry, receiver, args, site)


def method_of_unknown(m: Machine, receiver: Unknown, name: str, args: Args, site: Site) -> Value | None:
    """A method that means the same whatever it is called on; None for any other."""
    match name:
        case "backward" | "manual_backward":
            loss = args.get(0) if args.positional and not isinstance(args.positional[0], Const) else receiver
            if loss is not receiver and receiver.ident is not None:
                m.engines.add(receiver.ident)
            effects.backward(m, loss if loss is not None else receiver, site)
            return NONE
        case "step":
            return _step_of_unknown(m, receiver, args, site)
        case "zero_grad":
            return effects.clear(m, receiver, site)
        case "train" | "eval" if len(args.positional) <= (name == "train"):
            flag = args.get(0, "mode") or Const(name == "train")
            modules.set_mode(m, receiver, flag, site)
            return receiver
        case "parameters" | "named_parameters":
            owners = Parameters(frozenset((receiver.ident,)) if receiver.ident is not None else None)
            return Many(owners if name == "parameters" else TupleOf((Unknown("a parameter's name"), owners)))
        case "to" | "cuda" | "cpu" | "half" | "double" | "float" | "bfloat16" | "requires_grad_":
            return receiver
        case "state_dict" | "size" | "keys" | "values" | "items" | "get" | "split" | "join" | "lower" | "format":
            return m.unknown(receiver.why, site, [receiver, *args.all()])
    entry = api.method(TENSOR, name)
    if entry is None or not _telling(entry):
        return None
    return apply(m, entry, receiver, args, site)


def _telling(entry: Entry) -> bool:
    """Whether a tensor method says something of its result also when nobody knows the tensor."""
    return entry.returns.how in ("kind", "same", "detached", "number", "reduced", "tuple")


def _step_of_unknown(m: Machine, receiver: Unknown, args: Args, site: Site) -> Value | None:
    """unknown.step(): an optimizer's or a scheduler's, after a backward. step(optimizer) is a scaler's."""
    given = args.get(0)
    if given is not None and any(_is_optimizer(m, a) for a in atoms(given)):
        return effects.EFFECTS["scaler_step"](m, {"optimizer": given}, args, site)
    if args.positional or args.keywords or args.open or receiver.ident is None or receiver.ident in m.engines:
        return None  # an engine whose backward(loss) was called steps and clears as it likes
    return effects.update(m, receiver, args, site)


def _is_optimizer(m: Machine, atom: Atom) -> bool:
    if type(atom) is Ref:
        return atom.id in m.optimizers
    return type(atom) is Unknown and atom.ident is not None and m.optimizers.get(atom.ident) is True


# ---------------------------------------------------------------- entries of the table


def apply(m: Machine, entry: Entry, receiver: Value | None, args: Args, site: Site) -> Value:
    """Call an entry: bind, write the event down, do its effect, give its result."""
    chosen = binding.choose(
        entry, args.positional, args.keywords, skip_self=receiver is not None, type_of=lambda v: _type(m, v)
    )
    if chosen is None:
        return m.unknown(f"the arguments of {_short(entry)} could not be matched", site, args.all())
    entry, bound = chosen
    if receiver is not None:
        bound = {entry.parameters[0].name if entry.parameters else "self": receiver, **bound}
    _note(m, entry, bound, site)
    if entry.effect:
        special = SPECIAL.get(entry.effect)
        if special is not None:
            return special(m, entry, bound, args, site)
        done = effects.apply(m, entry, bound, args, site)
        if done is not None:
            return done
    return result(m, entry, entry.returns, bound, site)


def _type(m: Machine, value: Value) -> str:
    """The type of an argument as overloads tell it; "" when it is not known."""
    match value:
        case Const(value=None):
            return "None"
        case Const(value=constant):
            return type(constant).__name__
        case Tensor() | Parameters():
            return "Tensor"
        case TupleOf():
            return "tuple"
        case Ref(id=number) if m.heap[number].sort in ("list", "dict"):
            return m.heap[number].sort
        case _:
            return ""


def _short(entry: Entry) -> str:
    """How a message names an entry: "softmax", "CrossEntropyLoss"."""
    parts = entry.name.split(".")
    return parts[-2] if parts[-1] in ("forward", "__call__") else parts[-1]


def _note(m: Machine, entry: Entry, bound: dict[str, Value], site: Site) -> None:
    """Write the call of a loss down, and count whether what it gets is known."""
    given: list[Given] = []
    for parameter in entry.parameters:
        value = bound.get(parameter.name)
        if parameter.wants in JUDGED and value is not None:
            given.extend(_given(m, parameter.name, parameter.wants, value))
    made = frozenset().union(*map(deps, bound.values())) if bound else frozenset()
    if entry.returns.kind is Kind.LOSS:
        forwards.scored(m, made, site, f"a loss is computed from it by {_short(entry)}")
    elif made and _short(entry) in MEASURES:
        forwards.scored(m, made, site, f"measured by {_short(entry)}")
    if not given:
        return
    name = entry.name.removesuffix(".forward")
    m.note(Call(_short(entry), name, tuple(given), m.where(site)))
    unknown = next((g for g in given if g.kind is Kind.UNKNOWN), None)
    m.subject("loss", site, unknown is None, "" if unknown is None else unknown.when)


def _given(m: Machine, parameter: str, wants: str, value: Value) -> Iterator[Given]:
    """The alternatives of an argument, one for each kind, with how sure each is."""
    value = conditions.pruned(m, value)
    around = frozenset().union(*m.conditions) if m.conditions else ALWAYS
    found = [(guards, *_kind_of(atom)) for guards, atom in cases(value)]
    kinds = {kind for _, kind, _, _ in found}
    for guards, kind, origin, why in found:
        from dllint.findings import Confidence

        under = guards | around
        sure = conditions.sureness(guards, ((g, k is kind) for g, k, _, _ in found))
        if sure is not Confidence.POSSIBLE and under:
            sure = conditions.confidence(under) if len(kinds) > 1 or around else sure
        alike = sure is Confidence.CERTAIN
        when = why if kind is Kind.UNKNOWN else "" if alike else conditions.when(m, under)
        yield Given(parameter, wants, kind, origin, sure, when)


def _kind_of(atom: Atom) -> tuple[Kind, tuple[Step, ...], str]:
    match atom:
        case Tensor(kind=kind, origin=origin, why=why):
            return kind, origin, why or "what it means is lost on the way"
        case Unknown(why=why):
            return Kind.UNKNOWN, (), why
        case _:
            return Kind.UNKNOWN, (), "it is not a tensor"


def result(m: Machine, entry: Entry, returns: Returns, bound: dict[str, Value], site: Site) -> Value:
    """What an entry gives back."""
    match returns.how:
        case "kind":
            return _fresh(m, entry, returns.kind, bound, site)
        case "same":
            return _same(m, entry, _argument(m, bound, returns.of), site)
        case "detached":
            return lift(_same(m, entry, _argument(m, bound, returns.of), site), _detached)
        case "reduced":
            return _changed(m, bound, Kind.UNKNOWN, f"{_short(entry)} changed its meaning")
        case "log" | "exp":
            table = LOGARITHM if returns.how == "log" else EXPONENTIAL
            return lift(_argument(m, bound, returns.of), lambda atom: _mapped(m, entry, atom, table, bound, site))
        case "number":
            return Unknown(f"a number from {_short(entry)}", ("at", site, m.passes))
        case "tuple":
            return TupleOf(tuple(result(m, entry, item, bound, site) for item in returns.items))
        case "list":
            return Many(result(m, entry, returns.items[0], bound, site)) if returns.items else Many(Unknown("items"))
        case "none":
            return NONE
        case "object":
            return _object(m, returns.of, bound, site)
        case _:
            given = bound.values()
            made = m.unknown(f"{_short(entry)} gives something not followed", site, given)
            return Unknown(made.why, made.ident, made.holds, made.deps)


def _argument(m: Machine, bound: dict[str, Value], name: str) -> Value:
    """The argument a result is made of; of a list of tensors, any of them."""
    value = bound.get(name)
    if value is None:
        rest = [v for key, v in bound.items() if key.startswith(f"{name}[")]
        return m.one_of(rest) if rest else Unknown(f"{name} was not given")
    if type(value) is TupleOf or (
        type(value) is Ref and type(m.store.get((value.id, "[]"))) is Items and not modules.is_module(m, value)
    ):
        return _mixed(m, value)
    return value.item if type(value) is Many else value


def _mixed(m: Machine, value: Value) -> Value:
    """Tensors joined into one: their kind where they agree, else nothing is known of it."""
    items = [a for v in (loops.counted(m, value) or (loops.element(m, value),)) for a in atoms(v)]
    kinds = {a.kind if isinstance(a, Tensor) else None for a in items}
    made = frozenset().union(*map(deps, items)) if items else frozenset()
    tracked = any(a.tracked for a in items if isinstance(a, Tensor))
    if len(kinds) == 1 and None not in kinds and isinstance(items[0], Tensor):
        return Tensor(items[0].kind, items[0].origin, made, tracked)
    return Tensor(Kind.UNKNOWN, (), made, tracked, "tensors of several meanings are joined")


def _fresh(m: Machine, entry: Entry, kind: Kind, bound: dict[str, Value], site: Site) -> Value:
    """A tensor of a new meaning: its origin begins here."""
    made = frozenset().union(*map(deps, bound.values())) if bound else frozenset()
    tracked = m.grad() and kind not in (Kind.INDEX, Kind.BOOLEAN, Kind.DUMMY) and _from_tracked(m, bound)
    why = f"{_short(entry)} gives something whose meaning is not followed" if kind is Kind.UNKNOWN else ""
    return Tensor(kind, (Step(site, f"{kind.value} made by {_short(entry)}"),), made, tracked, why)


def _from_tracked(m: Machine, bound: dict[str, Value]) -> bool:
    """Whether autograd follows what a result is made of: a layer's parameters, a tracked tensor, or who knows what."""
    return any(
        not isinstance(atom, (Tensor, Const)) or (isinstance(atom, Tensor) and atom.tracked)
        for value in bound.values()
        for atom in atoms(value)
    )


def _same(m: Machine, entry: Entry, value: Value, site: Site) -> Value:
    if any(isinstance(a, Tensor) for a in atoms(value)):
        return stepped(value, Step(site, f"kept by {_short(entry)}"))
    return value


def _changed(m: Machine, bound: dict[str, Value], kind: Kind, why: str) -> Value:
    made = frozenset().union(*map(deps, bound.values())) if bound else frozenset()
    first = next((v for v in bound.values() if isinstance(v, Tensor)), None)
    if first is not None and first.kind is Kind.LOSS:
        kind, why = Kind.LOSS, ""
    return Tensor(kind, (), made, m.grad(), why)


def _detached(atom: Atom) -> Value:
    if isinstance(atom, Tensor):
        return Tensor(atom.kind, atom.origin, atom.deps, False, atom.why)
    return atom


def _mapped(
    m: Machine, entry: Entry, atom: Atom, table: dict[Kind, Kind], bound: dict[str, Value], site: Site
) -> Value:
    kind = table.get(atom.kind) if isinstance(atom, Tensor) else None
    if kind is None:
        return _changed(m, bound, Kind.UNKNOWN, f"{_short(entry)} changed its meaning")
    return _fresh(m, entry, kind, bound, site)


def _object(m: Machine, name: str, bound: dict[str, Value], site: Site) -> Value:
    """A new object of a library class that a function gives: a pretrained network, a generator."""
    entry = api.lookup(name)
    if not isinstance(entry, Class):
        return m.unknown(f"a {name}", site, bound.values())
    ref = m.new(Thing("library", site, Library(entry.name), tuple(bound.items()), name=entry.name.rsplit(".", 1)[-1]))
    if api.subclass(entry.name, modules.MODULE):
        modules.born(m, ref, site)
    return ref


def _wraps(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    return result(m, entry, entry.returns, bound, site)


def _context(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    return contexts.switch(m, entry.effect, bound, args, site)


def _deepcopy(m: Machine, entry: Entry, bound: dict[str, Value], args: Args, site: Site) -> Value:
    given = args.get(0) or NONE
    return copies.deep(m, given, site)


SPECIAL: dict[str, Callable[[Machine, Entry, dict[str, Value], Args, Site], Value]] = {
    "no_grad": _context,
    "enable_grad": _context,
    "set_grad_enabled": _context,
    "autocast": _context,
    "deepcopy": _deepcopy,
    "wraps": _wraps,
}
